"""Forward propagation of m examples: ReLU, then the sigmoid."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_02.sigmoid import sigmoid
from mlcourse.exercises.lesson_02.two_layers import SHAPES, draw_parameters, draw_sizes


def forward_propagation(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Any:
    """Activations of the output, and the cache for the way back."""
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


MISTAKES = known(
    forward_propagation,
    """
    relu-forgotten
        Layer 1 has no activation: A1 = max(Z1, 0), element by element.
        - np.maximum(Z1, 0)
        + Z1
    sigmoid-in-layer-1
        Layer 1 uses the sigmoid. Its activation is ReLU: A1 = max(Z1, 0).
        - np.maximum(Z1, 0)
        + sigmoid(Z1)
    tanh-in-layer-1
        Layer 1 uses tanh. Its activation is ReLU: A1 = max(Z1, 0).
        - np.maximum(Z1, 0)
        + np.tanh(Z1)
    minimum
        ReLU keeps the positive values and sets the negative ones to 0: np.maximum(Z1, 0), not np.minimum.
        - np.maximum(Z1, 0)
        + np.minimum(Z1, 0)
    absolute-value
        ReLU sets negative values to 0; here their sign is changed: A1 = max(Z1, 0).
        - np.maximum(Z1, 0)
        + np.abs(Z1)
    step-for-relu
        A1 is 1 where Z1 > 0: that is ReLU's derivative. ReLU itself keeps the value: A1 = max(Z1, 0).
        - np.maximum(Z1, 0)
        + (Z1 > 0).astype(float)
    Z1-overwritten
        Z1 is overwritten by ReLU in place, so the cache holds A1 twice. Keep Z1: A1 = np.maximum(Z1, 0).
        - A1 = np.maximum(Z1, 0)
        + Z1[Z1 < 0] = 0
        + A1 = Z1
    layer-2-from-Z1
        Layer 2 takes Z1, the value before ReLU: Z2 = W2 @ A1 + b2.
        - W2 @ A1 + b2
        + W2 @ Z1 + b2
    sigmoid-forgotten
        A2 is Z2: the sigmoid at the output is missing.
        - sigmoid(Z2)
        + Z2
    relu-at-output
        The output uses ReLU. A probability needs the sigmoid: A2 = sigmoid(Z2).
        - sigmoid(Z2)
        + np.maximum(Z2, 0)
    tanh-at-output
        The output uses tanh, which runs from -1 to 1. A probability needs the sigmoid.
        - sigmoid(Z2)
        + np.tanh(Z2)
    softmax-at-output
        The output uses softmax. With a single output it is divided by itself and is always 1. Take the
        sigmoid: A2 = sigmoid(Z2).
        - sigmoid(Z2)
        + np.exp(Z2) / np.sum(np.exp(Z2), axis=0, keepdims=True)
    returns-Z2
        The cache is right, but the first value returned is Z2. Return A2, cache.
        - return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        + return Z2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    biases-forgotten
        The biases are missing: Z1 = W1 @ X + b1 and Z2 = W2 @ A1 + b2.
        - W1 @ X + b1
        + W1 @ X
        - W2 @ A1 + b2
        + W2 @ A1
    b1-forgotten
        b1 is missing: Z1 = W1 @ X + b1.
        - W1 @ X + b1
        + W1 @ X
    b2-forgotten
        b2 is missing: Z2 = W2 @ A1 + b2.
        - W2 @ A1 + b2
        + W2 @ A1
    biases-subtracted
        The biases are subtracted: Z1 = W1 @ X + b1 and Z2 = W2 @ A1 + b2.
        - W1 @ X + b1
        + W1 @ X - b1
        - W2 @ A1 + b2
        + W2 @ A1 - b2
    b1-for-both
        Layer 2 adds b1. Its own bias is b2: Z2 = W2 @ A1 + b2.
        - W2 @ A1 + b2
        + W2 @ A1 + b1
    sum-over-examples
        The output is divided by its sum over the examples. The sigmoid takes each number by itself.
        - sigmoid(Z2)
        + np.exp(Z2) / np.sum(np.exp(Z2))
    Z-and-A-exchanged
        In your cache Z and A are exchanged. Z is before the activation, A behind it.
        - {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        + {"X": X, "Z1": A1, "A1": Z1, "Z2": A2, "A2": Z2}
    W1-transposed
        W1 has a row for each hidden unit, (n1, n0), and X a column for each example, (n0, m): Z1 = W1 @ X +
        b1 needs no transpose.
        - W1 @ X + b1
        + W1.T @ X + b1
    order-of-product
        The weights stand on the left: W1 is (n1, n0) and X is (n0, m), so Z1 = W1 @ X + b1.
        - W1 @ X + b1
        + X @ W1 + b1
    rows-for-examples
        This treats the rows of X as examples. Here the columns are: Z1 = W1 @ X + b1.
        @@ forward_propagation
        + return X.T @ W1.T + b1.T
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """A network with both layers on both sides of zero, or a forgotten activation would not show."""
    n0, n1, m = draw_sizes(rng)
    while True:
        case = {"X": rng.normal(size=(n0, m)), **draw_parameters(rng, n0, n1)}
        _, cache = forward_propagation(**case)
        if all((cache[name] > 0.1).any() and (cache[name] < -0.1).any() for name in ("Z1", "Z2")):
            return case


def edges() -> list[Case]:
    """One example."""
    rng = np.random.default_rng(2)
    return [{"X": rng.normal(size=(3, 1)), **draw_parameters(rng, 3, 4)}]


EXERCISE = Exercise(
    id="forward-propagation",
    lesson="02-two-layer-network",
    points=2,
    title="Forward propagation",
    parts=(
        Part(
            function="forward_propagation",
            inputs=draw,
            edges=edges,
            reference=forward_propagation,
            returns=("A2", {"X": "X", "Z1": "Z1", "A1": "A1", "Z2": "Z2", "A2": 'cache["A2"]'}),
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
            mistakes=MISTAKES,
        ),
    ),
)
