"""The graded exercises, declared once and nowhere else.

``get(id)`` finds one, ``of_lesson(lesson)`` those of a lesson in the order of the text, ``LESSONS`` names the
lessons. Those of an instructor's own come from the text of their lesson's ``exercises.py``.
``questions_of_lesson(lesson)`` are its questions, which nobody grades.
"""

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.own import FILE, declared_in
from mlcourse.exercises.question import Question

__all__ = [
    "LESSONS",
    "Case",
    "Exercise",
    "Finding",
    "Mistake",
    "Part",
    "Question",
    "get",
    "of_lesson",
    "question",
    "questions_of_lesson",
]

LESSONS = {
    "01-chain-rule": "mlcourse.exercises.lesson_01",
    "02-two-layer-network": "mlcourse.exercises.lesson_02",
    "03-training": "mlcourse.exercises.lesson_03",
    "04-gradient-checking": "mlcourse.exercises.lesson_04",
    "05-deep-networks": "mlcourse.exercises.lesson_05",
    "06-optimization": "mlcourse.exercises.lesson_06",
    "07-numpy-network": "mlcourse.exercises.lesson_07",
    "08-autograd-and-pytorch": "mlcourse.exercises.lesson_08",
    "09-tensors": "mlcourse.exercises.lesson_09",
    "10-pytorch": "mlcourse.exercises.lesson_10",
}
"""Each lesson and the module that declares its exercises (as ``EXERCISES``, in the order of the text)."""
_TYPING_ERROR = 0.8
"""How much two ids have in common, from 0 to 1, of which one is the other with a letter or two exchanged."""


@cache
def of_lesson(lesson: str, own: str = "") -> tuple[Exercise, ...]:
    """Exercises of one lesson, in the order of the text; none of a lesson that has none.

    Parameters
    ----------
    lesson : str
        Its folder's name.
    own : str
        Text of its ``exercises.py``, empty if it has none.

    Raises
    ------
    ValueError
        If that text declares no exercises.
    """
    ours = import_module(LESSONS[lesson]).EXERCISES if lesson in LESSONS else ()
    return (*ours, *declared_in(own))


@cache
def questions_of_lesson(lesson: str) -> tuple[Question, ...]:
    """Questions of one lesson, in the order of the text; none where the lesson declares none."""
    if lesson not in LESSONS:
        return ()
    package = LESSONS[lesson]
    return tuple(import_module(f"{package}.questions").QUESTIONS) if find_spec(f"{package}.questions") else ()


def question(question_id: str) -> Question:
    """Find the question with this id.

    Raises
    ------
    KeyError
        If there is none; the message names the nearest ids.
    """
    known = {question.id: question for lesson in LESSONS for question in questions_of_lesson(lesson)}
    if question_id in known:
        return known[question_id]
    near = _near(question_id, list(known)) or known
    raise KeyError(f"no question {question_id!r}; did you mean {', '.join(near)}?")


def get(exercise_id: str, own: str = "") -> Exercise:
    """Find the exercise with this id.

    Parameters
    ----------
    exercise_id : str
        Such as ``"backward-propagation"``.
    own : str
        Text of an ``exercises.py``, in which it is looked for after the course's.

    Raises
    ------
    KeyError
        If there is none; the message names the nearest ids, or where it was looked for.
    ValueError
        If the text declares no exercises.
    """
    for lesson in LESSONS:
        for exercise in of_lesson(lesson):
            if exercise.id == exercise_id:
                return exercise
    theirs = {exercise.id: exercise for exercise in declared_in(own)}
    if exercise_id in theirs:
        return theirs[exercise_id]
    known = [exercise.id for lesson in LESSONS for exercise in of_lesson(lesson)] + list(theirs)
    near = ", ".join(_near(exercise_id, known))
    words = f"no exercise {exercise_id!r}" + (f"; did you mean {near}?" if near else " in the course.")
    if not own and not get_close_matches(exercise_id, known, 1, _TYPING_ERROR):
        words += f" Exercises of a lesson's own are in its {FILE}, which is not beside this notebook."
    raise KeyError(words)


def _near(name: str, known: list[str]) -> list[str]:
    return [other for other in known if name and name in other] or get_close_matches(name, known, 3)
