"""Exercises of an instructor's own, tried out before a lesson is built: what is wrong is met here first."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from mlcourse import exercises
from mlcourse.exercises import Exercise, Part
from mlcourse.exercises.base import Case
from mlcourse.exercises.own import FILE
from mlcourse.feedback import PartVerdict, cases, evaluate
from mlcourse.feedback.run import answer

_MANY = 20
"""Draws in which any size that is likely in grading comes up."""


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
            _check_inputs(f"{name}, {part.function}", part, part_cases)
            _check_part(f"{name}, {part.function}", exercise, part, part_cases)


def _check_inputs(name: str, part: Part, drawn: list[Case]) -> None:
    """Refuse inputs that learners get with one size only where grading draws others."""
    if not all(type(case) is dict for case in drawn):
        raise ValueError(f"{name}: expected inputs as a dict, and edges() as a list of dicts")
    rng = np.random.default_rng(0)
    graded = _sizes([part.inputs(rng) for _ in range(_MANY)])
    for (argument, axis), sizes in _sizes(drawn).items():
        others = graded.get((argument, axis), set()) - sizes
        if len(sizes) == 1 and others:
            (size,) = sizes
            raise ValueError(
                f"{name}: axis {axis} of {argument} is {size} in all inputs of a learner's check, and "
                f"{min(others)} in grading: to divide by {size} would be right in the one and wrong in the "
                "other; give a case with another size as edges()"
            )


def _sizes(drawn: list[Case]) -> dict[tuple[str, int], set[int]]:
    """The sizes that each axis of each input has."""
    found: dict[tuple[str, int], set[int]] = {}
    for case in drawn:
        for argument, value in case.items():
            for axis, size in enumerate(np.shape(value) if isinstance(value, np.ndarray) else ()):
                found.setdefault((argument, axis), set()).add(size)
    return found


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
