"""Answers that win points without solving anything, and near misses that once passed: all are refused."""

import pytest
from submissions import VARIANTS

from mlcourse.exercises import get

UNDESERVED = sorted((VARIANTS / "undeserved").glob("*/*.py"))


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
    assert judge_source(exercise, path, 0).points == 0
