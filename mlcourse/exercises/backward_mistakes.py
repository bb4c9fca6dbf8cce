"""Known mistakes of backward passes, whatever the number of layers.

Written in the letters of the lessons: ``dZ[layer]``, ``A[layer - 1]``, ``W[layer + 1]``, ``L`` for the last
layer, ``slope`` for the derivative of the hidden activation. That is how the pass of any depth is programmed;
for a pass whose layers are written out, `spelled_out` makes dZ2, X and W3 of it, once for each layer.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from mlcourse.exercises.base import Mistake
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.layer_notation import spelled_out
from mlcourse.exercises.output_mistakes import OUTPUT

SLOPES = {"relu": "(Z[layer] > 0)", "tanh": "(1 - A[layer] ** 2)"}

ANY = """
    no-mean
        Your gradients are sums over the batch, m times too large. The loss is the mean of the m examples:
        divide every dW and every db by m.
        - dZ[layer] @ A[layer - 1].T / m
        + dZ[layer] @ A[layer - 1].T
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], axis=1, keepdims=True)
    no-mean-dW
        Your dW are sums over the batch, your db are means. The loss is a mean: divide dW by m too.
        - dZ[layer] @ A[layer - 1].T / m
        + dZ[layer] @ A[layer - 1].T
    no-mean-db
        Your db are sums over the batch, your dW are means. The loss is a mean: divide db by m too.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], axis=1, keepdims=True)
    mean-twice
        Every gradient is divided by m twice. Divide once only: where you compute dW and db, not in dZ as
        well.
        - dZ[layer] @ A[layer - 1].T / m
        + dZ[layer] @ A[layer - 1].T / m / m
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], axis=1, keepdims=True) / m / m
    mean-twice-db
        Your db are divided by m twice. Divide the sum over the examples by m, or take np.mean, not both.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], axis=1, keepdims=True) / m / m
    mean-at-every-layer
        Below the output layer your gradients get one more 1/m with every layer. Pass dZ on undivided and
        divide by m only in dW and db.
        - W[layer + 1].T @ dZ[layer + 1]
        + W[layer + 1].T @ dZ[layer + 1] / m
    divided-by-features
        You divided by the number of features, X.shape[0]. The examples are the columns: m = X.shape[1].
        - m = Y.shape[1]
        + m = len(A[0])
    divided-by-inputs
        You divided each gradient by the number of inputs of its layer. The loss is the mean of the m
        examples: divide every dW and every db by m = Y.shape[1].
        - dZ[layer] @ A[layer - 1].T / m
        + dZ[layer] @ A[layer - 1].T / len(A[layer - 1])
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], axis=1, keepdims=True) / len(A[layer - 1])
    m-minus-one
        You divided by m - 1. The loss is the mean of the m examples: divide every dW and every db by m.
        - m = Y.shape[1]
        + m = Y.shape[1] - 1
    keepdims-forgotten
        Your db have lost their second axis. Sum with keepdims=True, so that db has the shape of b: (n, 1),
        not (n,).
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], axis=1) / m
    db-summed-over-everything
        You summed the whole of dZ into one number. db needs one for each unit: sum over the examples only,
        with axis=1, keepdims=True.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer]) / m
    biases-over-everything
        You summed the whole of dZ for db, over the units too. Each unit has its own bias: sum over axis 1
        only.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], keepdims=True) / m
    db-wrong-axis
        You summed db over the units. The examples are the columns of dZ: sum with axis=1.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], axis=0, keepdims=True) / m
    db-not-summed
        Your db still has one column for each example. Every example uses the same b, so add their gradients
        up: np.sum(dZ, axis=1, keepdims=True) / m.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + dZ[layer] / m
    db-from-dW
        You summed dW for db. A bias was multiplied by 1, not by what entered the layer: sum dZ over the
        examples.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer] @ A[layer - 1].T / m, axis=1, keepdims=True)
    dW-transposed
        Your dW are transposed. dW has the shape of W: dZ @ A.T, not A @ dZ.T.
        - dZ[layer] @ A[layer - 1].T / m
        + A[layer - 1] @ dZ[layer].T / m
    dW-from-own-activations
        You took the activations of the same layer for dW. You are off by one: layer l got A[l-1], and for l =
        1 that is X.
        - dZ[layer] @ A[layer - 1].T / m
        + dZ[layer] @ A[layer].T / m
    inputs-not-transposed
        A matrix product needs what entered the layer transposed: dW is dZ @ A.T / m, with the A of the layer
        below.
        - dZ[layer] @ A[layer - 1].T / m
        + dZ[layer] @ A[layer - 1] / m
    derivative-forgotten
        You went through the hidden activation as if it were not there. Multiply dA by its derivative, element
        by element: dZ = dA * g'(Z).
        - dA[layer] * slope
        + dA[layer]
    derivative-as-matrix-product
        You multiplied dA by the activation's derivative as matrices. The activation works element by element,
        and so does its derivative: dZ = dA * g'(Z).
        - dA[layer] * slope
        + dA[layer] @ slope
    activation-for-derivative
        You multiplied dA by the activation A. It takes the activation's derivative: dZ = dA * g'(Z).
        - dA[layer] * slope
        + dA[layer] * A[layer]
    sigmoid-derivative-of-A
        You took the sigmoid's derivative, A(1 - A), in a hidden layer. Take that of the layer's own
        activation.
        - dA[layer] * slope
        + dA[layer] * A[layer] * (1 - A[layer])
    sigmoid-derivative-of-Z
        You took the sigmoid's derivative at Z in a hidden layer. Take that of the layer's own activation.
        - dA[layer] * slope
        + dA[layer] * np.exp(-Z[layer]) / (1 + np.exp(-Z[layer])) ** 2
    mask-of-dA
        You kept dA where dA itself is positive. The derivative depends on what went forward, Z, not on dA.
        - dA[layer] * slope
        + dA[layer] * (dA[layer] > 0)
    dW-for-W
        You went down through dW, the gradient, instead of the weights themselves: dA[l] = W[l+1].T @ dZ[l+1].
        - W[layer + 1].T @ dZ[layer + 1]
        + dW[layer + 1].T @ dZ[layer + 1]
    weights-left-out
        The error reaches the layer below without passing the weights: dA[l] = W[l+1].T @ dZ[l+1].
        - W[layer + 1].T @ dZ[layer + 1]
        + np.ones_like(W[layer + 1].T) @ dZ[layer + 1]
    W-not-transposed
        You did not transpose W on the way down. W[l+1] has a column for each unit of layer l: dA[l] =
        W[l+1].T @ dZ[l+1].
        - W[layer + 1].T @ dZ[layer + 1]
        + W[layer + 1] @ dZ[layer + 1]
