"""A small change of a class is told as the line of the reference that it makes of it."""

import math

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.feedback import checking
from mlcourse.feedback.class_edits import change_of_class
from mlcourse.feedback.returned import Run


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
