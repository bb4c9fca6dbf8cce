import numpy as np


def unbroadcast(gradient, shape):
    letters = "abcdefgh"[: gradient.ndim]
    last = letters[gradient.ndim - len(shape) :]
    kept = "".join(letter for letter, size in zip(last, shape, strict=True) if size > 1)
    return np.einsum(f"{letters}->{kept}", gradient).reshape(shape)
