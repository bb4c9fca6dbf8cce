"""Rebuild a submission from the release: a submission is not a notebook, but answers inside somebody's file.

All cells come from the release. From the submission come the sources of the cells that the learner writes,
found by nbgrader's id, and code cells that are the learner's own, each after the known cell that it follows.
No metadata, no tags, no outputs. Nothing that a file may hold stops this; what is odd about it becomes a
flag.
"""

import json
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from mlcourse.grading.cleaning import clean_markdown
from mlcourse.grading.released import Cell, Release

MOST_BYTES = 30_000_000
"""Size of a file that is still read."""
_MOST_SOURCE = 500_000
_MOST_EXTRA = 500


@dataclass
class Rebuilt:
    """A notebook to be graded.

    Attributes
    ----------
    cells : list of Cell
        The cells, the learner's sources in them.
    flags : list of str
        What an instructor should know.
    status : str
        ``"graded"``, or ``"missing"`` or ``"unreadable"`` where there is nothing to grade.
    """

    cells: list[Cell]
    flags: list[str] = field(default_factory=list)
    status: str = "graded"


@dataclass(frozen=True)
class _Submitted:
    kind: str
    source: str
    grade_id: str
    cell_id: str
    points: Any


def rebuild(submission: bytes | None, release: Release) -> Rebuilt:
    """Rebuild a submission.

    Parameters
    ----------
    submission : bytes or None
        Content of the submitted file; None if there is none.
    release : Release
        What was handed out.
    """
    known = release.cells
    if submission is None:
        return Rebuilt(known, status="missing")
    try:
        submitted, flags = _read(submission)
    except (ValueError, RecursionError, MemoryError) as error:
        return Rebuilt(known, [f"unreadable: {error or type(error).__name__}"[:200]], "unreadable")
    places = [_place(cell, known) for cell in submitted]
    flags += _oddities(submitted, places, known)
    answers = _answers(submitted, places, known)
    extras = _extras(submitted, places, flags)
    cells = list(map(_extra, extras.get(-1, ())))
    for index, cell in enumerate(known):
        cells.append(_filled(cell, answers[index]) if index in answers else cell)
        cells += map(_extra, extras.get(index, ()))
    if all("id" in cell.raw for cell in known):
        for number, cell in enumerate(cells):
            cell.raw.setdefault("id", f"own-{number}")
    return Rebuilt(cells, flags)


def _read(submission: bytes) -> tuple[list[_Submitted], list[str]]:
    if len(submission) > MOST_BYTES:
        raise ValueError(f"{len(submission)} bytes, at most {MOST_BYTES} are read")
    content = json.loads(submission)
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list):
        raise ValueError("not a notebook of format 4")
    read = [cell for raw in cells if (cell := _cell(raw)) is not None]
    return read, [f"malformed cells: {len(cells) - len(read)}"] if len(read) < len(cells) else []


def _cell(raw: Any) -> _Submitted | None:
    """Read a cell; None if it is none."""
    if not isinstance(raw, dict) or not isinstance(raw.get("cell_type"), str):
        return None
    source = raw.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or len(source) > _MOST_SOURCE:
        return None
    source = source.encode("utf-8", errors="replace").decode("utf-8")  # no lone surrogates
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    nbgrader = nbgrader if isinstance(nbgrader, dict) else {}
    grade_id, cell_id = nbgrader.get("grade_id"), raw.get("id")
    return _Submitted(
        raw["cell_type"],
        source,
        grade_id if isinstance(grade_id, str) else "",
        cell_id if isinstance(cell_id, str) else "",
        nbgrader.get("points"),
    )


def _place(cell: _Submitted, known: list[Cell]) -> int | None:
    """Index of the cell of the release that this one was; None if it is the learner's own."""
    for same in (
        lambda other: other.grade_id and other.grade_id == cell.grade_id,
        # Some editors drop nbgrader's metadata, some drop ids.
        lambda other: other.raw.get("id") and other.raw.get("id") == cell.cell_id,
        lambda other: other.source == cell.source and other.raw["cell_type"] == cell.kind,
    ):
        for index, other in enumerate(known):
            if same(other):
                return index
    return None


def _answers(submitted: list[_Submitted], places: list[int | None], known: list[Cell]) -> dict[int, str]:
    """Sources for the cells that the learner writes: of several, the last that was written in at all."""
    answers: dict[int, str] = {}
    for cell, place in zip(submitted, places, strict=True):
        if place is not None and known[place].solution and cell.source != known[place].source:
            answers[place] = cell.source
    return answers


def _extras(submitted: list[_Submitted], places: list[int | None], flags: list[str]) -> dict[int, list[str]]:
    """Sources of the learner's own code cells, by the index of the known cell before them."""
    extras: dict[int, list[str]] = {}
    before, count = -1, 0
    for cell, place in zip(submitted, places, strict=True):
        if place is not None:
            before = place
        elif cell.kind == "code" and cell.source.strip():
            count += 1
            if count <= _MOST_EXTRA:
                extras.setdefault(before, []).append(cell.source)
    if count > _MOST_EXTRA:
        flags.append(f"too many cells: {count}")
    return extras


def _oddities(submitted: list[_Submitted], places: list[int | None], known: list[Cell]) -> list[str]:
    flags: list[str] = []
    seen: list[int] = []
    for cell, place in zip(submitted, places, strict=True):
        if place is None:
            if cell.grade_id:
                flags.append(f"unknown cell: {cell.grade_id[:60]}")
            continue
        released = known[place]
        if not released.grade_id:
            continue
        name = released.grade_id
        if place in seen:
            flags.append(f"duplicated: {name}")
        elif seen and place < seen[-1]:
            flags.append(f"moved: {name}")
        seen.append(place)
        if cell.kind != released.raw["cell_type"]:
            flags.append(f"retyped: {name}")
        if not released.solution and cell.source.strip() not in (released.source.strip(), released.shown):
            flags.append(f"edited: {name}")
        if cell.grade_id != name:
            flags.append(f"metadata lost: {name}")
        elif released.graded and cell.points != released.raw["metadata"]["nbgrader"].get("points"):
            flags.append(f"points edited: {name}")
    missing = [cell.grade_id for index, cell in enumerate(known) if cell.grade_id and index not in seen]
    flags += [f"missing: {name}" for name in missing]
    return list(dict.fromkeys(flags))[:50]


def _filled(cell: Cell, source: str) -> Cell:
    raw = deepcopy(cell.raw)
    raw["source"] = source if cell.code else clean_markdown(source)
    return Cell(raw, cell.grade_id, cell.solution, cell.graded, cell.points, answered=True)


def _extra(source: str) -> Cell:
    return Cell(
        {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    )
