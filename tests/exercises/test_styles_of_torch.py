"""The exercises of lesson 10 in forty styles each: right ones get all points, wrong ones none, no false name.

With what lies in `variants`. Each file in `styles` holds one submission after the other, below a line with
its name: ``## name``. One that begins with ``like NAME`` is that one, the lines after ``- `` exchanged for
those after ``+ ``. A wrong one whose fault does have a name says so: ``named MISTAKE``. In the clinic the
name of a submission begins with the number of its patient, and the other patients are left out.
"""

import os
import re
from functools import cache
from pathlib import Path

import pytest
from submissions import VARIANTS, exchanged

from mlcourse.exercises import get, of_lesson

pytestmark = pytest.mark.torch

STYLES = Path(__file__).parent / "styles"
ALL = bool(os.environ.get("ALL_STYLES"))
STEP = 1 if ALL else 3
"""One of so many is tried where not all are: `ALL_STYLES=1 pytest -m torch -k styles_of_torch`."""
EXERCISES = [exercise.id for exercise in of_lesson("10-pytorch")]
PRELUDE = """
import functools, itertools, math
from collections import OrderedDict, namedtuple
from itertools import pairwise
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.autograd import Function
from torch.utils.data import DataLoader, Dataset, TensorDataset
"""


@cache
def styles(exercise_id, kind):
    """Names and texts, and the names of the mistakes in them."""
    text = (STYLES / f"{exercise_id.replace('-', '_')}_{kind}.txt").read_text(encoding="utf-8")
    found = {} if kind == "right" else dict(styles(exercise_id, "right"))
    own = {}
    for block in re.split(r"(?m)^## ", text)[1:]:
        name, _, body = block.partition("\n")
        assert name not in found, name
        named = re.match(r"named (.*)\n", body)
        body = body[named.end() :] if named else body
        like = re.match(r"like (.*)\n", body)
        source = exchanged(found[like[1]][0], body[like.end() :].strip("\n").split("\n")) if like else body
        found[name] = own[name] = source, named[1].split(", ") if named else []
    return own


def rows(kind):
    for exercise_id in EXERCISES:
        for name, (source, named) in list(styles(exercise_id, kind).items())[::STEP]:
            yield pytest.param(exercise_id, name, source, named, id=f"{exercise_id}-{name}")


@pytest.fixture
def judge(judge_part):
    def of(exercise_id, name, source):
        exercise = get(exercise_id)
        space = {"__name__": "styles"}
        exec(PRELUDE, space)
        exec(compile(source, name, "exec"), space)
        parts = exercise.parts if len(exercise.parts) == 1 else [exercise.parts[int(name[0]) - 1]]
        return [judge_part(exercise, part, space[part.function], 0) for part in parts]

    return of


@pytest.mark.parametrize(("exercise_id", "name", "source", "named"), list(rows("right")))
def test_a_right_answer_is_right_in_every_style(exercise_id, name, source, named, judge):
    (part,) = judge(exercise_id, name, source)
    assert part.passed, part.finding


@pytest.mark.parametrize(("exercise_id", "name", "source", "named"), list(rows("wrong")))
def test_a_wrong_answer_in_no_style_passes_or_gets_a_false_name(exercise_id, name, source, named, judge):
    (part,) = judge(exercise_id, name, source)
    assert not part.passed
    assert part.finding.mistake in (named or [None]), part.finding


@pytest.mark.parametrize("exercise_id", EXERCISES)
@pytest.mark.parametrize("kind", ["right", "wrong"])
def test_there_are_forty_of_each(exercise_id, kind):
    files = len(list((VARIANTS / kind / exercise_id).glob("*.py")))
    assert files + len(styles(exercise_id, kind)) >= 40
