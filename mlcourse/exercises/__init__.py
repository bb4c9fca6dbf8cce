"""The graded exercises, declared once and nowhere else.

``get(id)`` finds one, ``of_lesson(lesson)`` those of a lesson in the order of the text, ``LESSONS`` names the
lessons.
"""

from functools import cache
from importlib import import_module

from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part

__all__ = ["LESSONS", "Case", "Exercise", "Finding", "Mistake", "Part", "get", "of_lesson"]

LESSONS = {
    "01-chain-rule": "mlcourse.exercises.lesson_01",
    "02-two-layer-network": "mlcourse.exercises.lesson_02",
    "03-training": "mlcourse.exercises.lesson_03",
    "04-gradient-checking": "mlcourse.exercises.lesson_04",
    "05-deep-networks": "mlcourse.exercises.lesson_05",
    "06-optimization": "mlcourse.exercises.lesson_06",
    "07-numpy-network": "mlcourse.exercises.lesson_07",
    "08-autograd-and-pytorch": "mlcourse.exercises.lesson_08",
}
"""Each lesson and the module that declares its exercises (as ``EXERCISES``, in the order of the text)."""


@cache
def of_lesson(lesson: str) -> tuple[Exercise, ...]:
    """Exercises of one lesson, in the order of the text.

    Raises
    ------
    KeyError
        If there is no lesson of that name; the message lists those there are.
    """
    if lesson not in LESSONS:
        raise KeyError(f"no lesson {lesson!r}; the lessons are {', '.join(LESSONS)}")
    return tuple(import_module(LESSONS[lesson]).EXERCISES)


def get(exercise_id: str) -> Exercise:
    """Find the exercise with this id.

    Raises
    ------
    KeyError
        If there is none; the message names the nearest ids.
    """
    for lesson in LESSONS:
        for exercise in of_lesson(lesson):
            if exercise.id == exercise_id:
                return exercise
    from difflib import get_close_matches

    known = [exercise.id for lesson in LESSONS for exercise in of_lesson(lesson)]
    near = [name for name in known if exercise_id and exercise_id in name]
    near = near or get_close_matches(exercise_id, known, n=3) or known
    raise KeyError(f"no exercise {exercise_id!r}; did you mean {', '.join(near)}?")
