"""Cells that a gradebook has and the lesson has no more: they count nothing, unless a person scored them."""

from collections.abc import Collection

from nbgrader.api import GradeCell, Notebook, TaskCell

_TAKEN_OUT = (
    "{0}: the lesson has no {1} any more, so the gradebook counts 0 of 0 points for it from now on; "
    "put back into the lesson, it counts again"
)
_STAYS = (
    "{0}: the lesson has no {1} any more, but a person has scored it, so the gradebook counts it still, in "
    "the total, too; put it back into the lesson, or run nbgrader db assignment remove {0} --force, with "
    "which all that people entered goes, and grade again"
)


def take_out(notebook: Notebook, released: Collection[str]) -> list[str]:
    """Let cells that are gone count nothing: nbgrader sums up all cells that it has ever known.

    Only what grading finds out again by itself is taken back. Where a person gave a score, all of the cell
    stays as it is.

    Parameters
    ----------
    notebook : Notebook
        As the gradebook knows it.
    released : collection of str
        Grade ids of the lesson's cells.

    Returns
    -------
    list of str
        What to tell the instructor, a line for each cell of which something was changed or has to be.
    """
    lines = []
    for cell in (*notebook.grade_cells, *notebook.task_cells):
        if cell.name in released:
            continue
        if _scored_by_a_person(cell):
            lines.append(_STAYS.format(notebook.assignment.name, cell.name))
        elif cell.max_score:
            cell.max_score = 0.0
            for grade in cell.grades:
                grade.auto_score, grade.needs_manual_grade = None, False
            lines.append(_TAKEN_OUT.format(notebook.assignment.name, cell.name))
    return lines


def _scored_by_a_person(cell: GradeCell | TaskCell) -> bool:
    return any(grade.manual_score is not None or grade.extra_credit for grade in cell.grades)
