"""Gradients of the two-layer network, in steps that can be replaced one by one.

Nothing replaced, they are right; the known mistakes are the same lines with one step replaced.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Mistake

Array = np.ndarray


def mean_product(dZ: Array, A: Array, m: int) -> Array:
    """Gradient of the weights, (n, n_inputs): mean over the batch of dZ times what entered the layer."""
    return dZ @ A.T / m


def mean_rows(dZ: Array, m: int) -> Array:
    """Gradient of the biases, (n, 1): mean over the batch."""
    return np.sum(dZ, axis=1, keepdims=True) / m


def gradients(
    Y: Array,
    cache: dict[str, Array],
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    *,
    output_error: Callable[..., Array] = lambda A2, Y, cache: A2 - Y,
    weights_2: Callable[..., Array] = mean_product,
    bias_2: Callable[..., Array] = mean_rows,
    inputs_2: Callable[..., Array] = lambda cache: cache["A1"],
    hidden_error: Callable[..., Array] = lambda W2, dZ2, dW2: W2.T @ dZ2,
    through_activation: Callable[..., Array] = lambda dA1, cache: dA1 * (cache["Z1"] > 0),
    weights_1: Callable[..., Array] = mean_product,
    bias_1: Callable[..., Array] = mean_rows,
    inputs_1: Callable[..., Array] = lambda cache: cache["X"],
    batch: Callable[..., int] = lambda Y, cache: Y.shape[1],
) -> dict[str, Array]:
    """Gradients of the mean binary cross-entropy, each step replaceable.

    Returns
    -------
    dict
        dZ2 (1, m), dW2 (1, n1), db2 (1, 1), dA1 and dZ1 (n1, m), dW1 (n1, n0), db1 (n1, 1).
    """
    m = batch(Y, cache)
    dZ2 = output_error(cache["A2"], Y, cache)
    dW2 = weights_2(dZ2, inputs_2(cache), m)
    db2 = bias_2(dZ2, m)
    dA1 = hidden_error(W2, dZ2, dW2)
    dZ1 = through_activation(dA1, cache)
    dW1 = weights_1(dZ1, inputs_1(cache), m)
    db1 = bias_1(dZ1, m)
    return {"dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


def backward_propagation(
    Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array
) -> Any:
    """The right gradients, with the steps between them."""
    return gradients(Y, cache, W1, b1, W2, b2)


def gradients_mistake(name: str, sentence: str, **steps: Callable[..., Any]) -> Mistake:
    """A known mistake: these gradients with some steps replaced, see `gradients`."""

    def function(Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array) -> Any:
        return gradients(Y, cache, W1, b1, W2, b2, **steps)

    return Mistake(name, sentence, function)
