"""Honest work is never harmed: what the notebook's own check says, the sealed path says too.

That the check says so of each of these answers is tried in tests/exercises/test_variants.py.
A session costs more than an answer, so a notebook holds one answer to every exercise: the first ones of all
exercises, the second ones, and so on.
"""

from functools import cache
from itertools import groupby, zip_longest

import pytest
from submissions import VARIANTS, source_of

from mlcourse.exercises import get
from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.grader import grade_notebook
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.released import Release


def without_torch(kind):
    """Submissions that need NumPy alone; `test_torch_sealed` has those of PyTorch."""
    paths = sorted((VARIANTS / kind).glob("*/*.py"))
    return [path for path in paths if not get(path.parent.name).requires]


RIGHT, WRONG = without_torch("right"), without_torch("wrong")[::4]

pytestmark = pytest.mark.sandbox


def exercise_of(path):
    return path.parent.name


def rounds():
    """Lists of submissions, at most one to an exercise; each submission is in one of them."""
    everything = sorted(RIGHT + WRONG, key=exercise_of)
    by_exercise = (list(group) for _, group in groupby(everything, exercise_of))
    return [[path for path in level if path] for level in zip_longest(*by_exercise)]


def of(paths):
    return [pytest.param(path, id=f"{exercise_of(path)}-{path.stem}") for path in paths]


@pytest.fixture(scope="module")
def sealed(as_cells):
    """``sealed(path)``: what the grader says of this submission, among one of every other exercise."""
    server = ForkServer(SandboxLimits())

    def as_release(paths, source):
        cells = []
        for path in paths:
            solution, check, notebook = as_cells(get(exercise_of(path)))
            cells += [solution(source(path)), check]
        return notebook(*cells)

    @cache
    def results(number):
        paths = rounds()[number]
        release = Release.read(as_release(paths, lambda path: ""))
        submission = HandedIn.of(as_release(paths, source_of).encode())
        result = grade_notebook(submission, release, b"secret" * 6, server)
        assert result.status == "graded", result.flags
        return result.exercises

    yield lambda path: results(next(i for i, paths in enumerate(rounds()) if path in paths))[
        exercise_of(path)
    ]
    server.close()


@pytest.mark.parametrize("path", of(RIGHT))
def test_a_right_answer_gets_full_points_sealed_as_in_the_notebook(path, sealed):
    found = sealed(path)
    assert found.points == get(exercise_of(path)).points, found.findings


@pytest.mark.parametrize("path", of(WRONG))
def test_a_wrong_answer_gets_no_full_points_sealed(path, sealed):
    assert sealed(path).points < get(exercise_of(path)).points


def test_few_sessions_hold_all_of_them():
    assert sorted(path for paths in rounds() for path in paths) == sorted(RIGHT + WRONG)
    assert len(rounds()) < len(RIGHT + WRONG) / 10
