"""Backward through two layers with tanh between them."""

import numpy as np

from mlcourse.exercises.backward_mistakes import backward_mistakes
from mlcourse.exercises.backward_passes import (
    backward_form,
    backward_formulas,
    backward_order,
    backward_shapes,
)
from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import LARGE, Array, draw_network


def tanh_backward_propagation(
    Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array
) -> dict[str, Array]:
    """Gradients of the mean binary cross-entropy, and the steps on the way."""
    X, Z1, A1, Z2, A2 = (cache[name] for name in ("X", "Z1", "A1", "Z2", "A2"))  # noqa: RUF059  mistakes use them all
    m = Y.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


def draw(rng: np.random.Generator) -> Case:
    """A well mixed network."""
    Y, cache, parameters = draw_network(rng, 2, np.tanh)
    return {"Y": Y, "cache": cache, **parameters}


def edges() -> list[Case]:
    """Many weights."""
    Y, cache, parameters = draw_network(np.random.default_rng(1), 2, np.tanh, LARGE)
    return [{"Y": Y, "cache": cache, **parameters}]


EXERCISE = Exercise(
    id="tanh-backward",
    lesson="05-deep-networks",
    points=2,
    title="Backward through tanh",
    parts=(
        Part(
            function="tanh_backward_propagation",
            inputs=draw,
            reference=tanh_backward_propagation,
            returns=backward_form(2),
            order=backward_order(2),
            shapes=backward_shapes(2),
            formulas=backward_formulas(2, "(1 - A{layer}**2)"),
            section="Another activation: tanh",
            edges=edges,
            mistakes=backward_mistakes(tanh_backward_propagation, "tanh", 2),
        ),
    ),
)
