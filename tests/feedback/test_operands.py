"""What met in a line that failed: each operand with its shape, or nothing where one cannot be read."""

import ast
import sys

import numpy as np
import pytest

from mlcourse.feedback.operands import read_operands


class Layer:
    def __init__(self):
        self.W = np.ones((3, 2))


def frame_of_the_learner():
    X, y, two, rows, names = np.ones((2, 5)), np.ones(5), 2, [1, 2, 3], ["a", "b"]  # noqa: F841
    cache, layer, l, empty = {"A1": np.ones((4, 5)), "Z2": np.ones((1, 5))}, Layer(), 1, {}  # noqa: E741, F841
    return sys._getframe()


@pytest.mark.parametrize(
    ("line", "operands"),
    [
        ("layer.W @ y", [("layer.W", (3, 2)), ("y", (5,))]),
        ("X + cache['A1']", [("X", (2, 5)), ("cache['A1']", (4, 5))]),
        ("X + 1.5", [("X", (2, 5))]),
        ("X + two", [("X", (2, 5))]),
        ("X + rows", []),
        ("X.T @ layer.W.T", [("X.T", (5, 2)), ("layer.W.T", (2, 3))]),
        ("(layer.W @ X) * y[:3]", [("layer.W @ X", (3, 5)), ("y[:3]", (3,))]),
        ("-X @ (X > 0)", [("-X", (2, 5)), ("X > 0", (2, 5))]),
        ("X[:, 1:3] @ y[1:two]", [("X[:, 1:3]", (2, 2)), ("y[1:two]", (1,))]),
        ("X[0, ::two] + X[two - 1]", [("X[0, ::two]", (3,)), ("X[two - 1]", (5,))]),
        ("cache[f'A{l}'] + cache[f'Z{l + 1}']", [("cache[f'A{l}']", (4, 5)), ("cache[f'Z{l + 1}']", (1, 5))]),
        ("np.dot(X, y[:4])", [("X", (2, 5)), ("y[:4]", (4,))]),
        ("X.dot(y[:4])", [("X", (2, 5)), ("y[:4]", (4,))]),
        ("X[7]", [("X", (2, 5))]),
        ("cache['A9']", [("cache", (2,))]),
        ("X.transpose() @ X", [("X.transpose()", (5, 2)), ("X", (2, 5))]),
        ("np.transpose(X) + y", [("np.transpose(X)", (5, 2)), ("y", (5,))]),
        ("layer.W.transpose() @ X", [("layer.W.transpose()", (2, 3)), ("X", (2, 5))]),
        ("rows.transpose() @ X", []),
        ("X.reshape(5, 2) @ X", []),
        ("zip(rows, names)", [("rows", (3,)), ("names", (2,))]),
        ("zip(X, rows)", [("X", (2, 5)), ("rows", (3,))]),
        ("zip(X, two)", []),
        ("unknown @ X", []),
        ("f(X) @ y", []),
        ("rows", []),
    ],
)
def test_each_operand_of_a_line_comes_with_its_shape(line, operands):
    node = ast.parse(line, mode="eval").body
    assert list(read_operands(node, frame_of_the_learner())) == operands


def test_statements_that_compute_too():
    frame = frame_of_the_learner()
    (added,) = ast.parse("X -= y[:2]").body
    assert list(read_operands(added, frame)) == [("X", (2, 5)), ("y[:2]", (2,))]
    (loop,) = ast.parse("for a, b in zip(rows, names): pass").body
    assert list(read_operands(loop, frame)) == [("rows", (3,)), ("names", (2,))]
