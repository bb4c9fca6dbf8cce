"""Submissions in many styles: none that is right is refused, none that is wrong is rewarded or misnamed.

``variants/right/<exercise-id>/<name>.py`` and ``variants/wrong/<exercise-id>/<name>.py``, one submission a
file. A wrong one is none of the known mistakes, so it gets no name; where it holds known mistakes beside
others, its first line says which: ``# named: no-mean-dW2, mask-forgotten``.
"""

import pytest
from submissions import VARIANTS

from mlcourse.exercises import get

SEEDS = [0, pytest.param(1, marks=pytest.mark.seeds)]


def submissions(kind):
    paths = sorted((VARIANTS / kind).glob("*/*.py"))
    return [
        pytest.param(
            path,
            id=f"{path.parent.name}-{path.stem}",
            marks=pytest.mark.torch if get(path.parent.name).requires else (),
        )
        for path in paths
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("path", submissions("right"))
def test_a_right_answer_is_right_however_written(path, seed, judge_source):
    exercise = get(path.parent.name)
    result = judge_source(exercise, path, seed)
    assert result.points == exercise.points, result.findings


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("path", submissions("wrong"))
def test_a_wrong_answer_gets_no_full_points_and_no_false_name(path, seed, judge_source):
    exercise = get(path.parent.name)
    first = path.read_text().partition("\n")[0]
    named = first.removeprefix("# named: ").split(", ") if first.startswith("# named: ") else []
    allowed = {None, *named, ", ".join(named)}  # two mistakes of one function come as one name
    result = judge_source(exercise, path, seed)
    assert result.points < exercise.points
    found = {finding.mistake for finding in result.findings}
    assert found <= allowed and (found - {None} or not named), result.findings


def test_there_are_enough_of_them():
    assert len(submissions("right")) >= 40
    assert len(submissions("wrong")) >= 40
