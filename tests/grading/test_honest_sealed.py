"""Right work keeps its points, whatever its notebook does to the program that runs it.

Each kind in one of the two lessons; beside stock nbgrader, in the benchmarks, they are in both.
"""

from itertools import cycle
from pathlib import Path

import pytest

from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.grader import grade_notebook
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.released import Release

KINDS = [
    line[4:].partition("(")[0]
    for line in (Path(__file__).parent / "honest" / "in_a_kernel.py").read_text().split("\n")
    if line.startswith("def ") and not line.startswith("def _")
]
LESSONS = ["02-two-layer-network", "05-deep-networks"]

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def patient():
    """A fork server with a short limit for cells and an ordinary one for the notebook."""
    process = ForkServer(SandboxLimits(cell=5.0))
    yield process
    process.close()


@pytest.mark.parametrize("kind, lesson_name", list(zip(KINDS, cycle(LESSONS))))
def test_right_work_gets_all_points_in_its_own_kernel(kind, lesson_name, honest, patient):
    lesson, files = honest[kind, lesson_name]
    release = Release.read(lesson.write(lesson.release))
    result = grade_notebook(HandedIn.of(files[lesson.file], lesson.file), release, b"honest" * 5, patient)
    found = {name: (each.points, each.max_points) for name, each in result.exercises.items()}
    assert all(points in (most, None) for points, most in found.values()), (found, result.flags)
    assert len(found) > 3
