"""The exercises of lesson 09 in forty styles each: right ones get all points, wrong ones none, no false name.

With what lies in `variants`. Each file in `styles` holds functions, classes, or a table of functions. The
plain run tries a part; all, with two draws of inputs: ``ALL_STYLES=1 pytest -k styles tests/exercises``.
"""

import inspect
import os
import runpy
import sys
from pathlib import Path

import pytest
from submissions import VARIANTS

from mlcourse.exercises import get, of_lesson
from mlcourse.feedback import verdict

STYLES = Path(__file__).parent / "styles"
ALL = bool(os.environ.get("ALL_STYLES"))
EXERCISES = [exercise.id for exercise in of_lesson("09-tensors")]
STEP = {"train-tensors": 20, "tensor-operations": 6, "matmul-backward": 3}
"""Which part of them the plain run tries, where each takes long: one of so many."""


def styles(exercise_id, kind):
    """Name of each style, and its function or class; helpers begin with an underscore."""
    name = f"{exercise_id.replace('-', '_')}_{kind}"
    sys.path.insert(0, str(STYLES))
    try:
        space = runpy.run_path(str(STYLES / f"{name}.py"), run_name=name)
    finally:
        sys.path.remove(str(STYLES))
    if "STYLES" in space:
        return space["STYLES"]
    return {
        key: thing
        for key, thing in space.items()
        if (inspect.isfunction(thing) or inspect.isclass(thing))
        and thing.__module__ == name
        and key[0] != "_"
    }


def rows(kind):
    for exercise_id in EXERCISES:
        made = list(styles(exercise_id, kind).items())
        for name, thing in made if ALL else made[:: STEP.get(exercise_id, 1)]:
            yield pytest.param(exercise_id, thing, id=f"{exercise_id}-{name}")


@pytest.fixture
def judge(judge_part):
    def of(exercise_id, thing, seed):
        exercise = get(exercise_id)
        (part,) = exercise.parts
        return verdict(exercise, [judge_part(exercise, part, thing, seed)])

    return of


SEEDS = (0, 1) if ALL else (0,)


@pytest.mark.parametrize(("exercise_id", "thing"), list(rows("right")))
def test_a_right_answer_is_right_in_every_style(exercise_id, thing, judge):
    for seed in SEEDS:
        result = judge(exercise_id, thing, seed)
        assert result.points == get(exercise_id).points, result.findings


@pytest.mark.parametrize(("exercise_id", "thing"), list(rows("wrong")))
def test_a_wrong_answer_in_no_style_passes_or_gets_a_false_name(exercise_id, thing, judge):
    first = (thing.__doc__ or "").partition("\n")[0]
    named = {first.removeprefix("Named: ").removesuffix(".")} if first.startswith("Named: ") else set()
    for seed in SEEDS:
        result = judge(exercise_id, thing, seed)
        assert result.points == 0, result.findings
        found = {finding.mistake for finding in result.findings}
        if exercise_id == "train-tensors":  # its names are what was measured, not what was supposed
            continue
        assert found <= {None, *named} and (found - {None} or not named), result.findings


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_there_are_forty_of_each(exercise_id):
    for kind in ("right", "wrong"):
        files = len(list((VARIANTS / kind / exercise_id).glob("*.py")))
        assert files + len(styles(exercise_id, kind)) >= 40, kind
