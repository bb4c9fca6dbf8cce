"""What a learner wrote, taken out of the notebooks on the disk and put back into others.

No released lesson is needed, as a browser has none at hand: whether a cell is as released, its id tells,
which is made from its text; an exercise's cell has nbgrader's checksum for that.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mlcourse.course_folder import course_folder

Answers = dict[str, list[dict[str, Any]]]
"""By lesson: cells that were edited or added, with pictures, and the id of the cell that each followed."""
_KEYS = {"id", "type", "source", "after"}
_TYPES = ("code", "markdown", "raw")


def collect() -> Answers:
    """Read what was written, from the notebooks as they are saved; what cannot be read has nothing."""
    found = {}
    for name, path in _lessons():
        try:
            cells, after, edited = json.loads(path.read_bytes())["cells"], "", []
            for cell in cells:
                if not _as_released(cell):
                    words = {"type": cell["cell_type"], "source": _text(cell), "after": after}
                    pictures = {"attachments": cell["attachments"]} if cell.get("attachments") else {}
                    edited.append({"id": cell.get("id", ""), **words, **pictures})
                after = cell.get("id", "")
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
        if edited:
            found[name] = edited
    return found


def is_answers(value: Any) -> bool:
    """Whether a value from a file is what `collect` returns."""
    return isinstance(value, dict) and all(
        isinstance(cells, list)
        and all(
            isinstance(cell, dict)
            and set(cell) - {"attachments"} == _KEYS
            and all(isinstance(cell[key], str) for key in _KEYS)
            and _are_pictures(cell.get("attachments", {}))
            and cell["type"] in _TYPES
            for cell in cells
        )
        for cells in value.values()
    )


def _are_pictures(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(kinds, dict) and all(isinstance(data, str) for data in kinds.values())
        for kinds in value.values()
    )


def with_answers(answers: Answers) -> dict[Path, str]:
    """Put answers into the notebooks on the disk, as they would be then.

    An answer takes the place of a cell that is as released. Where the learner has written something else
    since, that stays, and the answer is put below it as a raw cell, which does not run.

    Returns
    -------
    dict of Path to str
        Contents of those that change.
    """
    files = {}
    for name, path in _lessons():
        if not answers.get(name):
            continue
        try:
            notebook = json.loads(path.read_bytes())
            before = json.dumps(notebook)
            for cell in answers[name]:
                _put(notebook["cells"], cell)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue  # a notebook that JupyterLab cannot open either
        if json.dumps(notebook) != before:
            files[path] = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    return files


def _put(cells: list[dict[str, Any]], answer: dict[str, Any]) -> None:
    places = {cell.get("id", ""): place for place, cell in enumerate(cells)}
    place = places.get(answer["id"])
    pictures = answer.get("attachments", {})
    written = {"source": answer["source"], **({"attachments": pictures} if pictures else {})}
    if any(_text(cell) == answer["source"] and cell.get("attachments", {}) == pictures for cell in cells):
        return
    if place is not None and _as_released(cells[place]):
        cells[place] = {**cells[place], **written}
        if cells[place]["cell_type"] == "code":
            cells[place] |= {"outputs": [], "execution_count": None}
        return
    kind, identity = answer["type"], answer["id"]
    if place is not None:
        kind = "raw"
        identity = hashlib.sha256(answer["source"].encode()).hexdigest()[:16]
    else:
        place = places.get(answer["after"], len(cells) - 1)
    new: dict[str, Any] = {"cell_type": kind, "metadata": {}, **written}
    if re.fullmatch(r"[\w-]{1,64}", identity, re.ASCII):
        new["id"] = identity
    if kind == "code":
        new |= {"outputs": [], "execution_count": None}
    cells.insert(place + 1, new)


def _as_released(cell: dict[str, Any]) -> bool:
    kind, source, identity = cell["cell_type"], _text(cell), cell.get("id", "")
    marks = cell["metadata"].get("nbgrader", {})
    if cell.get("attachments") and not marks.get("locked"):  # no lesson has any
        return False
    if not marks.get("solution"):
        made = hashlib.sha256(f"{kind}\n{source}".encode()).hexdigest()[:12]
        return bool(marks.get("locked")) or not source.strip() or identity.partition("-")[0] == made
    words = [source, kind, str(marks["grade"]), "True", "False", marks["grade_id"]]
    words += [str(float(marks["points"]))] if marks["grade"] else []
    checksum = hashlib.md5("".join(words).encode(), usedforsecurity=False).hexdigest()
    return bool(checksum == marks.get("checksum"))


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _lessons() -> Iterator[tuple[str, Path]]:
    """Names and notebooks of the lessons: the course's, or those beside the one that is open."""
    course, here = course_folder(), Path.cwd()
    folder = course / "lessons" if course else here.parent
    if not course and not (here / f"{here.name}.ipynb").is_file():
        return
    for path in sorted(folder.glob("*/*.ipynb")):
        if path.stem == path.parent.name:
            yield path.stem, path
