"""The [2, 3, 1] network in matrix form, forward and backward, cut into steps."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlcourse.explorers.graph_steps import Box, Step, number
from mlcourse.nn import relu, sigmoid

Array = NDArray[np.float64]

BOXES = [
    Box("W1", "", ()),
    Box("x", "", ()),
    Box("b1", "", ()),
    Box("z1", "W1 x + b1", (0, 1, 2)),
    Box("a1", "ReLU(z1)", (3,)),
    Box("W2", "", ()),
    Box("b2", "", ()),
    Box("z2", "W2 a1 + b2", (5, 4, 6)),
    Box("a2", "σ(z2)", (7,)),
    Box("y", "", ()),
    Box("L", "loss(a2, y)", (8, 9)),
]
_INDEX = {box.name: i for i, box in enumerate(BOXES)}


def inputs() -> dict[str, Array]:
    """Parameters and example of lesson 02."""
    return {
        "x": np.array([[1.0], [2.0]]),
        "y": np.array([[1.0]]),
        "W1": np.array([[0.5, -0.5], [1.0, 0.5], [-0.5, 0.25]]),
        "b1": np.array([[0.1], [-0.2], [0.3]]),
        "W2": np.array([[0.8, -0.5, 1.0]]),
        "b2": np.array([[0.1]]),
    }


def numbers() -> dict[str, Array]:
    """Every array of the forward and of the backward pass, by its name in the lesson."""
    v = inputs()
    v["z1"] = v["W1"] @ v["x"] + v["b1"]
    v["a1"] = np.asarray(relu(v["z1"]), dtype=float)
    v["z2"] = v["W2"] @ v["a1"] + v["b2"]
    v["a2"] = np.asarray(sigmoid(v["z2"]), dtype=float)
    v["L"] = -v["y"] * np.log(v["a2"]) - (1 - v["y"]) * np.log(1 - v["a2"])
    v["da2"] = (v["a2"] - v["y"]) / (v["a2"] * (1 - v["a2"]))
    v["sigma'(z2)"] = v["a2"] * (1 - v["a2"])
    v["dz2"] = v["a2"] - v["y"]
    v["dW2"] = v["dz2"] @ v["a1"].T
    v["db2"] = v["dz2"]
    v["da1"] = v["W2"].T @ v["dz2"]
    v["relu'(z1)"] = (v["z1"] > 0).astype(float)
    v["dz1"] = v["da1"] * v["relu'(z1)"]
    v["dW1"] = v["dz1"] @ v["x"].T
    v["db1"] = v["dz1"]
    return v


# Name of what is computed, formula, what is written between the matrices, and the remark for the sentence.
_FORWARD: list[tuple[str, str, tuple[str, ...], str]] = [
    ("z1", "z1 = W1 x + b1", ("z1", "=", "W1", "x", "+", "b1"), "a weighted sum for each hidden unit"),
    ("a1", "a1 = ReLU(z1)", ("a1", "= ReLU", "z1"), "negative sums become 0"),
    ("z2", "z2 = W2 a1 + b2", ("z2", "=", "W2", "a1", "+", "b2"), "the weighted sum of the output"),
    ("a2", "a2 = σ(z2)", ("a2", "= σ", "z2"), "the prediction"),
    ("L", "L = −log a2", ("L", "= −log", "a2"), "the loss, since y = 1"),
]
_BACKWARD: list[tuple[str, str, str, tuple[str, ...], str]] = [
    (
        "L",
        "da2",
        "da2 = (a2 − y) / (a2 (1 − a2)) = −1 / a2",
        ("da2", "= −1 /", "a2"),
        "the local derivative of the loss, since y = 1",
    ),
    (
        "a2",
        "dz2",
        "dz2 = σ'(z2) ⊙ da2 = a2 − y",
        ("dz2", "=", "σ'(z2)", "⊙", "da2", "=", "a2", "−", "y"),
        "the local derivative of the sigmoid times the upstream gradient: the prediction minus the label",
    ),
    (
        "z2",
        "dW2",
        "dW2 = dz2 a1ᵀ",
        ("dW2", "=", "dz2", "a1ᵀ"),
        "each weight's slope is the error times what the weight multiplied",
    ),
    ("z2", "db2", "db2 = dz2", ("db2", "=", "dz2"), "the local derivative of the sum along the bias is 1"),
    ("z2", "da1", "da1 = W2ᵀ dz2", ("da1", "=", "W2ᵀ", "dz2"), "the error goes back through the weights"),
    (
        "a1",
        "dz1",
        "dz1 = ReLU'(z1) ⊙ da1",
        ("dz1", "=", "ReLU'(z1)", "⊙", "da1"),
        "where the unit was off, nothing passes",
    ),
    (
        "z1",
        "dW1",
        "dW1 = dz1 xᵀ",
        ("dW1", "=", "dz1", "xᵀ"),
        "the row of the unit that was off is zero",
    ),
    ("z1", "db1", "db1 = dz1", ("db1", "=", "dz1"), "all 13 slopes are known"),
]


def steps() -> list[Step]:
    """Both passes."""
    v = numbers()
    values = {_INDEX[name]: _short(v[name]) for name in ("x", "W1", "b1", "W2", "b2", "y")}
    gradients: dict[int, str] = {}
    given = "x, the label y = 1, weights and biases"
    made = [
        Step(
            "start",
            None,
            {},
            dict(values),
            {},
            (f"given: {given}",),
            f"Given are {given}.",
            _matrices(v, ("x", "", "y", "", "W1", "", "b1", "", "W2", "", "b2")),
        )
    ]
    for name, formula, parts, remark in _FORWARD:
        i = _INDEX[name]
        values[i] = _short(v[name])
        edges = {(i, which): "" for which in range(len(BOXES[i].parents))}
        sentence, lines = f"Forward: {formula} = {_words(v[name])}, {remark}.", (_line(formula, remark),)
        made.append(
            Step(
                "forward",
                i,
                edges,
                dict(values),
                {},
                lines,
                sentence,
                _matrices(v, parts),
            )
        )
    gradients[_INDEX["L"]] = "1"
    for node, name, formula, parts, remark in _BACKWARD:
        i, parent = _INDEX[node], _INDEX[name[1:]]
        gradients[parent] = _short(v[name])
        edges = {(i, BOXES[i].parents.index(parent)): ""}
        sentence, lines = f"Backward: {formula} = {_words(v[name])}, {remark}.", (_line(formula, remark),)
        made.append(
            Step(
                "backward",
                i,
                edges,
                dict(values),
                dict(gradients),
                lines,
                sentence,
                _matrices(v, parts),
            )
        )
    return made


def _line(formula: str, remark: str) -> str:
    """The formula above its numbers, with the label that it holds for."""
    return f"{formula}   (y = 1)" if remark.endswith("y = 1") else formula


def _matrices(v: dict[str, Array], parts: Sequence[str]) -> tuple[Any, ...]:
    """Signs as they are; names with their entries, transposed and derived ones included."""
    special = {"σ'(z2)": v["sigma'(z2)"], "ReLU'(z1)": v["relu'(z1)"]}
    made: list[Any] = []
    for part in parts:
        array = special.get(part, v.get(part))
        if array is None and part.endswith("ᵀ"):
            array = v[part[:-1]].T
        made.append(part if array is None else (part, array))
    return tuple(made)


def _short(array: Array) -> str:
    return number(round(array.item(), 3)) if array.size == 1 else f"({array.shape[0]}, {array.shape[1]})"


def _words(array: Array) -> str:
    rows = [
        "(" + ", ".join(number(x) for x in row) + ")" if len(row) > 1 else number(row[0]) for row in array
    ]
    return rows[0] if len(rows) == 1 else "(" + ", ".join(rows) + ")"
