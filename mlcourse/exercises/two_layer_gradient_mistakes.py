"""Known mistakes in the gradients of lesson 02: the right lines with one step replaced."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Mistake
from mlcourse.exercises.two_layer_batch_mistakes import BIASES, MEANS
from mlcourse.exercises.two_layer_gradients import gradients, gradients_mistake

Array = np.ndarray


def _change_cache(A2: Array, Y: Array, cache: dict[str, Array]) -> Array:
    A2 -= Y
    return A2


def _transposed_product(dZ: Array, A: Array, m: int) -> Array:
    return A @ dZ.T / m


def _unmasked(name: str) -> Callable[..., Any]:
    def function(*arguments: Any) -> Any:
        without_mask = gradients(*arguments, through_activation=lambda dA1, cache: dA1)
        return {**gradients(*arguments), name: without_mask[name]}

    return function


def _exchange_layers(*arguments: Any) -> Any:
    found = gradients(*arguments)
    return {"dW1": found["dW2"], "db1": found["db2"], "dW2": found["dW1"], "db2": found["db1"]}


_ERRORS = (
    gradients_mistake(
        "sign",
        "All gradients have the wrong sign: dZ2 is A2 - Y, not Y - A2.",
        output_error=lambda A2, Y, cache: Y - A2,
    ),
    gradients_mistake(
        "sigmoid-derivative-twice",
        "dZ2 is multiplied by A2 * (1 - A2) although the derivative of the cross-entropy has cancelled that "
        "factor already: dZ2 = A2 - Y.",
        output_error=lambda A2, Y, cache: (A2 - Y) * A2 * (1 - A2),
    ),
    gradients_mistake(
        "sigmoid-derivative-forgotten",
        "dZ2 is the derivative with respect to A2. One link of the chain is missing: multiply by "
        "sigmoid'(Z2) = A2 * (1 - A2), which leaves dZ2 = A2 - Y.",
        output_error=lambda A2, Y, cache: -Y / A2 + (1 - Y) / (1 - A2),
    ),
    gradients_mistake(
        "error-at-Z2",
        "dZ2 compares Y with Z2, the value before the sigmoid: dZ2 = A2 - Y.",
        output_error=lambda A2, Y, cache: cache["Z2"] - Y,
    ),
    gradients_mistake(
        "error-squared",
        "dZ2 has a factor 2: that of a squared error. With the cross-entropy it is dZ2 = A2 - Y.",
        output_error=lambda A2, Y, cache: 2 * (A2 - Y),
    ),
    gradients_mistake(
        "error-thresholded",
        "dZ2 uses the predicted class instead of the probability: leave A2 as it is in dZ2 = A2 - Y.",
        output_error=lambda A2, Y, cache: (A2 > 0.5) - Y,
    ),
    gradients_mistake(
        "changes-cache",
        'The gradients are right, but cache["A2"] is changed in place (A2 -= Y). Make a new array: '
        "dZ2 = A2 - Y.",
        output_error=_change_cache,
    ),
)

_HIDDEN = (
    gradients_mistake(
        "mask-forgotten",
        "ReLU's derivative is missing in layer 1: dZ1 = dA1 * (Z1 > 0).",
        through_activation=lambda dA1, cache: dA1,
    ),
    gradients_mistake(
        "mask-inverted",
        "ReLU's mask is the wrong way round in layer 1: the gradient passes where Z1 > 0.",
        through_activation=lambda dA1, cache: dA1 * (cache["Z1"] <= 0),
    ),
    gradients_mistake(
        "mask-from-gradient",
        "ReLU is applied to the gradient dA1. What decides is the sign of Z1: dZ1 = dA1 * (Z1 > 0).",
        through_activation=lambda dA1, cache: np.maximum(dA1, 0),
    ),
    gradients_mistake(
        "times-A1",
        "dA1 is multiplied by ReLU itself, A1, not by its derivative: dZ1 = dA1 * (Z1 > 0).",
        through_activation=lambda dA1, cache: dA1 * cache["A1"],
    ),
    gradients_mistake(
        "times-Z1",
        "dA1 is multiplied by Z1 itself, not by ReLU's derivative there: dZ1 = dA1 * (Z1 > 0).",
        through_activation=lambda dA1, cache: dA1 * cache["Z1"],
    ),
    gradients_mistake(
        "mask-of-layer-2",
        "The mask is taken from layer 2: Z2 belongs to the output. dZ1 = dA1 * (Z1 > 0).",
        through_activation=lambda dA1, cache: dA1 * (cache["Z2"] > 0),
    ),
    gradients_mistake(
        "sigmoid-derivative-in-layer-1",
        "Layer 1 is a ReLU layer, but A1 * (1 - A1) is the derivative of the sigmoid: dZ1 = dA1 * (Z1 > 0).",
        through_activation=lambda dA1, cache: dA1 * cache["A1"] * (1 - cache["A1"]),
    ),
    gradients_mistake(
        "tanh-derivative-in-layer-1",
        "Layer 1 is a ReLU layer, but 1 - A1**2 is the derivative of tanh: dZ1 = dA1 * (Z1 > 0).",
        through_activation=lambda dA1, cache: dA1 * (1 - cache["A1"] ** 2),
    ),
    gradients_mistake(
        "dW2-for-W2",
        "dA1 goes back through dW2 instead of the weights: dA1 = W2.T @ dZ2.",
        hidden_error=lambda W2, dZ2, dW2: dW2.T @ dZ2,
    ),
    gradients_mistake(
        "weights-left-out",
        "The error of layer 2 reaches layer 1 without passing the weights: dA1 = W2.T @ dZ2.",
        hidden_error=lambda W2, dZ2, dW2: np.ones_like(W2.T) @ dZ2,
    ),
    gradients_mistake(
        "W2-not-transposed",
        "W2 is not transposed in dA1: W2 is (1, n1) and dZ2 is (1, m), so it takes W2.T @ dZ2.",
        hidden_error=lambda W2, dZ2, dW2: W2 @ dZ2,
    ),
)

_PRODUCTS = (
    gradients_mistake(
        "dW2-from-Z1",
        "dW2 uses Z1, the value before ReLU. What entered layer 2 is A1: dW2 = dZ2 @ A1.T / m.",
        inputs_2=lambda cache: cache["Z1"],
    ),
    gradients_mistake(
        "dW1-from-A1",
        "dW1 uses A1, the output of layer 1. What entered layer 1 is X: dW1 = dZ1 @ X.T / m.",
        inputs_1=lambda cache: cache["A1"],
    ),
    gradients_mistake(
        "dW2-from-X",
        "dW2 uses X. What entered layer 2 is A1: dW2 = dZ2 @ A1.T / m.",
        inputs_2=lambda cache: cache["X"],
    ),
    Mistake(
        "dW1-from-dA1",
        "dW1 is computed from dA1, before ReLU's derivative; db1 is not. dW1 = dZ1 @ X.T / m.",
        _unmasked("dW1"),
    ),
    Mistake(
        "db1-from-dA1",
        "db1 is the mean of dA1, before ReLU's derivative. It is the mean of dZ1 over the examples.",
        _unmasked("db1"),
    ),
    gradients_mistake(
        "weights-transposed",
        "dW1 and dW2 are transposed. A gradient has the shape of its weights: dW = dZ @ A.T / m.",
        weights_2=_transposed_product,
        weights_1=_transposed_product,
    ),
    gradients_mistake(
        "dW1-transposed",
        "dW1 is transposed: it has the shape of W1, (n1, n0). dW1 = dZ1 @ X.T / m.",
        weights_1=_transposed_product,
    ),
    gradients_mistake(
        "dW2-transposed",
        "dW2 is transposed: it has the shape of W2, (1, n1). dW2 = dZ2 @ A1.T / m.",
        weights_2=_transposed_product,
    ),
    gradients_mistake(
        "dW2-element-wise",
        "dW2 multiplies dZ2 and A1 element by element. A matrix product sums over the examples: "
        "dW2 = dZ2 @ A1.T / m.",
        weights_2=lambda dZ, A, m: dZ * A / m,
    ),
    gradients_mistake(
        "inputs-not-transposed",
        "A matrix product needs what entered the layer transposed: dW2 is dZ2 @ A1.T / m, where dZ2 is "
        "(1, m) and A1.T is (m, n1).",
        weights_2=lambda dZ, A, m: dZ @ A / m,
        weights_1=lambda dZ, A, m: dZ @ A / m,
    ),
    Mistake(
        "layers-exchanged",
        "The gradients of the two layers are exchanged in the dict you return.",
        _exchange_layers,
    ),
)

BACKWARD = MEANS + _ERRORS + _HIDDEN + _PRODUCTS + BIASES
"""Every misconception about these gradients that we can name."""
