"""The verdict on an exercise, computed here from what the learner's functions return on secret inputs."""

import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Part
from mlcourse.feedback import Answer, PartVerdict, Verdict, answer_from_plain, cases, evaluate, verdict
from mlcourse.feedback.moments import Moment, moments_from_plain
from mlcourse.feedback.plain import PlainError
from mlcourse.grading.second_chance import NOTHING, Replacement

Ask = Callable[[list[dict[str, Any]], float], Any]
"""``ask(parts, seconds)`` has functions called in the sandbox, as `mlcourse.grading.session.Session.ask`."""

SPARE_SECONDS = 10.0
"""For a request, beyond the time of its calls."""


def seed(secret: bytes, assignment: str, student: str) -> bytes:
    """Return what a student's secret inputs for an assignment are drawn from.

    Parameters
    ----------
    secret : bytes
        The course's.
    assignment, student : str
        Their names.
    """
    text = "\0".join((assignment, student)).encode()
    return hmac.new(secret, text, hashlib.sha256).digest()


def judge_exercise(
    exercise: Exercise,
    functions: tuple[str, ...],
    seed: bytes,
    ask: Ask,
    why_missing: Callable[[str], str],
    replaced: Replacement = NOTHING,
) -> tuple[Verdict, str]:
    """Judge an exercise.

    Parameters
    ----------
    exercise : Exercise
        Which one.
    functions : tuple of str
        Names of the learner's functions, one for each part.
    seed : bytes
        From `seed`.
    ask : callable
        The way to the learner's functions.
    why_missing : callable
        ``why_missing(name)``: the sentence about a function that is not there.
    replaced : Replacement, optional
        Functions of the course's that stand in for others of the learner's.

    Returns
    -------
    Verdict
        Points and findings.
    str
        What was wrong with the way in which the submission answered; empty if nothing was.
    """
    if exercise.requires and find_spec(exercise.requires) is None:
        message = f"Not scored here: the package {exercise.requires} is not installed."
        return Verdict(exercise.id, exercise.title, 0.0, 0.0, message=message, possible=False), ""
    drawn = cases(exercise, generator(seed, exercise))
    pairs = list(zip(exercise.parts, functions, drawn, strict=True))
    request = [
        {
            "function": name,
            "drive": part.drive,
            "seconds": part.seconds,
            "cases": part_cases,
            "replacement": asdict(replaced),
        }
        for part, name, part_cases in pairs
    ]
    try:
        # Twice, as `feedback.run` may let a call take on a machine that is busy.
        replies = ask(request, SPARE_SECONDS + 2 * sum(part.seconds for part in exercise.parts))
        if len(replies) != len(exercise.parts):
            raise PlainError("answers to something else")
    except PlainError as error:
        sentence = f"There was no answer that could be read ({error})."
        parts = [_refused(name, sentence) for name in functions]
        return verdict(exercise, parts), str(error)
    parts, complaint = [], ""
    for (part, name, part_cases), asked, reply in zip(pairs, request, replies, strict=True):
        try:
            if reply is None:
                parts.append(_refused(name, why_missing(name)))
            else:
                watched = _Watched(ask, asked, part)
                parts.append(_part(exercise, part, name, part_cases, reply, watched))
        except PlainError as error:
            complaint = str(error)
            parts.append(_refused(name, f"There was no answer that could be read ({error})."))
    return verdict(exercise, parts), complaint


def generator(seed: bytes, exercise: Exercise) -> np.random.Generator:
    """Return what the secret inputs of a student for an exercise are drawn with."""
    digest = hmac.new(seed, exercise.id.encode(), hashlib.sha256).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))


class _Watched:
    """What the learner's variables held, asked for when a wrong answer is explained; it earns no points."""

    def __init__(self, ask: Ask, asked: dict[str, Any], part: Part) -> None:
        self.ask, self.asked, self.part = ask, asked, part
        self.found: list[list[Moment]] | None = None

    def __call__(self, number: int, output: str) -> Sequence[Moment]:
        if self.found is None:  # the course's own functions are called no more often than they must be
            self.found = [] if self.asked["replacement"]["names"] else self._found(output)
        return self.found[number] if number < len(self.found) else ()

    def _found(self, output: str) -> list[list[Moment]]:
        cases = [self.part.narrowed(case, output) for case in self.asked["cases"][: self.part.draws]]
        request = {**self.asked, "cases": cases, "watched": True}
        try:
            (reply,) = self.ask([request], SPARE_SECONDS + 2 * self.asked["seconds"])
            return [moments_from_plain(item) for item in reply]
        except (PlainError, TypeError, ValueError):  # then the card says less
            return []


def _part(
    exercise: Exercise, part: Part, name: str, part_cases: list[Case], reply: Any, watched: _Watched
) -> PartVerdict:
    if isinstance(reply, str):
        return _refused(name, f"{name} is not a function: it is of type {reply[:60]}.")
    if not isinstance(reply, list) or len(reply) != len(part_cases):
        raise PlainError("answers to something else")
    answers = [_without_numbers(answer_from_plain(item)) for item in reply]
    try:
        return evaluate(exercise, part, part_cases, answers, watched)
    except Exception as error:
        # Values of a kind that nobody thought of shall cost their author, not the class.
        raise PlainError(f"comparing it failed: {type(error).__name__}") from error


def _without_numbers(answer: Answer) -> Answer:
    """Blot out decimal numbers in an exception's message: the card shows it; it may quote secret inputs."""
    if answer.failure is None:
        return answer
    message = re.sub(
        r"[-+]?\d*\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+", "…", answer.failure.message, flags=re.IGNORECASE
    )
    return replace(answer, failure=replace(answer.failure, message=message[:200]))


def _refused(name: str, sentence: str) -> PartVerdict:
    return PartVerdict(name, attempted=True, passed=False, finding=Finding(name, sentence))
