import itertools

import numpy as np


def unbroadcast(gradient, shape):
    out = np.zeros(shape)
    for index in itertools.product(*map(range, gradient.shape)):
        tail = index[len(index) - len(shape) :]
        target = tuple(0 if n == 1 else i for i, n in zip(tail, shape, strict=True))
        out[target] += gradient[index]
    return out
