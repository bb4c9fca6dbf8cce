"""Promises that every declaration keeps: plain inputs that tell answers apart."""

import copy
import json
import re
from pathlib import Path

import numpy as np
import pytest

from mlcourse.exercises import LESSONS, drives, of_lesson
from mlcourse.exercises.lesson_03.initialize_parameters import compare_initial, initialize_parameters
from mlcourse.feedback.plain import decode, encode

EXERCISES = [exercise for lesson in LESSONS for exercise in of_lesson(lesson)]
PARTS = [pytest.param(part, id=f"{e.id}-{part.function}") for e in EXERCISES for part in e.parts]
CALLED = [  # what is made of PyTorch runs where that is
    pytest.param(part, id=f"{e.id}-{part.function}", marks=pytest.mark.torch if e.requires else ())
    for e in EXERCISES
    for part in e.parts
]


@pytest.mark.parametrize("part", PARTS)
def test_inputs_are_plain_data_the_same_for_the_same_seed(part):
    case = part.inputs(np.random.default_rng(1))
    again = part.inputs(np.random.default_rng(1))
    assert encode(case) == encode(again) == encode(decode(encode(case)))
    assert len(encode(case)) < 2_000_000
    assert encode(case) != encode(part.inputs(np.random.default_rng(2)))
    for edge in part.edges():
        json.loads(encode(edge))


@pytest.mark.parametrize("part", CALLED)
def test_references_leave_their_inputs_as_they_were(part):
    for case in [part.inputs(np.random.default_rng(3)), *part.edges()]:
        before = copy.deepcopy(case)
        getattr(drives, part.drive)(part.reference, case)
        assert encode(case) == encode(before)


@pytest.mark.parametrize("exercise_id", ["tanh-backward", "three-layer-backward", "deep-backward"])
def test_shapes_are_all_different_and_relu_is_open_and_shut(exercise_id):
    part = next(e for e in EXERCISES if e.id == exercise_id).parts[0]
    for seed in range(50):
        case = part.inputs(np.random.default_rng(seed))
        cache = case["cache"]
        sizes = [len(cache["X"]), cache["X"].shape[1]]
        sizes += [len(value) for name, value in cache.items() if name[0] == "Z"]
        assert len(set(sizes)) == len(sizes)
        hidden = [value for name, value in cache.items() if name[0] == "Z" and len(value) > 1]
        assert all(0.25 <= np.mean(Z > 0) <= 0.75 for Z in hidden)
        assert set(np.unique(case["Y"])) == {0.0, 1.0}


def test_honest_initial_parameters_are_never_refused():
    part = next(e for e in EXERCISES if e.id == "initialize-parameters").parts[0]
    for seed in range(300):
        case = part.inputs(np.random.default_rng(seed))
        assert compare_initial(case, drives.repeated(initialize_parameters, case)) is None


def test_drives_know_nothing_of_references_and_mistakes():
    sources = [path.read_text() for path in Path(drives.__file__).parent.glob("*drives.py")]
    imports = re.findall(r"^\s*(?:from|import) (\S+)", "\n".join(sources), re.MULTILINE)
    assert len(sources) > 1 and {name for name in imports if name.startswith("mlcourse")} <= {
        "mlcourse.autograd",
        "mlcourse.datasets",
        "mlcourse.exercises.tensor_drives",
        "mlcourse.exercises.torch_drives",
        "mlcourse.exercises.value_drives",
    }