"""

TANH = """
    relu-derivative
        You took ReLU's derivative. The hidden layer is tanh: dZ1 = dA1 * (1 - A1**2).
        - dA[layer] * slope
        + dA[layer] * (Z[layer] > 0)
    derivative-at-Z
        You wrote 1 - Z1**2. The derivative of tanh is 1 - tanh(Z1)**2, and tanh(Z1) is A1.
        - dA[layer] * slope
        + dA[layer] * (1 - Z[layer] ** 2)
    derivative-at-A
        You took tanh twice: A1 is tanh(Z1) already. Write 1 - A1**2, or 1 - np.tanh(Z1)**2.
        - dA[layer] * slope
        + dA[layer] * (1 - np.tanh(A[layer]) ** 2)
    square-forgotten
        You wrote 1 - A1 for the derivative of tanh. It is 1 - A1**2.
        - dA[layer] * slope
        + dA[layer] * (1 - A[layer])
"""

RELU = """
    tanh-derivative
        You took the derivative of tanh, 1 - A**2. The hidden layers are ReLU: dZ = dA * (Z > 0).
        - dA[layer] * slope
        + dA[layer] * (1 - A[layer] ** 2)
    multiplied-by-Z
        You multiplied dA by Z. ReLU's derivative is 1 where Z > 0 and 0 elsewhere: dZ = dA * (Z > 0).
        - dA[layer] * slope
        + dA[layer] * Z[layer]
    leaky
        You took the derivative of leaky ReLU. These hidden layers are plain ReLU: nothing passes where Z <=
        0.
        - dA[layer] * slope
        + np.where(Z[layer] > 0, 1, 0.01) * dA[layer]
    mask-at-output
        You applied ReLU's mask to the output layer too, which is a sigmoid: its dZ is A - Y.
        - A[L] - Y
        + (A[L] - Y) * (Z[L] > 0)
    mask-inverted
        ReLU's mask is the wrong way round: the gradient passes where Z > 0.
        - dA[layer] * slope
        + dA[layer] * (Z[layer] <= 0)
