"""Backward through three layers."""

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
from mlcourse.exercises.known_mistakes import known


def three_layer_backward(Y: Array, cache: dict[str, Array], parameters: dict[str, Array]) -> dict[str, Array]:
    """Gradients of the mean binary cross-entropy, and the steps on the way."""
    X, Z1, A1, Z2, A2, Z3, A3 = (cache[name] for name in ("X", "Z1", "A1", "Z2", "A2", "Z3", "A3"))  # noqa: RUF059  mistakes use them all
    W2, W3 = parameters["W2"], parameters["W3"]
    m = Y.shape[1]
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (Z2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
    return gradients | {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}


MISTAKES = (
    *known(
        three_layer_backward,
        """
        dA-passed-on
            You passed dA down to the layer below. Pass on dZ, behind the activation: dA[l] = W[l+1].T @
            dZ[l+1].
            - W2.T @ dZ2
            + W2.T @ dA2
        """,
    ),
    *backward_mistakes(three_layer_backward, "relu", 3),
)


def draw(rng: np.random.Generator) -> Case:
    """A well mixed network."""
    Y, cache, parameters = draw_network(rng, 3)
    return {"Y": Y, "cache": cache, "parameters": parameters}


def edges() -> list[Case]:
    """Many weights."""
    n0, n1, n3, m = LARGE
    Y, cache, parameters = draw_network(np.random.default_rng(1), 3, sizes=(n0, n1, 8, n3, m))
    return [{"Y": Y, "cache": cache, "parameters": parameters}]


EXERCISE = Exercise(
    id="three-layer-backward",
    lesson="05-deep-networks",
    points=2,
    title="Backward through three layers",
    parts=(
        Part(
            function="three_layer_backward",
            inputs=draw,
            reference=three_layer_backward,
            returns=backward_form(3),
            order=backward_order(3),
            shapes=backward_shapes(3),
            formulas=backward_formulas(3),
            section="Three layers",
            edges=edges,
            mistakes=MISTAKES,
        ),
    ),
)
