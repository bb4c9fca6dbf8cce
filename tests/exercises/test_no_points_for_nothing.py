"""Answers that win points without solving anything, and near misses that once passed: all are refused."""

from dataclasses import replace

import pytest
from submissions import VARIANTS

from mlcourse.exercises import get

UNDESERVED = sorted((VARIANTS / "undeserved").glob("*/*.py"))
BY_COST = ("finite_differences", "complex_steps")
"""Right to all digits, so it is the time they take that tells; formulas take milliseconds."""


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path,
            id=f"{path.parent.name}-{path.stem}",
            marks=pytest.mark.torch if get(path.parent.name).requires else (),
        )
        for path in UNDESERVED
    ],
)
def test_it_gets_no_points(path, judge_source):
    exercise = get(path.parent.name)
    if path.stem in BY_COST:
        exercise = replace(exercise, parts=tuple(replace(part, seconds=0.3) for part in exercise.parts))
    assert judge_source(exercise, path, 0).points == 0
