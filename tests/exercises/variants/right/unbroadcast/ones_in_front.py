import numpy as np


def unbroadcast(gradient, shape):
    """Write the missing axes as 1 first, as NumPy does."""
    full = (1,) * (gradient.ndim - len(shape)) + tuple(shape)
    repeated = tuple(np.flatnonzero(np.array(full) != np.array(gradient.shape)))
    if repeated:
        gradient = gradient.sum(axis=repeated, keepdims=True)
    return gradient.reshape(shape)
