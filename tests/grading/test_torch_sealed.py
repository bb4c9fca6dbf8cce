"""Lesson 10 in a sandbox: right, wrong and hostile work with PyTorch, from kernels that have it already."""

import json

import pytest
from submissions import VARIANTS, source_of

from mlcourse.exercises import get, of_lesson
from mlcourse.grading.fork_server import PRELOAD, ForkServer
from mlcourse.grading.grader import grade_notebook
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.released import Release

pytestmark = [pytest.mark.sandbox, pytest.mark.torch]

EXERCISES = [exercise.id for exercise in of_lesson("10-pytorch")]
HOSTILE = """
import torch


class Zero(float):
    __eq__ = __le__ = lambda *_: True


torch.Tensor.backward = torch.optim.SGD.step = lambda *_, **__: None
torch.allclose = torch.equal = lambda *_, **__: True
torch.set_default_dtype(torch.float16)


def training_step(model, optimizer, X, Y):
    return Zero(0.0)


def nothing(*_):
    import os

    os._exit(0)
"""


@pytest.fixture(scope="module")
def grade(as_cells):
    """``grade(sources)``: what the grader says of these sources, by exercise."""
    server = ForkServer(SandboxLimits(), preload=(*PRELOAD, "torch"))

    def notebook(sources):
        cells = []
        for name in EXERCISES:
            solution, check, make = as_cells(get(name))
            cells += [solution(sources.get(name, "")), check]
        return make(*cells)

    release = Release.read(notebook({}))
    assert release.requires == ("torch",)

    def graded(sources):
        return grade_notebook(HandedIn.of(notebook(sources).encode()), release, b"secret" * 6, server)

    yield graded
    server.close()


def variants(kind):
    """The first submission of this kind to each exercise."""
    return {name: source_of(min((VARIANTS / kind / name).glob("*.py"))) for name in EXERCISES}


def test_wrong_work_does_not(grade):
    found = grade(variants("wrong"))
    assert found.status == "graded"
    assert all(found.exercises[name].points < get(name).points for name in EXERCISES)


def test_hostile_work_gets_nothing_and_right_work_after_it_full_points(grade):
    hostile = HOSTILE + "\n".join(f"fixed_{n} = nothing" for n in range(1, 7))
    found = grade({"torch-training-step": hostile, "torch-clinic": hostile})
    assert sum(score.points for score in found.exercises.values()) == 0
    assert json.dumps(found.to_json())
    found = grade(variants("right"))
    assert found.status == "graded"
    assert {name: found.exercises[name].points for name in EXERCISES} == {e: get(e).points for e in EXERCISES}
