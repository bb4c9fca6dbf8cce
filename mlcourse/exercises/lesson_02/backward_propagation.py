"""Backward propagation through the network of lesson 02."""

import numpy as np

from mlcourse.exercises.backward_mistakes import backward_mistakes
from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import LARGE, Array, draw_network
from mlcourse.exercises.known_mistakes import known, reworded
from mlcourse.exercises.lesson_02.forward_propagation import forward_propagation
from mlcourse.exercises.lesson_02.two_layers import SHAPES, draw_labels, draw_parameters, draw_sizes


def backward_propagation(
    Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array
) -> dict[str, Array]:
    """Gradients of the mean binary cross-entropy, and the steps on the way."""
    X, Z1, A1, Z2, A2 = (cache[name] for name in ("X", "Z1", "A1", "Z2", "A2"))  # noqa: RUF059  mistakes use them all
    m = Y.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


WORDS = """
    no-mean
        All four gradients are the sum over the batch, not its mean: divide by m = Y.shape[1].
    no-mean-weights = no-mean-dW
        dW1 and dW2 are the sum over the batch, not its mean: divide by m, as in db1 and db2.
    no-mean-biases = no-mean-db
        db1 and db2 are the sum over the batch, not its mean: divide by m, as in dW1 and dW2.
    no-mean-dW1
        dW1 is the sum over the batch, not its mean: divide by m.
    no-mean-db1
        db1 is the sum over the batch, not its mean: divide by m.
    no-mean-dW2
        dW2 is the sum over the batch, not its mean: divide by m.
    no-mean-db2
        db2 is the sum over the batch, not its mean: divide by m.
    mean-twice
        All four gradients are divided by m twice: once is the mean over the batch. Divide dZ2 by m, or each
        gradient, not both.
    mean-twice-layer-1 = mean-at-every-layer
        dW1 and db1 are divided by m twice: once is the mean over the batch. dZ1 carries no 1/m of its own
        here.
    mean-over-features = divided-by-features
        The gradients are divided by the number of features, X.shape[0]. The mean is over the m examples, the
        columns: m = Y.shape[1].
    sign
        All gradients have the wrong sign: dZ2 is A2 - Y, not Y - A2.
    sigmoid-derivative-twice = sigmoid-derivative-at-output
        dZ2 is multiplied by A2 * (1 - A2) although the derivative of the cross-entropy has cancelled that
        factor already: dZ2 = A2 - Y.
    sigmoid-derivative-forgotten
        dZ2 is the derivative with respect to A2. One link of the chain is missing: multiply by sigmoid'(Z2) =
        A2 * (1 - A2), which leaves dZ2 = A2 - Y.
    error-at-Z2 = error-at-Z
        dZ2 compares Y with Z2, the value before the sigmoid: dZ2 = A2 - Y.
    error-squared
        dZ2 has a factor 2: that of a squared error. With the cross-entropy it is dZ2 = A2 - Y.
    error-thresholded
        dZ2 uses the predicted class instead of the probability: leave A2 as it is in dZ2 = A2 - Y.
    changes-cache
        The gradients are right, but cache["A2"] is changed in place (A2 -= Y). Make a new array: dZ2 = A2 -
        Y.
    mask-forgotten = derivative-forgotten
        ReLU's derivative is missing in layer 1: dZ1 = dA1 * (Z1 > 0).
    mask-inverted
        ReLU's mask is the wrong way round in layer 1: the gradient passes where Z1 > 0.
    mask-from-gradient = mask-of-dA
        ReLU is applied to the gradient dA1. What decides is the sign of Z1: dZ1 = dA1 * (Z1 > 0).
    times-A1 = activation-for-derivative
        dA1 is multiplied by ReLU itself, A1, not by its derivative: dZ1 = dA1 * (Z1 > 0).
    times-Z1 = multiplied-by-Z
        dA1 is multiplied by Z1 itself, not by ReLU's derivative there: dZ1 = dA1 * (Z1 > 0).
    sigmoid-derivative-in-layer-1 = sigmoid-derivative-of-A
        Layer 1 is a ReLU layer, but A1 * (1 - A1) is the derivative of the sigmoid: dZ1 = dA1 * (Z1 > 0).
    tanh-derivative-in-layer-1 = tanh-derivative
        Layer 1 is a ReLU layer, but 1 - A1**2 is the derivative of tanh: dZ1 = dA1 * (Z1 > 0).
    dW2-for-W2 = dW-for-W
        dA1 goes back through dW2 instead of the weights: dA1 = W2.T @ dZ2.
    weights-left-out
        The error of layer 2 reaches layer 1 without passing the weights: dA1 = W2.T @ dZ2.
    W2-not-transposed = W-not-transposed
        W2 is not transposed in dA1: W2 is (1, n1) and dZ2 is (1, m), so it takes W2.T @ dZ2.
    dW2-from-Z1 = dW-from-Z
        dW2 uses Z1, the value before ReLU. What entered layer 2 is A1: dW2 = dZ2 @ A1.T / m.
    dW1-from-dA1 = dW1-from-dA
        dW1 is computed from dA1, before ReLU's derivative; db1 is not. dW1 = dZ1 @ X.T / m.
    db1-from-dA1 = db1-from-dA
        db1 is the mean of dA1, before ReLU's derivative. It is the mean of dZ1 over the examples.
    weights-transposed = dW-transposed
        dW1 and dW2 are transposed. A gradient has the shape of its weights: dW = dZ @ A.T / m.
    dW1-transposed
        dW1 is transposed: it has the shape of W1, (n1, n0). dW1 = dZ1 @ X.T / m.
    dW2-transposed
        dW2 is transposed: it has the shape of W2, (1, n1). dW2 = dZ2 @ A1.T / m.
    inputs-not-transposed
        A matrix product needs what entered the layer transposed: dW2 is dZ2 @ A1.T / m, where dZ2 is (1, m)
        and A1.T is (m, n1).
    biases-without-keepdims = keepdims-forgotten
        db1 and db2 have lost a dimension: sum with keepdims=True, so that they keep the shapes of b1 and b2.
    db1-without-keepdims = keepdims-forgotten-db1
        db1 has lost a dimension: sum with keepdims=True, so that it has the shape of b1, (n1, 1).
    db2-without-keepdims = keepdims-forgotten-db2
        db2 has lost a dimension: sum with keepdims=True, so that it has the shape of b2, (1, 1).
    biases-over-units = db-wrong-axis
        db1 and db2 are summed over the units (axis 0). A bias is shared by the examples: sum over axis 1.
    biases-over-everything
        db1 is summed over units and examples together. Each unit has its own bias: sum over axis 1 only.
    biases-one-number = db-summed-over-everything
        db1 and db2 are single numbers: np.sum without an axis adds everything. Sum over axis 1, with
        keepdims=True.
    biases-not-summed = db-not-summed
        db1 and db2 still have a column for each example: take the mean over axis 1.
    dW1-from-dZ2 = dW1-from-the-layer-above
        dW1 is made of dZ2, the error of layer 2. Layer 1 has its own: dW1 = dZ1 @ X.T / m.
    db1-from-dZ2 = db1-from-the-layer-above
        db1 is made of dZ2, the error of layer 2. Layer 1 has its own: db1 is the mean of dZ1 over the
        examples.
"""
"""How this lesson speaks of what may go wrong in any backward pass."""

