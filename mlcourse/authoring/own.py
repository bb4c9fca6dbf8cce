"""Exercises of an instructor's own, tried out before a lesson is built: what is wrong is met here first."""

from collections.abc import Callable, Iterable
from typing import Any

from mlcourse import exercises
from mlcourse.exercises import Exercise, Part
from mlcourse.exercises.base import Case
from mlcourse.exercises.own import FILE
from mlcourse.feedback import PartVerdict, cases, evaluate
from mlcourse.feedback.run import answer


def check_own(lesson: str, declared: Iterable[Exercise]) -> None:
    """Try each exercise: its reference is right, its known mistakes are wrong.

    Parameters
    ----------
    lesson : str
        The folder's name.
    declared : iterable of Exercise
        What its ``exercises.py`` declares.

    Raises
    ------
    ValueError
        At the first thing that is wrong, in one line.
    """
    for exercise in declared:
        name = f"{FILE}, exercise {exercise.id!r}"
        if exercise.lesson != lesson:
            raise ValueError(
                f"{name}: its lesson is {exercise.lesson!r}, expected the folder's name {lesson!r}"
            )
        if not isinstance(exercise.points, int) or exercise.points < 0:
            raise ValueError(f"{name}: expected points of 0 or more, a whole number, got {exercise.points!r}")
        if exercise.id in _ours():
            raise ValueError(f"{name}: an exercise of the course has this id already; choose another")
        try:
            drawn = cases(exercise)
        except Exception as error:
            words = f"{type(error).__name__}: {' '.join(str(error).split())}"
            raise ValueError(f"{name}: its inputs cannot be drawn: {words}") from error
        for part, part_cases in zip(exercise.parts, drawn, strict=True):
            _check_part(f"{name}, {part.function}", exercise, part, part_cases)


def _check_part(name: str, exercise: Exercise, part: Part, drawn: list[Case]) -> None:
    def judged(function: Callable[..., Any]) -> PartVerdict:
        answers = [answer(part.drive, function, case, part.seconds) for case in drawn]
        return evaluate(exercise, part, drawn, answers)

    found = judged(part.reference)
    if not found.passed:
        said = found.finding.sentence if found.finding else "it raises NotImplementedError"
        raise ValueError(f"{name}: the reference itself is not right: {said}")
    for mistake in part.mistakes:
        if judged(mistake.function).passed:
            raise ValueError(f"{name}: mistake {mistake.name!r} gives the right answer to all inputs drawn")


def _ours() -> set[str]:
    return {exercise.id for lesson in exercises.LESSONS for exercise in exercises.of_lesson(lesson)}
