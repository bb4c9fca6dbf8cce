import numpy as np


def tanh_backward_propagation(Y, cache, W1, b1, W2, b2):
    m = Y.shape[1]
    dZ2 = (cache["A2"] - Y) / m
    dZ1 = np.einsum("ki,km->im", W2, dZ2) * (1 - np.tanh(cache["Z1"]) ** 2)
    return {
        "db1": np.einsum("im->i", dZ1)[:, np.newaxis],
        "dW1": np.einsum("im,jm->ij", dZ1, cache["X"]),
        "db2": np.einsum("im->i", dZ2)[:, np.newaxis],
        "dW2": np.einsum("im,jm->ij", dZ2, cache["A1"]),
        "dZ1": dZ1,
        "dZ2": dZ2,
        "comment": "1/m is in dZ",
    }
