import numpy as np


def unbroadcast(gradient, shape):
    before = gradient.size
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient / np.sqrt(before / gradient.size)
