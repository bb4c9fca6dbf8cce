"""`check`: the whole content of a graded cell."""

from collections.abc import Callable
from typing import Any

from mlcourse import exercises
from mlcourse.exercises.base import Exercise, Finding
from mlcourse.feedback.card import card_html, card_text
from mlcourse.feedback.evaluation import PartVerdict, Verdict, cases, evaluate, verdict
from mlcourse.feedback.run import answer


class Score(float):
    """Points won; in a notebook, the card.

    nbgrader reads the plain text of the cell's result, so that is nothing but the number.
    """

    _html: str

    def __new__(cls, points: float, html: str = "") -> "Score":
        """Make a score of some points, shown as this card."""
        score = super().__new__(cls, points)
        score._html = html
        return score

    def __repr__(self) -> str:
        return repr(float(self))

    def _repr_html_(self) -> str:
        return self._html


def check(exercise_id: str, *functions: Callable[..., Any]) -> Score:
    """Check the learner's functions and say what is wrong first.

    Parameters
    ----------
    exercise_id : str
        Such as ``"backward-propagation"``.
    *functions : callable
        The functions of the exercise, in its order.

    Returns
    -------
    Score
        The points won; its HTML is the card. It never raises, whatever it is given.
    """
    result = judge(exercise_id, functions)
    print(card_text(result))
    return Score(result.points, card_html(result))


def judge(exercise_id: str, functions: tuple[Any, ...]) -> Verdict:
    """Verdict on the learner's functions with the fixed inputs; does not raise."""
    try:
        exercise = exercises.get(exercise_id)
    except KeyError as error:
        return Verdict(str(exercise_id), "Unknown exercise", 0.0, 0.0, message=str(error.args[0]))
    if len(functions) != len(exercise.parts):
        message = f'{exercise.id} takes {len(exercise.parts)} function(s): check("{exercise.id}", '
        message += f"{', '.join(exercise.functions)}). It was called with {len(functions)}."
        return Verdict(exercise.id, exercise.title, 0.0, float(exercise.points), message=message)
    return verdict(exercise, _parts(exercise, functions))


def _parts(exercise: Exercise, functions: tuple[Any, ...]) -> list[PartVerdict]:
    verdicts = []
    for part, function, part_cases in zip(exercise.parts, functions, cases(exercise), strict=True):
        if not callable(function):
            words = f"{part.function} is not a function, but of type {type(function).__name__}."
            finding = Finding(part.function, words)
            verdicts.append(PartVerdict(part.function, attempted=True, passed=False, finding=finding))
            continue
        answers = [answer(part.drive, function, case, part.seconds) for case in part_cases]
        verdicts.append(evaluate(exercise, part, part_cases, answers))
    return verdicts
