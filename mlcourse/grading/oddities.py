"""What is odd about the cells of a submission, as flags: for a person to look at, never a verdict."""

from collections.abc import Sequence

from mlcourse.grading.placing import Placed
from mlcourse.grading.released import Cell

_MOST = 50


def oddities(placed: Sequence[Placed], known: Sequence[Cell]) -> list[str]:
    """Compare the submitted cells with those of the release.

    Parameters
    ----------
    placed : sequence of Placed
        The submitted cells.
    known : sequence of Cell
        The release's.
    """
    flags: list[str] = []
    seen: list[int] = []
    for each in placed:
        cell = each.cell
        if each.index is None:
            if cell.grade_id:
                flags.append(f"unknown cell: {cell.grade_id[:60]}")
            continue
        released = known[each.index]
        name = released.grade_id
        if not name:
            continue
        if each.index in seen:
            flags.append(f"duplicated: {name}")
        elif seen and each.index < seen[-1]:
            flags.append(f"moved: {name}")
        seen.append(each.index)
        if cell.kind != released.raw["cell_type"]:
            flags.append(f"retyped: {name}")
        if not released.solution and cell.source.strip() not in (released.source.strip(), released.shown):
            flags.append(f"edited: {name}")
        if each.found in ("its functions", "its place"):
            flags.append(f"found by {each.found}: {name}")
        elif cell.grade_id != name:
            flags.append(f"metadata lost: {name}")
        elif released.graded and cell.points != released.raw["metadata"]["nbgrader"].get("points"):
            flags.append(f"points edited: {name}")
    missing = [cell.grade_id for index, cell in enumerate(known) if cell.grade_id and index not in seen]
    flags += [f"missing: {name}" for name in missing]
    return list(dict.fromkeys(flags))[:_MOST]
