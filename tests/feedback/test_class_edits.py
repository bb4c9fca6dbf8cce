"""A small change of a class is told as the line of the reference that it makes of it."""

import math

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.exercises.base import Part
from mlcourse.feedback import checking
from mlcourse.feedback.class_edits import change_of_class
from mlcourse.feedback.observe import observe
from mlcourse.feedback.returned import Run
from mlcourse.feedback.run import compute


class Dense:
    def __init__(self, n_in, n_out, rng):
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))
        self.b = np.zeros((n_out, 1))

    def forward(self, A):
        self.inputs = A
        return self.W @ A + self.b

    def backward(self, dZ):
        self.dW = dZ @ self.inputs.T
        self.db = dZ.sum(axis=1, keepdims=True)
        return self.W.T @ dZ


class Subtracting(Dense):
    def forward(self, A):
        self.inputs = A
        return self.W @ A - self.b


class OverTheUnits(Dense):
    def backward(self, dZ):
        dA = super().backward(dZ)
        self.db = dZ.sum(axis=0, keepdims=True)
        return dA


class Value:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = data, 0.0, parents, slopes

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, (self,), (1 + y**2,))

    def propagate(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * self.grad


@pytest.mark.parametrize(
    ("exercise", "written", "words"),
    [
        ("dense-layer", Subtracting, "`return W @ A - b` in forward; the formula is `return W @ A + b`"),
        ("dense-layer", OverTheUnits, "`db = np.sum(dZ, axis=0, keepdims=True)` in backward"),
        ("value-operations", Value, "`(1 + y ** 2,)` in tanh; the formula is `(1 - y ** 2,)`"),
    ],
)
def test_the_one_change_that_gives_all_outputs_is_told(exercise, written, words):
    result, _ = checking.judge(exercise, (written,))
    (finding,) = result.findings
    assert finding.mistake is None
    assert words in finding.sentence


def test_a_function_and_a_single_input_are_not_asked():
    part = get("momentum").parts[0]
    assert change_of_class(part, [], "W") == ""
    run = Run({}, None, [])
    assert change_of_class(get("dense-layer").parts[0], [run], "dW") == ""


class Affine:
    def __init__(self, a, b):
        self.a, self.b = a + 1, b - 2

    def forward(self, x):
        self.x = x
        return self.a * x + self.b

    def backward(self, g):
        self.da = np.sum(g * self.x)
        return self.a * g

    def far(self, x):
        return (self.a * x + self.b) * np.tanh(self.a * x + self.b) + np.exp(self.a - self.b) * 0.5 + self.a


RNG = np.random.default_rng(8)
CALLS = [["forward", "x"], ["backward", "g"], ["da"], ["far", "x"]]
CASES = [
    {
        "a": 1.0 + n,
        "b": 0.5 * n - 1.7,
        "x": RNG.normal(size=3 + n),
        "g": RNG.normal(size=3 + n),
        "calls": CALLS,
    }
    for n in range(3)
]


def affine(narrowed=lambda case, output: case):
    names = [name for name, *_ in CALLS]
    return Part(
        "Affine", dict, Affine, dict(zip(names, names, strict=True)), drive="methods", narrowed=narrowed
    )


def told(body, part, cases=CASES[:2]):
    """What is said of an Affine with these lines in its class, some other than those of the reference."""
    names = {"np": np, "Affine": Affine}
    exec(f"class Mine(Affine):\n    {body}", names)
    runs = []
    for case in cases:
        reference = compute("methods", Affine, case)
        runs.append(
            Run(case, observe(part, case, compute("methods", names["Mine"], case), lambda r=reference: r), [])
        )
    return change_of_class(part, runs, runs[0].first)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "forward = lambda self, x: setattr(self, 'x', x) or self.a * x - self.b",
            "Your `forward` is what comes out with `return a * x - b` in forward; the formula is "
            "`return a * x + b`.",
        ),
        (
            "backward = lambda self, g: setattr(self, 'da', np.mean(g * self.x)) or self.a * g",
            "Your `da` is what comes out with `da = np.mean(g * x)` in backward; the formula is "
            "`da = np.sum(g * x)`.",
        ),
        (
            "far = lambda self, x: Affine.far(self, x) - self.a",
            "Your `far` is what comes out with ",
        ),
        ("forward = lambda self, x: setattr(self, 'x', x) or self.a * x + self.b * 3.21", ""),
        ("forward = lambda self, x: [setattr(self, 'x', x), 1][1]", ""),
        ("__init__ = lambda self, a, b: (setattr(self, 'a', a - 1), setattr(self, 'b', b - 2), None)[2]", ""),
        (
            "forward = lambda self, x: setattr(self, 'x', x) or self.a * x - self.b\n"
            "    backward = lambda self, g: setattr(self, 'da', np.mean(g * self.x)) or self.a * g",
            "",
        ),
    ],
)
def test_the_line_with_the_change_that_gives_every_output_is_told(body, words):
    found = told(body, affine())
    assert found.startswith(words) and bool(found) == bool(words)
    if words.endswith("with "):
        assert len(found) < 260 and " in far; the formula is " in found


def test_the_change_has_to_give_what_a_case_with_one_output_alone_shows_too():
    def narrowed(case, output):
        kept = [call for call in case["calls"] if call[0] == output]
        given = {name: value for name, value in case.items() if name != "g"}
        return given | {"calls": kept} if output == "forward" else case

    body = "forward = lambda self, x: setattr(self, 'x', x) or self.a * x - self.b"
    assert told(body, affine(narrowed)).startswith("Your `forward` is what comes out with `return a * x - b`")
    other = "forward = lambda self, x: setattr(self, 'x', x) or self.a * x + self.b * 3.21"
    assert told(other, affine(narrowed)) == ""


def test_one_input_shows_nothing():
    body = "forward = lambda self, x: setattr(self, 'x', x) or self.a * x - self.b"
    assert told(body, affine(), CASES[:1]) == ""
    assert told(body, affine(), CASES)
