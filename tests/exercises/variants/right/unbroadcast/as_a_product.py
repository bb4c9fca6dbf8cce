import numpy as np


def unbroadcast(gradient, shape):
    """Every entry's own mask, summed: slow, and right."""
    n = int(np.prod(shape))
    owner = np.broadcast_to(np.arange(n).reshape(shape), gradient.shape)
    return np.array([gradient[owner == i].sum() for i in range(n)]).reshape(shape)
