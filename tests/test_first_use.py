"""The first thing that a learner does, in a new interpreter, whatever characters its output has."""

import os
import subprocess
import sys

import pytest

from mlcourse.exercises import get

PROGRAM = r"""
import numpy as np
from mlcourse import check

def right(Z):
    return np.where(Z >= 0, 1 / (1 + np.exp(-np.abs(Z))), 1 - 1 / (1 + np.exp(-np.abs(Z))))

def wrong(Z):
    print("\N{GREEK SMALL LETTER SIGMA}(Z), of the learner's own")
    return Z

def stub(Z):
    raise NotImplementedError

points = [check("sigmoid", function) for function in (right, wrong, stub, None)]
assert points[0] > 0 and points[1:] == [0, 0, 0], points
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_check_answers_and_raises_nothing(encoding):
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, encoding=encoding, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    points = get("sigmoid").points
    assert f"{points} of {points}" in done.stdout and "of the learner's own" in done.stdout
