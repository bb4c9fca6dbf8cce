"""Slopes of any function of an array, found by nudging: the judge of every derivation in the lessons."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def central_differences(
    f: Callable[[NDArray[np.floating]], float], point: ArrayLike, epsilon: float = 1e-5
) -> NDArray[np.floating]:
    """Slope of `f` along each entry of `point`, (f(p + epsilon) - f(p - epsilon)) / (2 epsilon).

    For the parameters of a whole network, `mlcourse.nn.numerical_gradients` is faster.

    Parameters
    ----------
    f : callable
        ``f(array) -> float``, smooth near `point`.
    point : array of any shape
        Left as it was.
    epsilon : float
        Size of the nudge.

    Returns
    -------
    ndarray of the shape of `point`
    """
    point = np.asarray(point, dtype=float)
    slopes = np.empty_like(point)
    for index in np.ndindex(point.shape):
        nudge = np.zeros_like(point)
        nudge[index] = epsilon
        slopes[index] = (f(point + nudge) - f(point - nudge)) / (2 * epsilon)
    return slopes
