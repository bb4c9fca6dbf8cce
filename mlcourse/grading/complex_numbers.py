"""Flag functions that compute with complex numbers: a slope by a complex step is right to all digits.

Where one step serves all examples at once, it takes no longer than the formula either. Nothing that the
course asks for needs a complex number, so a person is to look. What the sandbox says here costs nobody a
point; what it does not see, because no variable holds it, `detours` reads in the program.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from mlcourse.exercises.base import Exercise
from mlcourse.feedback.plain import PlainError
from mlcourse.grading.judge import SPARE_SECONDS, Ask, generator
from mlcourse.grading.second_chance import NOTHING

_LONGEST = 10.0
"""Seconds for a case beyond which a function is not called once more: it trains a network."""


def complex_numbers(right: Iterable[tuple[Exercise, tuple[str, ...]]], seed: bytes, ask: Ask) -> list[str]:
    """Return a flag for each function that does.

    Parameters
    ----------
    right : iterable of (Exercise, tuple of str)
        Exercises that got points, with the names of the learner's functions.
    seed, ask
        As for `mlcourse.grading.judge.judge_exercise`.
    """
    request: list[dict[str, Any]] = [
        {
            "function": name,
            "drive": part.drive,
            "cases": [part.inputs(generator(seed, exercise))],
            "replacement": asdict(NOTHING),
            "complex": True,
        }
        for exercise, functions in right
        for part, name in zip(exercise.parts, functions, strict=True)
        if part.seconds <= _LONGEST and not exercise.requires
    ]
    if not request:
        return []
    try:
        reply = ask(request, SPARE_SECONDS + len(request))
    except PlainError:
        return []
    pairs = zip(request, reply, strict=False)
    return [f"computes with complex numbers: {part['function']}" for part, found in pairs if found is True]
