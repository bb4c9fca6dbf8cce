"""What people write in the place of an expression: each of these small changes is tried."""

import ast
from types import SimpleNamespace

import numpy as np
import pytest

from mlcourse.feedback.rules import common, rare
from mlcourse.feedback.scope import Scope
from mlcourse.feedback.walker import Step, code_of, names_in
from mlcourse.nn.activations import sigmoid

A = np.arange(1.0, 7.0).reshape(2, 3)
W = np.array([[1.0, -1.0], [2.0, 0.5], [0.0, 3.0]])
ALONE = {"A": A, "W": W, "r": 0.5, "nn": SimpleNamespace(sigmoid=sigmoid)}
"""No two of a shape, so that none may stand in another's place."""


def changes(rule, expression, values):
    node = ast.parse(expression, mode="eval").body
    before = {"np": np, "sigmoid": sigmoid, **values}
    found = eval(expression, before)
    step = Step("y", node, before, frozenset(values), found, ("y", None), names_in(node))
    made = rule(node, Scope(step))
    assert all(code_of(new) for new in made), "each can be computed"
    return [ast.unparse(new) for new in made]


@pytest.mark.parametrize(
    ("expression", "instead"),
    [
        ("A * r", ["A", "r", "A @ r"]),
        ("W @ A", ["W", "A", "W * A", "A @ W"]),
        ("A / r", ["A", "A / r / r", "A * r"]),
        ("A + r", ["A", "r", "A - r"]),
        ("A - r", ["A", "r", "A + r", "r - A"]),
        ("A ** 2", ["A"]),
        ("-A", ["A"]),
        ("A.T", ["A"]),
        ("A > r", ["A >= r", "A < r"]),
        ("A >= r", ["A > r", "A < r"]),
        ("A < r", ["A <= r", "A > r"]),
        ("A <= r", ["A < r", "A >= r"]),
        ("A == r", []),
        ("np.exp(A)", ["A", "np.log(A)"]),
        ("np.maximum(0, A)", ["A", "np.minimum(0, A)"]),
        ("sigmoid(A)", ["A", "np.tanh(A)", "relu(A)"]),
        ("nn.sigmoid(A)", ["nn", "A", "np.tanh(A)", "nn.relu(A)"]),
        (
            "np.max(A, axis=0)",
            ["A", "np.min(A, axis=0)", "np.sum(A, axis=0)", "np.max(A)", "np.max(A, axis=1)"],
        ),
        (
            "A.sum(axis=1, keepdims=True)",
            [
                *("A", "A.mean(axis=1, keepdims=True)", "A.sum(keepdims=True)", "A.sum(axis=1)", "A.sum()"),
                "A.sum(axis=0, keepdims=True)",
            ],
        ),
        ("np.sum(A * r)", ["A * r", "np.mean(A * r)", "np.sum(A)", "np.sum(r)", "np.sum(A @ r)"]),
        ("(A * r).mean()", ["A * r", "(A * r).sum()", "A.mean()", "r.mean()", "(A @ r).mean()"]),
        ("np.where(A > 0, A, r)", ["A > 0", "A", "r", "np.where(A >= 0, A, r)", "np.where(A < 0, A, r)"]),
    ],
)
def test_what_is_common(expression, instead):
    assert sorted(set(changes(common, expression, ALONE))) == sorted(set(instead))


def test_a_neighbour_of_the_same_shape_stands_in_a_variables_place_and_another_size_in_that_of_a_size():
    several = {"A": A, "B": A + 1, "cache": {"Z1": A - 2, "W": W}, "r": 0.5, "s": 0.7, "m": 3}
    assert {"B * r", "cache['Z1'] * r", "A * s"} <= set(changes(common, "A * r", several))
    assert not {"cache['W'] * r", "A * m", "A * r"} & set(changes(common, "A * r", several))
    assert "A / A.shape[0]" in changes(common, "A / m", several)
    assert "A / A.shape[1]" not in changes(common, "A / m", several), "that is m"


