"""Slopes by complex steps are right to all digits, and flagged, however they are written."""

import runpy
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mlcourse import exercises
from mlcourse.feedback.plain import decode, encode
from mlcourse.grading.complex_numbers import complex_numbers
from mlcourse.grading.inside import driver
from mlcourse.grading.inside.complex_numbers import computes_with_complex_numbers

EXERCISES = [e for lesson in exercises.LESSONS for e in exercises.of_lesson(lesson) if not e.requires]
FORWARD = """
import cmath
import numpy as np

def logs(Z):
    shifted = Z - np.max(Z.real, axis=0, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
"""
STEPS = {
    "a literal": "Z.astype(complex)[k] + 1e-20j",
    "a type": "Z + np.complex128(complex(0, 1e-20)) * E[:, [k]]",
    "a power": "Z + (-1) ** 0.5 * 1e-20 * E[:, [k]]",
    "a text": "Z.astype('c16') + np.roots([1, 0, 1])[0] * 1e-20 * E[:, [k]]",
}
PULLBACK = """
def log_softmax(Z):
    E = np.eye(len(Z))
    def pullback(dL):
        dZ = np.zeros_like(dL)
        for k in range(len(Z)):
            step = {step}
            moved = Z.astype(complex)
            moved[k] = step[k] if step.shape == Z.shape else step
            dZ[k] = np.sum(dL * logs(moved).view(float)[:, 1::2], axis=0) / moved[k, 0].imag
        return dZ
    return logs(Z), pullback
"""
CHAIN = "def power_chain(x):\n    f = lambda x: (3 * x**2 - 1) ** 3\n    return f(x), {slope}"
INLINE = "f(x + 1e-20j).imag / 1e-20"
WITH_CMATH = "f(x + cmath.sqrt(-1) * 1e-20).imag / 1e-20"


SLOPE = "((3 * {0} ** 2 - 1) ** 3).imag / 1e-20"
CHAINS = {
    "in a list": "held = [x + 1e-20j]\n    return (3 * x**2 - 1) ** 3, " + SLOPE.format("held[0]"),
    "in a dict": "held = {'x': x + 1e-20j}\n    return (3 * x**2 - 1) ** 3, " + SLOPE.format("held['x']"),
    "in an object": "held = Box()\n    held.x = x + 1e-20j\n    return (3 * x**2 - 1) ** 3, "
    + SLOPE.format("held.x"),
    "after much that a library does": "many = [rgb_to_hsv(0.1, 0.2, 0.3) for _ in range(600)]\n"
    "    for _ in range(20):\n        pass\n"
    "    return (lambda z: " + SLOPE.format("z") + ")(x + 1e-20j)",
}
"""Where and when a number of a step is kept; there is no other."""
BOX = "from colorsys import rgb_to_hsv\n\nclass Box:\n    pass\n\ndef power_chain(x):\n    "


@pytest.fixture
def flags(monkeypatch):
    """``flags(functions, *ids)``: those of exercises that these functions answer."""

    def find(functions, *ids):
        monkeypatch.setitem(driver._served, "namespace", functions)
        right = [(exercise, exercise.functions) for exercise in map(exercises.get, ids)]
        return complex_numbers(
            right, b"x", lambda parts, seconds: decode(encode([driver._answers(p) for p in parts]))
        )

    return find


@pytest.mark.parametrize(
    "name, source",
    [
        *(("log-softmax", FORWARD + PULLBACK.format(step=step)) for step in STEPS.values()),
        *(("power-chain", FORWARD + CHAIN.format(slope=slope)) for slope in (INLINE, WITH_CMATH)),
        *(("power-chain", BOX + chain) for chain in CHAINS.values()),
    ],
)
def test_it_is_flagged(flags, name, source):
    space = {}
    exec(compile(source, "cell", "exec"), space)
    (function,) = exercises.get(name).functions
    assert flags(space, name) == [f"computes with complex numbers: {function}"]


def test_no_answer_of_the_courses_own_is_flagged(flags):
    functions = {part.function: part.reference for exercise in EXERCISES for part in exercise.parts}
    for exercise in EXERCISES:
        functions |= {part.function: part.reference for part in exercise.parts}
        assert flags(functions, exercise.id) == []


def test_who_is_traced_already_is_not_watched_and_traced_on():
    def stepped(x):
        z = x + 1e-20j
        return x, z.imag

    def tracer(frame, event, argument):
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        found = computes_with_complex_numbers("call", stepped, {"x": 1.0})
        kept = sys.gettrace()
    finally:
        sys.settrace(before)
    assert (found, kept) == (False, tracer)
    assert before is not None or computes_with_complex_numbers("call", stepped, {"x": 1.0})


@pytest.mark.parametrize("seconds, requires", [(11.0, ""), (5.0, "torch")])
def test_who_trains_long_or_on_another_library_is_not_called_once_more(seconds, requires):
    exercise = exercises.get("power-chain")
    parts = tuple(replace(part, seconds=seconds) for part in exercise.parts)
    right = [(replace(exercise, parts=parts, requires=requires), exercise.functions)]
    assert complex_numbers(right, b"x", lambda *_: pytest.fail("asked")) == []


def test_a_reply_that_makes_no_sense_flags_nobody():
    right = [(exercises.get("power-chain"), ("power_chain",))]
    for reply in ([], ["True"], [1], [None], [[True]]):
        assert complex_numbers(right, b"x", lambda *_, reply=reply: reply) == []


def test_it_is_flagged_in_the_result_of_a_submission_and_costs_no_points(graded_here):
    lesson = runpy.run_path(str(Path(__file__).parent / "honest" / "lesson.py"))["Lesson"](
        "02-two-layer-network"
    )
    turned = "turned = Z + (-1) ** 0.5 * 0"
    stepped = f"def sigmoid(Z):\n    {turned}\n    return np.real(0.5 * (1 + np.tanh(turned / 2)))"
    notebook = lesson.filled(**{"sigmoid-solution": stepped})
    result = graded_here(lesson, {lesson.file: lesson.write(notebook)})
    assert "computes with complex numbers: sigmoid" in result.flags
    assert result.exercises["sigmoid"].points == result.exercises["sigmoid"].max_points