"""

WRITTEN_OUT = """
    sigmoid-derivative-on-the-way-down
        You multiplied by the sigmoid's derivative A(1 - A) on the way to the layer below. It has cancelled:
        dZ of the output layer, A - Y, goes down as it is.
        - W[L].T @ dZ[L]
        + W[L].T @ (dZ[L] * A[L] * (1 - A[L]))
    dW-from-Z
        You took Z of the layer below for dW. The weights were multiplied by the activations: dW = dZ @ A.T /
        m with A of the layer below.
        - dZ[layer] @ A[layer - 1].T / m
        + dZ[layer] @ Z[layer - 1].T / m
"""

EACH_LAYER = """
    no-mean-dW{layer}
        dW{layer} is the sum over the batch, not its mean: divide by m, as in your other gradients.
        - dZ[layer] @ A[layer - 1].T / m
        + dZ[layer] @ A[layer - 1].T
    no-mean-db{layer}
        db{layer} is the sum over the batch, not its mean: divide by m, as in your other gradients.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], axis=1, keepdims=True)
    keepdims-forgotten-db{layer}
        db{layer} has lost its second axis. Sum with keepdims=True, so that it has the shape of b{layer}.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer], axis=1) / m
    dW{layer}-transposed
        dW{layer} is transposed. It has the shape of W{layer}: dZ{layer} @ A.T, not A @ dZ{layer}.T.
        - dZ[layer] @ A[layer - 1].T / m
        + A[layer - 1] @ dZ[layer].T / m
"""
"""Mistakes made in one layer and not in the others."""

OF_SEVERAL_HIDDEN = """
    derivative-forgotten-{layer}
        You left out the derivative in hidden layer {layer}: dZ{layer} = dA{layer} * (Z{layer} > 0).
        - dA[layer] * slope
        + dA[layer]
"""

EACH_HIDDEN_LAYER = """
    dW{layer}-from-dA
        dW{layer} is computed from dA{layer}, before the activation's derivative. It is made of dZ{layer}.
        - dZ[layer] @ A[layer - 1].T / m
        + dA[layer] @ A[layer - 1].T / m
    db{layer}-from-dA
        db{layer} is the mean of dA{layer}, before the activation's derivative. It is the mean of dZ{layer}.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dA[layer], axis=1, keepdims=True) / m
    dW{layer}-from-the-layer-above
        dW{layer} is made of the dZ of the layer above. It takes that of its own layer: dZ{layer} @ A.T / m.
        - dZ[layer] @ A[layer - 1].T / m
        + dZ[layer + 1] @ A[layer - 1].T / m
    db{layer}-from-the-layer-above
        db{layer} is made of the dZ of the layer above. Layer {layer} has its own: the mean of dZ{layer}.
        - np.sum(dZ[layer], axis=1, keepdims=True) / m
        + np.sum(dZ[layer + 1], axis=1, keepdims=True) / m
"""


def backward_mistakes(
    reference: Callable[..., Any], activation: str, n_layers: int = 0, only: frozenset[str] = frozenset()
) -> tuple[Mistake, ...]:
    """Known mistakes of a backward pass.

    Parameters
    ----------
    reference : callable
        The right one, in the letters of the lessons.
    activation : str
        That of the hidden layers, ``"relu"`` or ``"tanh"``.
    n_layers : int
        Number of layers where they are written out; then mistakes in a single layer are known too. 0 where
        the pass is a loop.
    only : set of str
        Names of those that are wanted; all if empty.
    """
    mistakes = _mistakes(reference, activation, n_layers)
    return tuple(mistake for mistake in mistakes if not only or mistake.name in only)


@cache
def _mistakes(reference: Callable[..., Any], activation: str, n_layers: int) -> tuple[Mistake, ...]:
    text = ANY + OUTPUT + (TANH if activation == "tanh" else RELU)
    if n_layers:
        text += WRITTEN_OUT + EACH_LAYER + EACH_HIDDEN_LAYER + (OF_SEVERAL_HIDDEN if n_layers > 2 else "")
    text = text.replace("slope", SLOPES[activation])
    return known(reference, spelled_out(text, n_layers) if n_layers else text)
