"""What is right by itself keeps its points: the course's functions in the place of wrong ones before it.

An exercise that failed is judged once more with the course's own solutions of those before it that failed
too; its own functions are never replaced. A class that goes on from one of its name (``class Value(Value)``)
stays, and gets the course's class below it. This gives nobody a point for something else than his own
function: the replaced exercises keep what they got, and no solution of one exercise answers another (a test
tries all of a lesson's). The solutions come into the sandbox only after all else was judged, so no verdict
but these second ones can rest on them, and each of these is marked on the card and in the report.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mlcourse.grading.course_calls import defined_names
from mlcourse.grading.released import Cell
from mlcourse.grading.results import ScoredExercise


@dataclass(frozen=True)
class Replacement:
    """Functions of the course's that stand in for the learner's.

    Attributes
    ----------
    sources : tuple of str
        Programs that define them.
    names : tuple of str
        What they define, in order.
    """

    sources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


NOTHING = Replacement()
"""The learner's functions stay."""


def replacement(
    cell: Cell,
    checks: list[Cell],
    results: Mapping[str, ScoredExercise],
    solutions: Mapping[str, tuple[str, ...]],
) -> Replacement:
    """Choose what is replaced when an exercise is judged once more; nothing, if it gets no second chance.

    Parameters
    ----------
    cell : Cell
        The graded cell of the exercise.
    checks : list of Cell
        All graded cells that the judge scores, in order.
    results : mapping of str to ScoredExercise
        What they have got so far, by grade id.
    solutions : mapping of str to tuple of str
        The course's solutions of each, from `solutions_of`.
    """
    mine = results[cell.grade_id]
    if mine.points == mine.max_points or not mine.attempted:
        return NOTHING
    sources: list[str] = []
    names: dict[str, None] = {}
    for other in checks[: checks.index(cell)]:
        found = results[other.grade_id]
        theirs = [source for source in solutions.get(other.grade_id, ()) if found.points != found.max_points]
        defined = {name: None for source in theirs for name in sorted(defined_names(source))}
        if not set(defined) & set(cell.functions) or cell.functions == tuple(defined):
            sources += theirs
            names |= defined
    return Replacement(tuple(sources), tuple(names))


def solutions_of(cells: list[Cell]) -> dict[str, tuple[str, ...]]:
    """The course's solutions, by the grade id of the cell that checks them.

    Parameters
    ----------
    cells : list of Cell
        Of the instructor's edition.
    """
    found: dict[str, tuple[str, ...]] = {}
    written: list[tuple[str, set[str]]] = []  # above the check: a later exercise may go on from a class
    for cell in cells:
        if cell.code and cell.solution:
            written.append((cell.source, defined_names(cell.source)))
        if cell.exercise:
            mine = set(cell.functions)
            found[cell.grade_id] = tuple(source for source, names in written if names & mine)
    return found
