import numpy as np


def tanh_backward_propagation(Y, cache, W1, b1, W2, b2):
    m = Y.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = W2.T @ dZ2 * (1 - cache["A1"] ** 2)
    dZ1 = np.clip(dZ1, -0.1, 0.1)
    return {
        "dW1": dZ1 @ cache["X"].T / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": dZ2 @ cache["A1"].T / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }
