"""Losses: the mean over the m examples, and its derivative with respect to the last layer's output Z.

Each loss is called as ``loss, dZ = softmax_cross_entropy(Z, Y)``. dZ is the derivative of the *mean*, so it
contains the 1/m, and the layers behind it need not know how many examples there were.

``loss.change(before, after, Y)`` is for gradient checks: the loss for the outputs `after` less that for the
outputs `before`, summed over the examples. Computed as one, the difference of two nearly equal losses keeps
digits that a subtraction would lose. Both have shape (n, ..., m), Y one that broadcasts with it; the result
has the shape of the axes between.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]

# For a small network NumPy takes longer to convert a Python number than to compute. Of float32, these change
# the type of neither float32 nor float64.
ZERO, ONE = np.zeros((), np.float32), np.ones((), np.float32)


def binary_cross_entropy(A: ArrayLike, Y: ArrayLike) -> float:
    """Mean binary cross-entropy of probabilities.

    Nothing is added inside the logarithms, so the value is exact for every A between 0 and 1; only where A is
    0 or 1 itself, and a wrong answer's loss infinite, the nearest representable probability takes its place.

    Parameters
    ----------
    A : array of shape (1, m)
        Probabilities, from 0 to 1.
    Y : array of shape (1, m)
        Labels, 0 or 1 (or probabilities).

    Returns
    -------
    float
        -mean(Y log A + (1 - Y) log(1 - A)).

    Raises
    ------
    ValueError
        If the shapes differ or an entry of A is not a probability.
    """
    A, Y = np.asarray(A, dtype=float), np.asarray(Y, dtype=float)
    _same_shape("A", A, Y)
    if ((A < 0) | (A > 1)).any():
        raise ValueError(f"A: expected probabilities from 0 to 1, found {A.min():.6g} to {A.max():.6g}")
    limits = np.finfo(float)
    log_A = np.log(np.maximum(A, limits.tiny))
    log_not_A = np.log1p(-np.minimum(A, 1 - limits.epsneg))
    return float(-np.mean(Y * log_A + (1 - Y) * log_not_A))


class BinaryCrossEntropy:
    """Binary cross-entropy of sigmoid(Z), computed from the logits Z: finite and exact however large |Z|.

    With several rows each row is a question of its own, and an example's loss is the sum over the rows.
    """

    def change(self, before: Array, after: Array, Y: Array) -> Array:
        """Difference of the loss, summed over the examples, between two Z.

        The loss of an example is log(1 + exp(Z)) - Y Z, that is max(Z, 0) - Y Z + log(1 + exp(-|Z|)), where
        exp never overflows.
        """
        change = np.maximum(after, ZERO) - np.maximum(before, ZERO) - Y * (after - before)
        old = np.exp(-np.abs(before))
        change += np.log1p((np.exp(-np.abs(after)) - old) / (old + ONE))  # log((1 + new) / (1 + old))
        return _total(change)

    def accuracy(self, Z: Array, Y: Array) -> float:
        """Share of right answers when sigmoid(Z) > 1/2 means 1."""
        return np.count_nonzero((Z > 0) == (Y > 0.5)) / Z.size

    def __call__(self, Z: Array, Y: Array) -> tuple[float, Array]:
        """Mean loss and its derivative dZ = (sigmoid(Z) - Y) / m; Z and Y of shape (n, m)."""
        _same_shape("Z", Z, Y)
        m = Z.shape[1]
        negative = np.minimum(Z, ZERO)
        positive = Z - negative
        e = np.exp(negative - positive)  # exp(-|Z|)
        loss = positive - Y * Z  # as in `change`
        loss += np.log1p(e)
        dZ = np.exp(negative)
        dZ /= ONE + e  # now the sigmoid
        dZ -= Y
        dZ /= m
        return float(np.add.reduce(loss, axis=None)) / m, dZ


class SoftmaxCrossEntropy:
    """Cross-entropy of softmax(Z), computed from the logits Z; Y is one-hot (or probabilities)."""

    def change(self, before: Array, after: Array, Y: Array) -> Array:
        """Difference of the loss, summed over the examples, between two Z.

        The loss of an example is log(sum(exp(Z))) - sum(Y Z).
        """
        tops = before.max(axis=0), after.max(axis=0)  # taken out, so that the largest exponents are 0
        old = np.exp(before - tops[0])
        growth = (np.exp(after - tops[1]) - old).sum(axis=0) / old.sum(axis=0)
        return (tops[1] - tops[0] + np.log1p(growth)).sum(axis=-1) - _total(Y * (after - before))

    def accuracy(self, Z: Array, Y: Array) -> float:
        """Share of examples whose largest logit is that of the right class."""
        return np.count_nonzero(Z.argmax(axis=0) == Y.argmax(axis=0)) / Z.shape[1]

    def __call__(self, Z: Array, Y: Array) -> tuple[float, Array]:
        """Mean loss and its derivative dZ = (softmax(Z) - Y) / m; Z and Y of shape (classes, m)."""
        _same_shape("Z", Z, Y)
        m = Z.shape[1]
        Z = Z - Z.max(axis=0)
        dZ = np.exp(Z)
        total = dZ.sum(axis=0)
        loss = np.log(total).sum() - np.vdot(Y, Z)
        dZ /= total
        dZ -= Y
        dZ /= m
        return float(loss / m), dZ


class MeanSquaredError:
    """Mean over the examples of the squared distance between Z and Y."""

    def change(self, before: Array, after: Array, Y: Array) -> Array:
        """Difference of the loss, summed over the examples, between two Z; a² - b² is (a - b) (a + b)."""
        return _total((after - before) * (after + before - 2 * Y))

    def accuracy(self, Z: Array, Y: Array) -> float:
        """Not defined for regression: nan."""
        return float("nan")

    def __call__(self, Z: Array, Y: Array) -> tuple[float, Array]:
        """Mean loss and its derivative dZ = 2 (Z - Y) / m; Z and Y of shape (n, m)."""
        _same_shape("Z", Z, Y)
        m = Z.shape[1]
        difference = Z - Y
        return float(np.vdot(difference, difference) / m), difference * (2 / m)


Loss = BinaryCrossEntropy | SoftmaxCrossEntropy | MeanSquaredError

binary_cross_entropy_from_logits = BinaryCrossEntropy()
softmax_cross_entropy = SoftmaxCrossEntropy()
mean_squared_error = MeanSquaredError()


def softmax(Z: Array) -> Array:
    """Probabilities exp(Z) / sum(exp(Z)) of each column, without overflow; Z of shape (classes, m)."""
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


def _total(values: Array) -> Array:
    """Sum over the first axis, the outputs, and the last, the examples."""
    return np.add.reduce(values[0] if len(values) == 1 else np.add.reduce(values, axis=0), axis=-1)


def _same_shape(name: str, Z: Array, Y: Array) -> None:
    if Z.shape != Y.shape:
        raise ValueError(f"Y: expected the shape of {name}, {Z.shape}, found {Y.shape}")
