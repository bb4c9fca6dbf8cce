"""Which cell of the release each submitted cell was: by nbgrader's name, Jupyter's, its text, its place.

Editors and platforms drop metadata, then ids; a learner may delete a cell and type it anew. What cannot be
placed is a cell of the learner's own.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from mlcourse.grading.course_calls import defined_names
from mlcourse.grading.definitions import stubs
from mlcourse.grading.released import Cell
from mlcourse.grading.submitted_cells import SubmittedCell

_MOST_TRIED = 1_000_000
"""Characters of programs that are looked through for what they define."""


@dataclass(frozen=True)
class Placed:
    """A submitted cell and where it belongs.

    Attributes
    ----------
    cell : SubmittedCell
        The cell.
    index : int or None
        Of the released cell that it was; None if it is the learner's own.
    found : str
        How it was recognised where its names are gone: ``"its text"``, ``"its functions"``, ``"its place"``.
    """

    cell: SubmittedCell
    index: int | None = None
    found: str = ""


def place(submitted: Sequence[SubmittedCell], known: Sequence[Cell]) -> list[Placed]:
    """Place each submitted cell.

    Parameters
    ----------
    submitted : sequence of SubmittedCell
        In their order.
    known : sequence of Cell
        The release's.
    """
    by_name = {cell.grade_id: index for index, cell in reversed([*enumerate(known)]) if cell.grade_id}
    by_id = {cell.raw["id"]: index for index, cell in reversed([*enumerate(known)]) if cell.raw.get("id")}
    indices = [by_name.get(cell.grade_id, by_id.get(cell.cell_id)) for cell in submitted]
    found = [""] * len(submitted)
    taken = {index for index in indices if index is not None}
    by_text: dict[tuple[str, str], list[int]] = {}
    for index, other in enumerate(known):
        by_text.setdefault(_text(other.raw["cell_type"], other.source), []).append(index)
    for number, cell in enumerate(submitted):
        if indices[number] is None:
            same = by_text.get(_text(cell.kind, cell.source), [])
            free = [index for index in same if index not in taken]
            # A further copy of a stub is no answer; of anything else it is a cell like others.
            free = free or [index for index in same if known[index].solution]
            if free:
                indices[number], found[number] = free[0], "its text"
                taken.add(free[0])
    _by_place(submitted, known, indices, found, taken)
    return [Placed(*each) for each in zip(submitted, indices, found, strict=True)]


def _by_place(
    submitted: Sequence[SubmittedCell],
    known: Sequence[Cell],
    indices: list[int | None],
    found: list[str],
    taken: set[int],
) -> None:
    """Answers typed anew: cells of the right kind between the neighbours of one that is gone."""
    missing = [index for index, cell in enumerate(known) if cell.solution and index not in taken]
    names = {index: set(stubs(known[index].source)) for index in missing if known[index].code}
    after = _following(indices, len(known))
    before, spare = -1, _MOST_TRIED
    for number, cell in enumerate(submitted):
        if indices[number] is not None:
            before = indices[number] or 0
            continue
        for index in missing[bisect_left(missing, before) :]:
            if index >= after[number]:
                break
            if known[index].code:
                spare -= len(cell.source)
                if cell.kind == "code" and spare > 0 and names[index] & defined_names(cell.source):
                    indices[number], found[number] = index, "its functions"
            elif cell.kind != "code" and cell.source.strip():
                indices[number], found[number] = index, "its place"
            if indices[number] is not None:
                before = index
                break


def _following(indices: Sequence[int | None], end: int) -> list[int]:
    """For each submitted cell the index of the next one that is placed."""
    after, found = end, []
    for index in reversed(indices):
        found.append(after)
        after = after if index is None else index
    return found[::-1]


def _text(kind: str, source: str) -> tuple[str, str]:
    return kind, "\n".join(line.rstrip() for line in source.strip().splitlines())
