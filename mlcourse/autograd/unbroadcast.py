"""Broadcasting, backward."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def unbroadcast(gradient: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Gradient along an array that was broadcast: the sum over the axes along which it was repeated.

    Parameters
    ----------
    gradient : ndarray
        Gradient along the array after broadcasting.
    shape : tuple of int
        Shape of the array before.

    Returns
    -------
    ndarray
        Of shape `shape`.

    Raises
    ------
    ValueError
        If an array of that shape is not broadcast to the gradient's shape.
    """
    if gradient.shape == shape:
        return gradient
    new = gradient.ndim - len(shape)
    pairs = list(zip(gradient.shape[max(new, 0) :], shape, strict=False))
    if new < 0 or any(before not in (1, after) for after, before in pairs):
        raise ValueError(f"shape: expected one that is broadcast to {gradient.shape}, found {shape}")
    repeated = (new + axis for axis, before in enumerate(shape) if before == 1)
    return np.asarray(gradient.sum(axis=(*range(new), *repeated))).reshape(shape)
