"""Answers that win points without solving anything, and near misses that once passed: all are refused."""

from pathlib import Path

import pytest

from mlcourse.exercises import get

VARIANTS = Path(__file__).parent / "variants" / "undeserved"


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in sorted(VARIANTS.glob("*/*.py"))],
)
def test_it_gets_no_points(path, judge_source):
    exercise = get(path.parent.name)
    assert judge_source(exercise, path, 0).points == 0
