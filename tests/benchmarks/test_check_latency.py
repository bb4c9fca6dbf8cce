"""How long the first `check` of a session keeps a learner waiting: right answers, and unknown mistakes.

Each runs in a process of its own: what a session computes once, the known mistakes compiled among it, counts.
"""

import subprocess
import sys

import pytest
from submissions import VARIANTS, source_of

from mlcourse.exercises import LESSONS, of_lesson

WRONG = VARIANTS / "wrong"
MOST = 3
"""Wrong submissions of an exercise that are measured."""

CHECK = """
import contextlib, io, os, sys, time
os.environ["MLCOURSE_PROGRESS"] = ""
import numpy as np
from mlcourse import check
from mlcourse.exercises import get

exercise, source = get(sys.argv[1]), sys.argv[2]

def scale(value):
    if isinstance(value, dict):
        return {key: scale(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(scale(item) for item in value)
    return value * 1.2345 + 0.01 if isinstance(value, float | np.ndarray) else value

functions = [part.reference for part in exercise.parts]
if source == "scaled":
    functions = [lambda *a, f=f: scale(f(*a)) for f in functions]
elif source:
    names = {"__name__": "__main__", "np": np}
    exec(compile(source, "cell.py", "exec"), names)
    functions = [names[part.function] for part in exercise.parts]
start = time.process_time()
with contextlib.redirect_stdout(io.StringIO()):
    check(exercise.id, *functions)
print(time.process_time() - start)
"""


def milliseconds(exercise, source=""):
    command = [sys.executable, "-c", CHECK, exercise.id, source]
    return 1000 * float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def unknown(exercise):
    """Wrong submissions that are none of the known mistakes."""
    found = sorted((WRONG / exercise.id).glob("*.py"))
    texts = [source_of(path) for path in found if not path.read_text().startswith("# named")]
    return texts[:MOST] or ["scaled"]


@pytest.mark.benchmark
def test_latency_of_check_by_exercise():
    print(f"\n{'exercise':26}{'right, ms':>10}{'unknown mistake, ms':>21}{'known mistakes':>16}")
    for exercise in (exercise for lesson in LESSONS for exercise in of_lesson(lesson)):
        if exercise.requires:
            continue
        right = min(milliseconds(exercise) for _ in range(2))
        wrong = max(milliseconds(exercise, source) for source in unknown(exercise))
        mistakes = sum(len(part.mistakes) for part in exercise.parts)
        print(f"{exercise.id:26}{right:10.0f}{wrong:21.0f}{mistakes:16}")
