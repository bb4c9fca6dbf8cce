"""Known mistakes of lesson 02 in the step of gradient descent."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Mistake

Array = np.ndarray


def _step(W1: Array, b1: Array, W2: Array, b2: Array, grads: dict[str, Array], rate: float) -> Any:
    return (
        W1 - rate * grads["dW1"],
        b1 - rate * grads["db1"],
        W2 - rate * grads["dW2"],
        b2 - rate * grads["db2"],
    )


def _in_place(W1: Array, b1: Array, W2: Array, b2: Array, grads: dict[str, Array], rate: float) -> Any:
    W1 -= rate * grads["dW1"]
    b1 -= rate * grads["db1"]
    W2 -= rate * grads["dW2"]
    b2 -= rate * grads["db2"]
    return W1, b1, W2, b2


UPDATE = (
    Mistake(
        "in-place",
        "The values are right, but the parameters that were passed in are changed too: W1 -= ... writes into "
        "the caller's array. Make a new one: W1 = W1 - ...",
        _in_place,
    ),
    Mistake(
        "ascent",
        "This steps up the slope: the gradient points uphill, so subtract it.",
        lambda W1, b1, W2, b2, grads, rate: _step(W1, b1, W2, b2, grads, -rate),
    ),
    Mistake(
        "no-learning-rate",
        "The learning rate is missing: multiply each gradient by it.",
        lambda W1, b1, W2, b2, grads, rate: _step(W1, b1, W2, b2, grads, 1.0),
    ),
    Mistake(
        "divided-by-learning-rate",
        "The gradient is divided by the learning rate: multiply.",
        lambda W1, b1, W2, b2, grads, rate: _step(W1, b1, W2, b2, grads, 1 / rate),
    ),
    Mistake(
        "biases-not-updated",
        "The biases stay as they were: b1 and b2 take a step too.",
        lambda W1, b1, W2, b2, grads, rate: (W1 - rate * grads["dW1"], b1, W2 - rate * grads["dW2"], b2),
    ),
    Mistake(
        "layer-1-not-updated",
        "Layer 1 stays as it was: W1 and b1 take a step too.",
        lambda W1, b1, W2, b2, grads, rate: (W1, b1, W2 - rate * grads["dW2"], b2 - rate * grads["db2"]),
    ),
    Mistake(
        "layer-2-not-updated",
        "Layer 2 stays as it was: W2 and b2 take a step too.",
        lambda W1, b1, W2, b2, grads, rate: (W1 - rate * grads["dW1"], b1 - rate * grads["db1"], W2, b2),
    ),
    Mistake(
        "nothing-updated",
        "The parameters come back as they were: W1 = W1 - learning_rate * dW1, and so on.",
        lambda W1, b1, W2, b2, grads, rate: (W1, b1, W2, b2),
    ),
    Mistake(
        "returns-steps",
        "This returns the steps, not the parameters after them: W1 - learning_rate * dW1.",
        lambda W1, b1, W2, b2, grads, rate: tuple(-rate * grads[f"d{n}"] for n in ("W1", "b1", "W2", "b2")),
    ),
    Mistake(
        "weights-scaled",
        "The parameter is multiplied by the learning rate as well. Only the gradient is.",
        lambda W1, b1, W2, b2, grads, rate: tuple(
            rate * (p - grads[f"d{n}"])
            for n, p in zip(("W1", "b1", "W2", "b2"), (W1, b1, W2, b2), strict=True)
        ),
    ),
    Mistake(
        "order-of-return",
        "The values are returned in another order: it is W1, b1, W2, b2.",
        lambda *arguments: tuple(_step(*arguments)[i] for i in (0, 2, 1, 3)),
    ),
    Mistake(
        "returns-dict",
        "The parameters are returned in a dict: return the four arrays, W1, b1, W2, b2.",
        lambda *arguments: dict(zip(("W1", "b1", "W2", "b2"), _step(*arguments), strict=True)),
    ),
)
