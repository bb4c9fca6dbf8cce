"""Rebuild a submission from the release: a submission is not a notebook, but answers inside somebody's file.

All cells come from the release. From the submission come the sources of the cells that the learner writes,
and cells that are the learner's own, each after the known cell that it follows; what was written into a given
cell is one of these, and the given cell runs as well. No metadata, no tags, no outputs. A stub is put back
only where nothing of the learner's defines its functions, as far as that can be read; where it is run it
yields to what there is (`put_back.guarded`). Nothing that a file may hold stops this; what is odd about it
becomes a flag.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from mlcourse.grading.course_calls import course_names, too_long
from mlcourse.grading.definitions import defined, stubs, without_stubs
from mlcourse.grading.oddities import oddities
from mlcourse.grading.pictures import length_without_pictures, with_pictures
from mlcourse.grading.placing import Placed, place
from mlcourse.grading.released import Cell, Release
from mlcourse.grading.submitted_cells import MOST_SOURCE, SubmittedCell, read_cells
from mlcourse.grading.written_in import written_in

_MOST_OWN = 500
_MOST_COMPARED = 300_000
"""Characters of given cells, changed, that are compared with what was given."""


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
    answered : int
        In how many of the cells to be written something was written.
    defines : list of set of str
        For each cell, the names that the learner defines in it: neither stubs nor names for the course's own.
    """

    cells: list[Cell]
    flags: list[str] = field(default_factory=list)
    status: str = "graded"
    answered: int = 0
    defines: list[set[str]] = field(default_factory=list)


def rebuild(submission: bytes | None, release: Release, files: Mapping[str, bytes] | None = None) -> Rebuilt:
    """Rebuild a submission.

    Parameters
    ----------
    submission : bytes or None
        Content of the submitted file; None if there is none.
    release : Release
        What was handed out.
    files : mapping of str to bytes, optional
        What else was handed in, by place.
    """
    known, files = release.cells, files or {}
    if submission is None:
        return Rebuilt(known, status="missing")
    try:
        submitted, flags = read_cells(submission)
    except (ValueError, RecursionError, MemoryError) as error:
        return Rebuilt(known, [f"unreadable: {str(error) or type(error).__name__}"[:200]], "unreadable")
    placed = place(submitted, known)
    flags += oddities(placed, known)
    answers = _answers(placed, known, files, flags)
    own = _own(placed, known, files, flags)
    cells = [*own.get(-1, ())]
    there = {each.index for each in placed}
    for index, cell in enumerate(known):
        back = cell.code and cell.solution and index not in there
        cells.append(answers.get(index, replace(cell, put_back=True) if back else cell))
        cells += own.get(index, ())
    stub: dict[str, str] = {}
    for cell in known:
        if cell.code and cell.solution:
            stub |= stubs(cell.source)
    course = course_names(release, cells)
    given = {*map(id, known), *(id(cell) for cell in cells if cell.put_back)}
    if too_long(cells):
        flags.append("too long to be looked through for definitions")
        given = set(map(id, cells))
    defines = [
        defined(cell.source, stub, files, course) if cell.code and id(cell) not in given else set()
        for cell in cells
    ]
    cells = _without_overwriting_stubs(cells, stub, defines, flags)
    if all("id" in cell.raw for cell in known):
        for number, cell in enumerate(cells):
            cell.raw.setdefault("id", f"own-{number}")
    return Rebuilt(cells, flags, answered=_count(cells, set(stub)), defines=defines)


def _answers(
    placed: list[Placed], known: list[Cell], files: Mapping[str, bytes], flags: list[str]
) -> dict[int, Cell]:
    """The cells that the learner writes: of several all that were written in, as a split cell has several."""
    written: dict[int, list[SubmittedCell]] = {}
    for each in placed:
        if each.index is not None and known[each.index].solution:
            released = known[each.index].source
            if each.cell.source != released and each.cell not in written.get(each.index, ()):
                written.setdefault(each.index, []).append(each.cell)
    answers = {}
    for index, parts in written.items():
        raw = deepcopy(known[index].raw)
        if known[index].code:
            raw["source"] = "\n\n".join(part.source for part in parts)
        else:
            raw |= _text(parts, files, flags)
        answers[index] = replace(known[index], raw=raw, answered=True)
    return answers


