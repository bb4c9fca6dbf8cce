import numpy as np


def cured(Y, cache, W1, b1, W2, b2):
    m = Y.size
    dZ2 = (cache["A2"] - Y) / m
    dZ1 = np.where(cache["Z1"] > 0, W2.T @ dZ2, 0)
    return {
        "dW1": np.einsum("im,jm->ij", dZ1, cache["X"]),
        "db1": dZ1.sum(axis=1)[:, None],
        "dW2": np.einsum("im,jm->ij", dZ2, cache["A1"]),
        "db2": dZ2.sum(axis=1)[:, None],
    }


fixed_1 = fixed_2 = fixed_3 = fixed_4 = fixed_5 = cured
