"""Lesson 02: the [n0, n1, 1] network, its loss, its gradients and one step of gradient descent."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Part
from mlcourse.exercises.two_layer_forward_mistakes import FORWARD, SIGMOID
from mlcourse.exercises.two_layer_gradient_mistakes import BACKWARD
from mlcourse.exercises.two_layer_gradients import backward_propagation
from mlcourse.exercises.two_layer_loss_mistakes import INFINITE_LOSS, LOSS
from mlcourse.exercises.two_layer_update_mistakes import UPDATE

LESSON = "02-two-layer-network"

SHAPES = {
    "X": "(n0, m)",
    "Y": "(1, m)",
    "A": "(1, m)",
    "W1": "(n1, n0)",
    "b1": "(n1, 1)",
    "W2": "(n2, n1)",
    "b2": "(n2, 1)",
    "Z1": "(n1, m)",
    "A1": "(n1, m)",
    "Z2": "(n2, m)",
    "A2": "(n2, m)",
    'cache["A2"]': "(n2, m)",
    "dZ2": "(n2, m)",
    "dW2": "(n2, n1)",
    "db2": "(n2, 1)",
    "dA1": "(n1, m)",
    "dZ1": "(n1, m)",
    "dW1": "(n1, n0)",
    "db1": "(n1, 1)",
}


def draw_sizes(rng: np.random.Generator) -> tuple[int, int, int]:
    """Sizes n0, n1, m, all different and none of them 1, so that no wrong transpose fits by chance."""
    n0, n1, m = rng.permutation(np.arange(2, 8))[:3]
    return int(n0), int(n1), int(m)


def draw_parameters(rng: np.random.Generator, n0: int, n1: int) -> dict[str, np.ndarray]:
    """Weights and biases of a two-layer network; no zeros, which would hide mistakes."""
    return {
        "W1": rng.normal(size=(n1, n0)),
        "b1": rng.normal(size=(n1, 1)),
        "W2": rng.normal(size=(1, n1)),
        "b2": rng.normal(size=(1, 1)),
    }


def draw_labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """Labels of both classes, (1, m)."""
    labels = np.arange(m) % 2
    return rng.permutation(labels).astype(float).reshape(1, m)


def sigmoid(Z: np.ndarray) -> np.ndarray:
    """Logistic function, exp taken of non-positive numbers only."""
    small = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1.0, small) / (1.0 + small)


def forward_propagation(X: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> tuple[Any, dict[str, Any]]:
    """ReLU hidden layer, sigmoid output."""
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def binary_cross_entropy(A: Any, Y: Any) -> float:
    """Mean over the batch, finite at 0 and 1."""
    A = np.clip(A, 1e-15, 1 - 1e-15)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


def update_parameters(W1: Any, b1: Any, W2: Any, b2: Any, grads: dict[str, Any], learning_rate: float) -> Any:
    """One step of gradient descent."""
    return (
        W1 - learning_rate * grads["dW1"],
        b1 - learning_rate * grads["db1"],
        W2 - learning_rate * grads["dW2"],
        b2 - learning_rate * grads["db2"],
    )


def _sigmoid_inputs(rng: np.random.Generator) -> Case:
    n0, n1, _ = draw_sizes(rng)
    return {"Z": rng.normal(scale=3.0, size=(n0, n1))}


def _sigmoid_edges() -> list[Case]:
    return [{"Z": np.array([[-1000.0, -40.0, 0.0], [0.5, 40.0, 1000.0]])}]


def _forward_inputs(rng: np.random.Generator) -> Case:
    n0, n1, m = draw_sizes(rng)
    while True:  # both layers on both sides of zero, or a forgotten activation would not show
        case = {"X": rng.normal(size=(n0, m)), **draw_parameters(rng, n0, n1)}
        _, cache = forward_propagation(**case)
        if all((cache[name] > 0.1).any() and (cache[name] < -0.1).any() for name in ("Z1", "Z2")):
            return case


def _forward_edges() -> list[Case]:
    rng = np.random.default_rng(2)
    return [{"X": rng.normal(size=(3, 1)), **draw_parameters(rng, 3, 4)}]


def _loss_inputs(rng: np.random.Generator) -> Case:
    m = int(rng.integers(5, 12))
    return {"A": rng.uniform(0.1, 0.9, size=(1, m)), "Y": draw_labels(rng, m)}


def _loss_edges() -> list[Case]:
    return [
        {"A": np.array([[0.0, 1.0, 0.3]]), "Y": np.array([[0.0, 1.0, 1.0]])},
        {"A": np.array([[1.0, 0.0, 0.6]]), "Y": np.array([[0.0, 1.0, 1.0]])},
    ]


def _judge_saturated_loss(case: Case, answer: Any) -> Any:
    """At A = 0 and A = 1 any large finite loss will do: how far to clip is the learner's choice."""
    if ((case["A"] > 0) & (case["A"] < 1)).all():
        return NotImplemented
    value = np.asarray(answer, dtype=float)
    if not np.isfinite(value).all():
        return Finding("loss", INFINITE_LOSS, "infinite-loss")
    right_where_sure = binary_cross_entropy(case["A"], case["Y"]) < 1
    low, high = (
        (0.3, 0.5) if right_where_sure else (7.0, 600.0)
    )  # a clip between 1e-5 and the smallest number
    if value.size == 1 and low <= value.item() <= high:
        return None
    return Finding("loss", f"The loss is wrong where A is exactly 0 or 1: it is {value.ravel()[0]:.3g}.")


