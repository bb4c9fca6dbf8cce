"""Operations on arrays, each with the way back through it.

Every rule returns two things: the result, and a function that turns the gradient along the result into the
gradients along the operands, one for each. Such a function is called a pullback, or vector-Jacobian product.
It holds on to the arrays that it needs, which is why training needs more memory than predicting.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlcourse.autograd.unbroadcast import unbroadcast

Array = NDArray[np.floating]
Pullback = Callable[[Array], tuple[Array, ...]]
Rule = tuple[Array, Pullback]


def add(a: Array, b: Array) -> Rule:
    """Sum a + b, with broadcasting."""
    return a + b, lambda d: (unbroadcast(d, a.shape), unbroadcast(d, b.shape))


def subtract(a: Array, b: Array) -> Rule:
    """Difference a - b, with broadcasting."""
    return a - b, lambda d: (unbroadcast(d, a.shape), unbroadcast(-d, b.shape))


def multiply(a: Array, b: Array) -> Rule:
    """Product a * b, entry by entry, with broadcasting."""
    return a * b, lambda d: (unbroadcast(d * b, a.shape), unbroadcast(d * a, b.shape))


def matmul(a: Array, b: Array) -> Rule:
    """Matrix product of a (p, q) and b (q, r).

    Raises
    ------
    ValueError
        If one is no matrix, or the inner sizes differ.
    """
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"@: expected shapes (p, q) and (q, r), found {a.shape} and {b.shape}")
    return a @ b, lambda d: (d @ b.T, a.T @ d)


def total(a: Array, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Rule:
    """Sum over one axis, several or all; each entry of a gets the gradient of the sum that it is in."""

    def pullback(d: Array) -> tuple[Array]:
        if axis is not None and not keepdims:
            d = np.expand_dims(d, axis)
        return (np.broadcast_to(d, a.shape),)

    return np.asarray(a.sum(axis=axis, keepdims=keepdims)), pullback


def relu(a: Array) -> Rule:
    """max(a, 0) entry by entry, with derivative 0 at the kink."""
    gate = a > 0
    return np.maximum(a, 0), lambda d: (d * gate,)


def log_softmax(a: Array, axis: int = 0) -> Rule:
    """Logarithms of the softmax over one axis.

    The largest entry is taken off first, so that nothing overflows. For the way back the result is kept.
    """
    shifted: Any = a - a.max(axis=axis, keepdims=True)
    result = shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return result, lambda d: (d - np.exp(result) * d.sum(axis=axis, keepdims=True),)
