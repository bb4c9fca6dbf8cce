import numpy as np


def unbroadcast(gradient, shape):
    if np.ndim(gradient) > len(shape):
        return unbroadcast(np.sum(gradient, 0), shape)
    for axis, (now, before) in enumerate(zip(np.shape(gradient), shape, strict=True)):
        if now != before:
            return unbroadcast(np.sum(gradient, axis, keepdims=True), shape)
    return gradient