def _own(
    placed: list[Placed], known: list[Cell], files: Mapping[str, bytes], flags: list[str]
) -> dict[int, list[Cell]]:
    """The learner's own cells, by the index of the known cell before them."""
    own: dict[int, list[Cell]] = {}
    count = 0
    for before, cell in _cells_of_their_own(placed, known):
        count += 1
        if count > _MOST_OWN:
            continue
        raw: dict[str, Any] = {"cell_type": cell.kind, "metadata": {}}
        if cell.kind == "code":
            raw |= {"source": cell.source, "outputs": [], "execution_count": None}
        else:
            raw |= _text([cell], files, flags)
        own.setdefault(before, []).append(Cell(raw))
    if count > _MOST_OWN:
        flags.append(f"too many cells: {count}")
    return own


def _cells_of_their_own(placed: list[Placed], known: list[Cell]) -> Iterator[tuple[int, SubmittedCell]]:
    """Each of them, and what was written into given ones, with the index of the known cell before it."""
    before, spare = -1, _MOST_COMPARED
    for each in placed:
        cell = each.cell
        if each.index is None:
            if cell.kind in ("code", "markdown") and cell.source.strip():
                yield before, cell
            continue
        before, given = each.index, known[each.index]
        same = cell.source.strip() in (given.source.strip(), given.shown)
        if same or given.solution or not given.code or cell.kind != "code":
            continue
        spare -= len(cell.source)
        above, below = written_in(cell.source, given.source) if spare > 0 else (cell.source, "")
        if not given.graded:  # helpers see what their cell gives
            above, below = "", f"{above}\n\n{below}".strip("\n")
        if above:  # an answer at a check is there when the check runs
            yield before - 1, replace(cell, source=above)
        if below:
            yield before, replace(cell, source=below)


def _text(parts: list[SubmittedCell], files: Mapping[str, bytes], flags: list[str]) -> dict[str, Any]:
    """Source and attachments of text that a person will read."""
    texts: list[str] = []
    attachments: dict[str, dict[str, str]] = {}
    for part in parts:
        if length_without_pictures(part.source) > MOST_SOURCE:
            texts.append("(This text was too long to be kept.)")
            continue
        text, pictures, left_out = with_pictures(part.source, part.attachments, files, len(attachments))
        texts.append(text)
        attachments |= pictures
        flags += [f"picture left out: {name}" for name in left_out]
    found: dict[str, Any] = {"source": "\n\n".join(texts)}
    return found | ({"attachments": attachments} if attachments else {})


def _without_overwriting_stubs(
    cells: list[Cell], stub: Mapping[str, str], defines: list[set[str]], flags: list[str]
) -> list[Cell]:
    """Cut out the stubs whose functions the learner defines in another cell, above or below."""
    result = []
    for number, cell in enumerate(cells):
        if cell.code and cell.solution:
            elsewhere = set().union(*defines[:number], *defines[number + 1 :])
            source = without_stubs(cell.source, stub, elsewhere)
            if source != cell.source:
                flags.append(f"answered in another cell: {cell.grade_id}")
                cell = replace(cell, raw=deepcopy(cell.raw) | {"source": source}, answered=True)
        result.append(cell)
    return result


def _count(cells: list[Cell], asked: set[str]) -> int:
    """How many functions and texts that were to be written are no longer as they were handed out."""
    left = {name for cell in cells if cell.code and cell.solution for name in stubs(cell.source)}
    return len(asked - left) + sum(cell.answered for cell in cells)