def _backward_inputs(rng: np.random.Generator) -> Case:
    n0, n1, m = draw_sizes(rng)
    while (
        True
    ):  # every hidden unit on for some examples and off for others, or a forgotten mask would not show
        X, parameters = rng.normal(size=(n0, m)), draw_parameters(rng, n0, n1)
        _, cache = forward_propagation(X, **parameters)
        on = cache["Z1"] > 0
        if (on.any(axis=1) & ~on.all(axis=1)).all():
            return {"Y": draw_labels(rng, m), "cache": cache, **parameters}


def _backward_edges() -> list[Case]:
    rng = np.random.default_rng(4)
    parameters = draw_parameters(rng, 3, 4)
    _, cache = forward_propagation(rng.normal(size=(3, 1)), **parameters)
    return [{"Y": np.array([[1.0]]), "cache": cache, **parameters}]


def _update_inputs(rng: np.random.Generator) -> Case:
    n0, n1, _ = draw_sizes(rng)
    gradients = {f"d{name}": value for name, value in draw_parameters(rng, n0, n1).items()}
    return {
        **draw_parameters(rng, n0, n1),
        "grads": gradients,
        "learning_rate": float(rng.uniform(0.05, 0.5)),
    }


_CACHE = {"X": "X", "Z1": "Z1", "A1": "A1", "Z2": "Z2", "A2": 'cache["A2"]'}

EXERCISES = (
    Exercise(
        id="sigmoid",
        lesson=LESSON,
        points=1,
        title="The sigmoid function",
        parts=(
            Part(
                function="sigmoid",
                inputs=_sigmoid_inputs,
                edges=_sigmoid_edges,
                reference=sigmoid,
                returns="A",
                shapes={"A": "the shape of Z"},
                formulas={"A": "A = 1 / (1 + exp(-Z))"},
                section="Forward, one example",
                mistakes=SIGMOID,
            ),
        ),
    ),
    Exercise(
        id="forward-propagation",
        lesson=LESSON,
        points=2,
        title="Forward propagation",
        parts=(
            Part(
                function="forward_propagation",
                inputs=_forward_inputs,
                edges=_forward_edges,
                reference=forward_propagation,
                returns=("A2", _CACHE),
                order=("X", "Z1", "A1", "Z2", "A2", 'cache["A2"]'),
                shapes=SHAPES,
                formulas={
                    "X": 'cache["X"] = X',
                    "Z1": "Z1 = W1 @ X + b1",
                    "A1": "A1 = max(Z1, 0)",
                    "Z2": "Z2 = W2 @ A1 + b2",
                    "A2": "A2 = sigmoid(Z2)",
                    'cache["A2"]': 'cache["A2"] = A2',
                },
                section="Forward, m examples",
                mistakes=FORWARD,
            ),
        ),
    ),
    Exercise(
        id="binary-cross-entropy",
        lesson=LESSON,
        points=1,
        title="The loss",
        parts=(
            Part(
                function="binary_cross_entropy",
                inputs=_loss_inputs,
                edges=_loss_edges,
                reference=binary_cross_entropy,
                returns="loss",
                shapes=SHAPES,
                formulas={"loss": "loss = -mean(Y * log(A) + (1 - Y) * log(1 - A))"},
                section="The loss",
                mistakes=LOSS,
                compare=_judge_saturated_loss,
                rtol=1e-6,
            ),
        ),
    ),
    Exercise(
        id="backward-propagation",
        lesson=LESSON,
        points=4,
        title="Backward propagation",
        parts=(
            Part(
                function="backward_propagation",
                inputs=_backward_inputs,
                edges=_backward_edges,
                reference=backward_propagation,
                returns={name: name for name in ("dW1", "db1", "dW2", "db2")},
                order=("dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1"),
                shapes=SHAPES,
                formulas={
                    "dZ2": "dZ2 = A2 - Y",
                    "dW2": "dW2 = dZ2 @ A1.T / m",
                    "db2": "db2 = dZ2.sum(axis=1, keepdims=True) / m",
                    "dA1": "dA1 = W2.T @ dZ2",
                    "dZ1": "dZ1 = dA1 * (Z1 > 0)",
                    "dW1": "dW1 = dZ1 @ X.T / m",
                    "db1": "db1 = dZ1.sum(axis=1, keepdims=True) / m",
                },
                section="Backward, m examples",
                mistakes=BACKWARD,
            ),
        ),
    ),
    Exercise(
        id="update-parameters",
        lesson=LESSON,
        points=1,
        title="One step of gradient descent",
        parts=(
            Part(
                function="update_parameters",
                inputs=_update_inputs,
                reference=update_parameters,
                returns=("W1", "b1", "W2", "b2"),
                shapes=SHAPES,
                formulas={n: f"{n} = {n} - learning_rate * d{n}" for n in ("W1", "b1", "W2", "b2")},
                section="One step of gradient descent",
                mistakes=UPDATE,
            ),
        ),
    ),
)
"""The exercises of lesson 02, in the order of the text."""
