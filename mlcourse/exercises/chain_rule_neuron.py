"""Gradients of one neuron, in steps that can be replaced one by one; nothing replaced, they are right."""

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray


def sigmoid(z: Any) -> Any:
    """Logistic function, without overflow."""
    return 0.5 * (1 + np.tanh(z / 2))


def neuron_backward(
    x: Array,
    w: Array,
    b: float,
    dy: float,
    *,
    slope: Callable[[Any, Any], Any] = lambda z, y: y * (1 - y),
    arriving: Callable[[Any, Any], Any] = lambda dy, slope: dy * slope,
    bias: float = 1.0,
) -> tuple[Array, Array, Any]:
    """Gradients of y = sigmoid(w @ x + b), given dy.

    Returns
    -------
    dx, dw : ndarray (n,)
    db : float
    """
    z = w @ x + bias * b
    dz = arriving(dy, slope(z, sigmoid(z)))
    return dz * w, dz * x, dz
