"""The bug clinic: five backward passes with one bug each, and what a doctor would measure.

The network is that of lesson 02: ReLU hidden layer, sigmoid output, mean binary cross-entropy. ``broken_1``
to ``broken_5`` look like code that passes a review, and each hands back a step or two of its own;
``symptoms(n)`` trains with one of them and checks its gradients; ``diagnose(n, words)`` answers a guess.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlcourse.exercises.clinic_diagnoses import DIAGNOSES, diagnose
from mlcourse.exercises.drawing import forward
from mlcourse.nn.finite_differences import central_differences
from mlcourse.nn.gradient_check import relative_difference
from mlcourse.nn.losses import binary_cross_entropy

__all__ = ["BROKEN", "DIAGNOSES", "Symptoms", "diagnose", "healthy", "symptoms"]

Array = Any
Gradients = dict[str, Array]
GRADIENTS = ("dW1", "db1", "dW2", "db2")


def broken_1(Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array) -> Gradients:
    """First patient."""
    X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]

    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T
    db2 = np.sum(dZ2, axis=1, keepdims=True)

    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dZ2": dZ2, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def broken_2(Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array) -> Gradients:
    """Second patient."""
    X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
    m = Y.shape[1]

    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (1 - np.tanh(Z1) ** 2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dZ1": dZ1, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def broken_3(Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array) -> Gradients:
    """Third patient."""
    X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
    m = Y.shape[1]

    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = X @ dZ1.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dA1": dA1, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def broken_4(Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array) -> Gradients:
    """Fourth patient."""
    X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
    m = Y.shape[1]

    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = W2.T @ dZ2
    dZ1 = dA1 @ (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def broken_5(Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array) -> Gradients:
    """Fifth patient."""
    X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
    m = Y.shape[1]

    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1) / m
    return {"dZ2": dZ2, "dZ1": dZ1, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


BROKEN: dict[int, Callable[..., Gradients]] = {
    1: broken_1,
    2: broken_2,
    3: broken_3,
    4: broken_4,
    5: broken_5,
}


def healthy(Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array) -> Gradients:
    """Backward pass without a bug, to compare with."""
    right = broken_1(Y, cache, W1, b1, W2, b2)
    return {name: right[name] / Y.shape[1] for name in GRADIENTS}


@dataclass(frozen=True)
class Symptoms:
    """What there is to see when a network is trained with a broken backward pass.

    Attributes
    ----------
    sizes : tuple of int
        n0, n1 and m: inputs, hidden units, examples.
    losses, healthy_losses : ndarray of shape (steps,)
        Loss before each step of gradient descent, with the broken pass and with a right one from the same
        start; shorter where training broke off.
    gradient_norms, healthy_norms : dict of str to ndarray of shape (steps,)
        Norm of dW1, db1, dW2, db2 before each step.
    gradient_check : dict of str to float
        Relative difference from the numerical gradient, for each of them at the start; NaN where the shapes
        differ.
    shapes : dict of str to (shape, shape)
        Shape of each gradient that was returned, and that of its parameter.
    error : str
        The error that ended training early; empty where there was none.
    """

    sizes: tuple[int, int, int]
    losses: Array
    healthy_losses: Array
    gradient_norms: dict[str, Array]
    healthy_norms: dict[str, Array]
    gradient_check: dict[str, float]
    shapes: dict[str, tuple[tuple[int, ...], tuple[int, ...]]]
    error: str


_SIZES = {1: (2, 6, 30), 2: (2, 6, 30), 3: (4, 4, 30), 4: (2, 8, 8), 5: (2, 6, 30)}
"""n0, n1, m of each case: a wrong transpose and a matrix product run, as they do when nobody notices."""


def _start(n: int) -> tuple[Array, Array, dict[str, Array]]:
    """Data and initial parameters; biases are drawn, so that no example lies on a kink."""
    n0, n1, m = _SIZES[n]
    rng = np.random.default_rng(40 + n)
    X = rng.standard_normal((n0, m))
    Y = (X[:1] * X[1:2] > 0).astype(float)
    return (
        X,
        Y,
        {
            "W1": rng.standard_normal((n1, n0)) * np.sqrt(2 / n0),
            "b1": rng.standard_normal((n1, 1)) * 0.1,
            "W2": rng.standard_normal((1, n1)) * np.sqrt(2 / n1),
            "b2": np.zeros((1, 1)),
        },
    )


def _train(
    n: int, backward: Callable[..., Gradients], steps: int
) -> tuple[list[float], list[Gradients], str]:
    X, Y, parameters = _start(n)
    losses, gradients = [], []
    try:
        for _ in range(steps):
            cache = forward(X, parameters)
            losses.append(binary_cross_entropy(cache["A2"], Y))
            gradients.append(backward(Y, cache, *parameters.values()))
            parameters = {name: value - 0.5 * gradients[-1][f"d{name}"] for name, value in parameters.items()}
    except ValueError as error:
        return losses, gradients, str(error)
    return losses, gradients, ""


def _norms(gradients: list[Gradients]) -> dict[str, Array]:
    return {name: np.array([np.linalg.norm(grads[name]) for grads in gradients]) for name in GRADIENTS}


def symptoms(n: int, steps: int = 200) -> Symptoms:
    """Train with ``broken_n`` and check its gradients; the same every time.

    Parameters
    ----------
    n : int
        Number of the case, 1 to 5.
    steps : int
        Steps of gradient descent.

    Raises
    ------
    KeyError
        If there is no such case.
    """
    losses, gradients, error = _train(n, BROKEN[n], steps)
    right_losses, right_gradients, _ = _train(n, healthy, steps)
    X, Y, parameters = _start(n)
    check, shapes = {}, {}
    for name, value in parameters.items():
        found = gradients[0][f"d{name}"]
        shapes[f"d{name}"] = (found.shape, value.shape)

        def loss(theta: Array, name: str = name) -> float:
            return binary_cross_entropy(forward(X, parameters | {name: theta})["A2"], Y)

        same = found.shape == value.shape
        check[f"d{name}"] = (
            relative_difference(found, central_differences(loss, value)) if same else float("nan")
        )
    return Symptoms(
        _SIZES[n],
        np.array(losses),
        np.array(right_losses),
        _norms(gradients),
        _norms(right_gradients),
        check,
        shapes,
        error,
    )
