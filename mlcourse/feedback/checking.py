"""`check`: the whole content of a graded cell."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mlcourse import exercises
from mlcourse.exercises.base import Case, Exercise, Finding, Part
from mlcourse.exercises.own import text_beside
from mlcourse.feedback import progress_store
from mlcourse.feedback.answers import Answer
from mlcourse.feedback.card import card_html, card_text
from mlcourse.feedback.evaluation import PartVerdict, Verdict, cases, evaluate, verdict
from mlcourse.feedback.moments import Moment, watch
from mlcourse.feedback.run import answer, is_interrupted
from mlcourse.feedback.show import Score, show

_SHOWN_LINES = 20

_wrong_attempts: Counter[str] = Counter()
"""Wrong attempts at each exercise since the kernel started; they unlock the later hints."""


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
    try:
        result, printed = judge(exercise_id, functions)
    except KeyboardInterrupt:
        result, printed = _refusal(exercise_id, "Interrupted", "Run the cell again."), ""
    except Exception as error:  # a fault of ours must not stop the notebook
        message = f"The check itself failed, which is not your fault: {type(error).__name__}: {error}"[:300]
        result, printed = _refusal(exercise_id, "Not checked", message), ""
    if result.attempted and not result.passed:
        _wrong_attempts[result.exercise_id] += 1
    if result.attempted:
        progress_store.record(result.exercise_id, result.points)
    attempt = _wrong_attempts[result.exercise_id]
    score = Score(result.points, card_html(result, attempt))
    show(score, f"{card_text(result, attempt)}\n", printed)
    return score


def judge(exercise_id: str, functions: tuple[Any, ...]) -> tuple[Verdict, str]:
    """Verdict on the learner's functions with the fixed inputs, and what they printed."""
    if not isinstance(exercise_id, str):
        message = 'The id comes first, as a text: check("sigmoid", sigmoid).'
        return _refusal(exercise_id, "Unknown exercise", message), ""
    try:
        exercise = exercises.get(exercise_id, text_beside(Path()))
    except ValueError as error:
        return _refusal(exercise_id, "Not checked", f"The lesson's {error}"), ""
    except KeyError as error:
        message = str(error.args[0])
        return _refusal(exercise_id, "Unknown exercise", f"There is {message}"), ""
    if exercise.requires and find_spec(exercise.requires) is None:
        message = f"Not scored here: the package {exercise.requires} is not installed."
        return Verdict(exercise.id, exercise.title, 0.0, 0.0, message=message, possible=False), ""
    if len(functions) != len(exercise.parts):
        plural = "" if len(exercise.parts) == 1 else "s"
        message = f'It takes {len(exercise.parts)} function{plural}: `check("{exercise.id}", '
        message += f"{', '.join(exercise.functions)})`. It was given {len(functions)}."
        return Verdict(exercise.id, exercise.title, 0.0, float(exercise.points), message=message), ""
    try:
        parts, printed = _parts(exercise, functions)
    except KeyboardInterrupt:  # nobody waits for the rest
        message = "It was interrupted. Run the cell again."
        return Verdict(exercise.id, exercise.title, 0.0, float(exercise.points), message=message), ""
    return verdict(exercise, parts), printed


_drawn: dict[str, tuple[Exercise, list[list[Case]]]] = {}


def _fixed_cases(exercise: Exercise) -> list[list[Case]]:
    """Cases of every check in this session; drawing some of them takes a while."""
    if exercise.id not in _drawn or _drawn[exercise.id][0] is not exercise:
        _drawn[exercise.id] = exercise, cases(exercise)
    return _drawn[exercise.id][1]


def _parts(exercise: Exercise, functions: tuple[Any, ...]) -> tuple[list[PartVerdict], str]:
    verdicts, printed = [], ""
    for part, function, part_cases in zip(exercise.parts, functions, _fixed_cases(exercise), strict=True):
        if not callable(function):
            words = (
                f"What was given for {part.function} is no function, but of type {type(function).__name__}."
            )
            finding = Finding(part.function, words)
            verdicts.append(PartVerdict(part.function, attempted=True, passed=False, finding=finding))
            continue
        answers = _answers(part, function, part_cases)
        watched = partial(_watched, part, function, part_cases, answers)
        verdicts.append(evaluate(exercise, part, part_cases, answers, watched))
        printed += _printed(answers[0].printed)
    return verdicts, printed


def _answers(part: Part, function: Callable[..., Any], cases: list[Case]) -> list[Answer]:
    """What a function gives for each case; where it does not end once, nobody waits for it again."""
    answers: list[Answer] = []
    for case in cases:
        last = answers[-1].failure if answers else None
        endless = last is not None and last.kind in ("TimeLimit", "OutputLimit")
        answers.append(answers[-1] if endless else _answer(part, function, case))
    return answers


def _answer(part: Part, function: Callable[..., Any], case: Case) -> Answer:
    found = answer(part.drive, function, case, part.seconds)
    if is_interrupted(found):
        raise KeyboardInterrupt
    return found


def _watched(
    part: Part,
    function: Callable[..., Any],
    cases: list[Case],
    answers: list[Answer],
    number: int,
    output: str,
) -> list[Moment]:
    case, first = part.narrowed(cases[number], output), answers[number]
    if case is not cases[number]:
        first = _answer(part, function, case)
    return watch(part.drive, function, case, first, part.seconds)


def _printed(text: str) -> str:
    """What the learner's function printed in the first case, the beginning of it: they may be debugging."""
    lines = text.splitlines()
    more = ["..."] if len(lines) > _SHOWN_LINES else []
    return "".join(f"{line[:200]}\n" for line in [*lines[:_SHOWN_LINES], *more])


def _refusal(exercise_id: Any, title: str, message: str) -> Verdict:
    name = exercise_id[:60] if type(exercise_id) is str else type(exercise_id).__name__
    return Verdict(name, title, 0.0, 0.0, message=message)