MISTAKES = (
    *reworded(backward_mistakes(backward_propagation, "relu", 2), WORDS),
    *known(
        backward_propagation,
        """
        no-mean-layer-1
            dW1 and db1 are the sum over the batch, not its mean: divide by m, as in dW2 and db2.
            - dZ1 @ X.T / m
            + dZ1 @ X.T
            - np.sum(dZ1, axis=1, keepdims=True) / m
            + np.sum(dZ1, axis=1, keepdims=True)
        no-mean-layer-2
            dW2 and db2 are the sum over the batch, not its mean: divide by m, as in dW1 and db1.
            - dZ2 @ A1.T / m
            + dZ2 @ A1.T
            - np.sum(dZ2, axis=1, keepdims=True) / m
            + np.sum(dZ2, axis=1, keepdims=True)
        mask-of-layer-2
            The mask is taken from layer 2: Z2 belongs to the output. dZ1 = dA1 * (Z1 > 0).
            - dA1 * (Z1 > 0)
            + dA1 * (Z2 > 0)
        dW1-from-A1
            dW1 uses A1, the output of layer 1. What entered layer 1 is X: dW1 = dZ1 @ X.T / m.
            - dZ1 @ X.T / m
            + dZ1 @ A1.T / m
        dW2-from-X
            dW2 uses X. What entered layer 2 is A1: dW2 = dZ2 @ A1.T / m.
            - dZ2 @ A1.T / m
            + dZ2 @ X.T / m
        dW2-element-wise
            dW2 multiplies dZ2 and A1 element by element. A matrix product sums over the examples: dW2 = dZ2 @
            A1.T / m.
            - dZ2 @ A1.T / m
            + dZ2 * A1 / m
        layers-exchanged
            The gradients of the two layers are exchanged in the dict you return.
            - return {"dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
            + return {"dW1": dW2, "db1": db2, "dW2": dW1, "db2": db1}
        dW2-from-A2
            dW2 uses A2, the output of layer 2 itself. What entered layer 2 is A1: dW2 = dZ2 @ A1.T / m.
            - dZ2 @ A1.T / m
            + dZ2 @ A2.T / m
        m-of-the-notebook
            You divided by 4, however many examples there are: 4 is the m of a cell of the lesson. Take it
            from the labels: m = Y.shape[1].
            - m = Y.shape[1]
            + m = 4
        """,
    ),
)


def draw(rng: np.random.Generator) -> Case:
    """Every hidden unit on for some examples and off for others, or a forgotten mask would not show."""
    n0, n1, m = draw_sizes(rng)
    while True:
        X, parameters = rng.normal(size=(n0, m)), draw_parameters(rng, n0, n1)
        _, cache = forward_propagation(X, **parameters)
        on = cache["Z1"] > 0
        if (on.any(axis=1) & ~on.all(axis=1)).all():
            return {"Y": draw_labels(rng, m), "cache": cache, **parameters}


def edges() -> list[Case]:
    """One example; and many weights."""
    rng = np.random.default_rng(4)
    parameters = draw_parameters(rng, 3, 4)
    _, cache = forward_propagation(rng.normal(size=(3, 1)), **parameters)
    Y, large, weights = draw_network(rng, 2, sizes=LARGE)
    return [{"Y": np.array([[1.0]]), "cache": cache, **parameters}, {"Y": Y, "cache": large, **weights}]


EXERCISE = Exercise(
    id="backward-propagation",
    lesson="02-two-layer-network",
    points=4,
    title="Backward propagation",
    parts=(
        Part(
            function="backward_propagation",
            inputs=draw,
            edges=edges,
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
            mistakes=MISTAKES,
        ),
    ),
)
