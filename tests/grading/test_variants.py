"""Honest work is never harmed: what the notebook's own check says, the sealed path says too."""

from pathlib import Path

import pytest

from mlcourse import check as check_in_notebook
from mlcourse.exercises import get
from mlcourse.grading.grader import grade_notebook
from mlcourse.grading.released import Release

VARIANTS = Path(__file__).parents[1] / "exercises" / "variants"

pytestmark = pytest.mark.sandbox


def submissions(kind):
    paths = sorted((VARIANTS / kind).glob("*/*.py"))
    return [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in paths]


@pytest.fixture(scope="module")
def sealed(server, as_cells):
    """``sealed(exercise, source)``: points of a notebook with this one answer."""

    def points(exercise, source):
        solution, check, notebook = as_cells(exercise)
        release = Release.read(notebook(solution(""), check))
        result = grade_notebook(notebook(solution(source), check).encode(), release, b"secret" * 6, server)
        assert result.status == "graded", result.flags
        return result.exercises[exercise.id]

    return points


@pytest.mark.parametrize("path", submissions("right"))
def test_a_right_answer_gets_full_points_sealed_as_in_the_notebook(path, sealed):
    exercise, source = get(path.parent.name), path.read_text()
    space = {"__name__": path.stem}
    exec(compile(source, str(path), "exec"), space)
    in_notebook = check_in_notebook(exercise.id, *(space[name] for name in exercise.functions))
    found = sealed(exercise, source)
    assert found.points == in_notebook == exercise.points, found.findings


@pytest.mark.parametrize("path", submissions("wrong")[::4])
def test_a_wrong_answer_gets_no_full_points_sealed(path, sealed):
    exercise = get(path.parent.name)
    assert sealed(exercise, path.read_text()).points < exercise.points
