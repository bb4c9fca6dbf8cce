"""What was seen of a function that is not there: the sentence that a card says about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mlcourse.grading.course_calls import bound_names
from mlcourse.grading.definitions import stubs
from mlcourse.grading.released import Cell
from mlcourse.grading.session import CellRun

_STOPPED = {
    "timeout": "was stopped, because it took too long",
    "flood": "was stopped, because it wrote too much",
    "ended": "was not run to its end: the program had ended",
}


@dataclass(frozen=True)
class SeenCell:
    """A cell that was run.

    Attributes
    ----------
    cell : Cell
        Which.
    run : CellRun
        What became of it.
    """

    cell: Cell
    run: CellRun

    @property
    def error(self) -> tuple[str, str]:
        """Name and text of the exception that ended it; empty if none did."""
        for output in self.run.outputs:
            if output["output_type"] == "error":
                return output["ename"], output["evalue"].strip().split("\n")[0][:160]
        return "", ""


def why_missing(name: str, seen: Sequence[SeenCell], released: Sequence[Cell]) -> str:
    """Say what was seen of a function that is not there.

    Parameters
    ----------
    name : str
        The function's.
    seen : sequence of SeenCell
        All cells that were run so far.
    released : sequence of Cell
        The release's.
    """
    for each in reversed(seen):
        if name in bound_names(each.cell.source):
            return f"There is no `{name}`: the cell that defines it {_became(each)}."
    homes = {cell.grade_id for cell in released if cell.code and cell.solution and name in stubs(cell.source)}
    for each in reversed(seen):
        if each.cell.grade_id in homes:
            if each.run.state != "done" or each.error[0]:
                return f"There is no `{name}`: its cell {_became(each)}."
            others = sorted(bound_names(each.cell.source) - {"np"})
            if others:
                shown = ", ".join(f"`{other}`" for other in others[:4])
                return f"There is no `{name}`: its cell defines {shown} instead. Give it the name `{name}`."
    return f"There is no `{name}`: no cell defines it."


def _became(each: SeenCell) -> str:
    if each.run.state != "done":
        return _STOPPED[each.run.state]
    name, text = each.error
    if name:
        return f"stopped with {name}: {text}" if text else f"stopped with {name}"
    return "ran, but nothing had that name afterwards"
