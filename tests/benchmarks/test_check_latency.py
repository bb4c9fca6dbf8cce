"""How long `check` keeps a learner waiting: right answers, and wrong ones whose mistakes are all tried."""

import contextlib
import io
import time

import numpy as np
import pytest

from mlcourse import check
from mlcourse.exercises import LESSONS, of_lesson

TRAINS = {"digits", "train-network"}
"""Here it is the learner's own training that takes time."""


def seconds(exercise, functions, repeats=5):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            check(exercise.id, *functions)
        times.append(time.perf_counter() - start)
    return min(times)


def scaled(reference):
    """A wrong function that is no known mistake, so that all of them are tried."""

    def scale(value):
        if isinstance(value, dict):
            return {key: scale(item) for key, item in value.items()}
        if isinstance(value, tuple | list):
            return type(value)(scale(item) for item in value)
        return value * 1.2345 if isinstance(value, float | np.ndarray) else value

    return lambda *arguments: scale(reference(*arguments))


@pytest.mark.benchmark
def test_latency_of_check_by_exercise():
    print(f"\n{'exercise':26}{'right, s':>10}{'unknown mistake, s':>20}{'known mistakes':>16}")
    for exercise in (exercise for lesson in LESSONS for exercise in of_lesson(lesson)):
        if exercise.requires:
            continue
        repeats = 1 if exercise.id in TRAINS else 5
        right = seconds(exercise, [part.reference for part in exercise.parts], repeats)
        wrong = seconds(exercise, [scaled(part.reference) for part in exercise.parts], repeats)
        mistakes = sum(len(part.mistakes) for part in exercise.parts)
        slow = "  (trains)" if exercise.id in TRAINS else ""
        print(f"{exercise.id:26}{right:10.4f}{wrong:20.4f}{mistakes:16}{slow}")
