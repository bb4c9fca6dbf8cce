"""Known mistakes of lesson 02 on the way forward: the sigmoid and forward propagation."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Mistake

Array = np.ndarray


def _sigmoid(Z: Array) -> Array:
    return 0.5 * (1 + np.tanh(Z / 2))


def _overflowing(Z: Array) -> Array:
    return 1 / (1 + np.exp(-Z))


def _overflowing_quotient(Z: Array) -> Array:
    return np.exp(Z) / (1 + np.exp(Z))


SIGMOID = (
    Mistake(
        "overflow",
        "The values are right, but np.exp(-Z) overflows where Z is very negative, such as -1000. Take exp of "
        "negative numbers only: for Z < 0 the sigmoid is also exp(Z) / (1 + exp(Z)).",
        _overflowing,
    ),
    Mistake(
        "overflow-to-nan",
        "np.exp(Z) overflows where Z is very large, such as 1000, and inf / inf is nan. Take exp of negative "
        "numbers only: for Z > 0 the sigmoid is also 1 / (1 + exp(-Z)).",
        _overflowing_quotient,
    ),
    Mistake(
        "sign",
        "This is the sigmoid of -Z: it falls where it should rise. The exponent is -Z.",
        lambda Z: _sigmoid(-Z),
    ),
    Mistake(
        "derivative",
        "This is the derivative, sigmoid(Z) * (1 - sigmoid(Z)), not the sigmoid itself.",
        lambda Z: _sigmoid(Z) * (1 - _sigmoid(Z)),
    ),
    Mistake(
        "tanh",
        "This is tanh, which runs from -1 to 1. The sigmoid runs from 0 to 1: 1 / (1 + exp(-Z)).",
        np.tanh,
    ),
    Mistake(
        "minus-in-denominator",
        "The denominator is 1 + exp(-Z), with a plus.",
        lambda Z: 1 / (1 - np.exp(-Z)),
    ),
    Mistake(
        "normalized",
        "The values are divided by their sum, as a softmax does. The sigmoid takes each number by itself.",
        lambda Z: np.exp(Z - Z.max()) / np.sum(np.exp(Z - Z.max())),
    ),
    Mistake(
        "thresholded",
        "The values are rounded to 0 and 1. The sigmoid is the probability itself.",
        lambda Z: np.where(Z > 0, 1.0, 0.0),
    ),
)


def _forward(
    X: Array,
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    *,
    hidden: Any = lambda Z1: np.maximum(Z1, 0),
    passed_on: Any = lambda Z1, A1: A1,
    output: Any = _sigmoid,
    last: Any = lambda Z2, A2: A2,
) -> Any:
    Z1 = W1 @ X + b1
    A1 = hidden(Z1)
    Z2 = W2 @ passed_on(Z1, A1) + b2
    A2 = output(Z2)
    return last(Z2, A2), {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def _forward_mistake(name: str, sentence: str, **steps: Any) -> Mistake:
    return Mistake(name, sentence, lambda X, W1, b1, W2, b2: _forward(X, W1, b1, W2, b2, **steps))


def _overwrite(Z1: Array) -> Array:
    Z1[Z1 < 0] = 0
    return Z1


FORWARD = (
    _forward_mistake(
        "relu-forgotten",
        "Layer 1 has no activation: A1 = max(Z1, 0), element by element.",
        hidden=lambda Z1: Z1,
    ),
    _forward_mistake(
        "sigmoid-in-layer-1",
        "Layer 1 uses the sigmoid. Its activation is ReLU: A1 = max(Z1, 0).",
        hidden=_sigmoid,
    ),
    _forward_mistake(
        "tanh-in-layer-1",
        "Layer 1 uses tanh. Its activation is ReLU: A1 = max(Z1, 0).",
        hidden=np.tanh,
    ),
    _forward_mistake(
        "minimum",
        "ReLU keeps the positive values and sets the negative ones to 0: np.maximum(Z1, 0), not np.minimum.",
        hidden=lambda Z1: np.minimum(Z1, 0),
    ),
    _forward_mistake(
        "absolute-value",
        "ReLU sets negative values to 0; here their sign is changed: A1 = max(Z1, 0).",
        hidden=np.abs,
    ),
    _forward_mistake(
        "step-for-relu",
        "A1 is 1 where Z1 > 0: that is ReLU's derivative. ReLU itself keeps the value: A1 = max(Z1, 0).",
        hidden=lambda Z1: (Z1 > 0).astype(float),
    ),
    _forward_mistake(
        "Z1-overwritten",
        "Z1 is overwritten by ReLU in place, so the cache holds A1 twice. Keep Z1: A1 = np.maximum(Z1, 0).",
        hidden=_overwrite,
    ),
    _forward_mistake(
        "layer-2-from-Z1",
        "Layer 2 takes Z1, the value before ReLU: Z2 = W2 @ A1 + b2.",
        passed_on=lambda Z1, A1: Z1,
    ),
    _forward_mistake(
        "sigmoid-forgotten",
        "A2 is Z2: the sigmoid at the output is missing.",
        output=lambda Z2: Z2,
    ),
    _forward_mistake(
        "relu-at-output",
        "The output uses ReLU. A probability needs the sigmoid: A2 = sigmoid(Z2).",
        output=lambda Z2: np.maximum(Z2, 0),
    ),
    _forward_mistake(
        "tanh-at-output",
        "The output uses tanh, which runs from -1 to 1. A probability needs the sigmoid.",
        output=np.tanh,
    ),
    _forward_mistake(
        "returns-Z2",
        "The cache is right, but the first value returned is Z2. Return A2, cache.",
        last=lambda Z2, A2: Z2,
    ),
    Mistake(
        "biases-forgotten",
        "The biases are missing: Z1 = W1 @ X + b1 and Z2 = W2 @ A1 + b2.",
        lambda X, W1, b1, W2, b2: _forward(X, W1, 0 * b1, W2, 0 * b2),
    ),
    Mistake(
        "b1-forgotten",
        "b1 is missing: Z1 = W1 @ X + b1.",
        lambda X, W1, b1, W2, b2: _forward(X, W1, 0 * b1, W2, b2),
    ),
    Mistake(
        "b2-forgotten",
        "b2 is missing: Z2 = W2 @ A1 + b2.",
        lambda X, W1, b1, W2, b2: _forward(X, W1, b1, W2, 0 * b2),
    ),
    Mistake(
        "biases-subtracted",
        "The biases are subtracted: Z1 = W1 @ X + b1 and Z2 = W2 @ A1 + b2.",
        lambda X, W1, b1, W2, b2: _forward(X, W1, -b1, W2, -b2),
    ),
    Mistake(
        "W1-transposed",
        "W1 has a row for each hidden unit, (n1, n0), and X a column for each example, (n0, m): "
        "Z1 = W1 @ X + b1 needs no transpose.",
        lambda X, W1, b1, W2, b2: W1.T @ X + b1,
    ),
    Mistake(
        "order-of-product",
        "The weights stand on the left: W1 is (n1, n0) and X is (n0, m), so Z1 = W1 @ X + b1.",
        lambda X, W1, b1, W2, b2: X @ W1 + b1,
    ),
    Mistake(
        "rows-for-examples",
        "This treats the rows of X as examples. Here the columns are: Z1 = W1 @ X + b1.",
        lambda X, W1, b1, W2, b2: X.T @ W1.T + b1.T,
    ),
)