@pytest.mark.parametrize(
    ("expression", "instead"),
    [
        ("A * B", ["A * B * B", "A * A * B", "A + B", "A / B"]),
        ("W @ A", ["W.T @ A", "W @ A.T", "(W @ A).T"]),
        ("A / r", ["r", "r / A", "A / r ** 2"]),
        ("A - B", ["-B", "(A - B) ** 2", "np.abs(A - B)"]),
        ("A + B", ["B - A", "A * B"]),
        ("A ** 3", ["A ** 4", "A ** 2", "3 * A"]),
        ("A ** 2", ["A ** 3", "2 * A"]),
        ("5 * A", ["6 * A", "4 * A", "10 * A"]),
        ("A.shape[1] * A", ["A.shape[0] * A", "v.shape[0] * A"]),
        ("W.shape[0] * A", ["W.shape[1] * A", "A.shape[0] * A"]),
        ("A", ["np.abs(A)", "1 - A", "A.T"]),
        ("np.sum(A)", ["np.sum(np.abs(A))", "np.sum(1 - A)"]),
        ("(A - B) * r", ["A - B * r"]),
        ("A - B * r", ["(A - B) * r"]),
        ("A / (B * r)", ["A / B * r"]),
        ("r * A ** 2", ["(r * A) ** 2"]),
        ("A @ B.T", [f"A[:, {part}] @ B[:, {part}].T" for part in ("-1:", ":1", ":-1", "1:")]),
        ("A.T @ B", [f"A[{part}].T @ B[{part}]" for part in ("-1:", ":1", ":-1", "1:")]),
        (
            "np.sum(A, axis=1, keepdims=True)",
            [f"np.sum(A[:, {part}], axis=1, keepdims=True)" for part in ("-1:", ":1", ":-1", "1:")],
        ),
        ("cache[f'A{l}']", ["cache[f'Z{l}']", "cache[f'A{l - 1}']", "cache[f'A{l + 1}']"]),
        ("G[l]", ["G[l + 1]", "G[l - 1]", "H[l]", "cache[l]"]),
        ("G[l - 1]", ["G[l - 1 + 1]", "G[l - 1 - 1]", "H[l - 1]"]),
        ("A * (B > 0)", ["A * (B * (1 - B))", "A * (1 - B ** 2)", "A * B", "A * (A > 0)"]),
        ("(B > 0) * A", ["A * (B * (1 - B))", "A * (1 - B ** 2)"]),
        ("A * B * (1 - B)", ["A * (B > 0)", "A * (1 - B ** 2)", "A * (sigmoid(B) * (1 - sigmoid(B)))"]),
        ("A @ W @ B", ["A @ W @ B * (A > 0)", "A @ W @ B * (1 - B ** 2)", "A @ W @ B + A"]),
    ],
)
def test_what_is_rare(expression, instead):
    several = {
        **{"A": A, "B": A + 1, "W": W, "v": np.ones(4), "r": 0.5, "l": 1},
        "cache": {"A0": A, "A1": A, "Z1": A, "A2": A},
        **{"G": {0: A, 1: A, 2: A}, "H": {0: A, 1: A}},
    }
    found = changes(rare, expression, several)
    assert [new for new in instead if new not in found] == []


@pytest.mark.parametrize(
    ("expression", "never"),
    [
        ("cache[f'W{l}']", "cache[f'X{l}']"),
        ("A * (1 - A)", "A + (1 - A)"),  # nothing would be left of it
        ("A[:, 0] * r", "A[:, 1] * r"),
        ("0 * A", "0 * A"),
        ("A * B * r", "A * (B * r)"),  # the same
        ("A ** 2", "A ** 1 ** 2"),
        ("np.sum(A, axis=1)", "np.sum(A[:, 1:], axis=1)"),
        ("A.mean(axis=0)", "A[:, 1:].mean(axis=0)"),
    ],
)
def test_what_nobody_writes_is_not_tried(expression, never):
    values = {"A": A, "B": A + 1, "r": 0.5, "l": 1, "cache": {"W1": W}}
    assert never not in changes(rare, expression, values)
