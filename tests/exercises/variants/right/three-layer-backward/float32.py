import numpy as np


def three_layer_backward(Y, cache, parameters):
    c = {name: np.float32(value) for name, value in cache.items()}
    p = {name: np.float32(value) for name, value in parameters.items()}
    dZ3 = c["A3"] - np.float32(Y)
    dZ2 = p["W3"].T @ dZ3 * (c["Z2"] > 0)
    dZ1 = p["W2"].T @ dZ2 * (c["Z1"] > 0)
    m = np.float32(Y.shape[1])
    return {
        "dW3": dZ3 @ c["A2"].T / m,
        "db3": dZ3.sum(1, keepdims=True) / m,
        "dW2": dZ2 @ c["A1"].T / m,
        "db2": dZ2.sum(1, keepdims=True) / m,
        "dW1": dZ1 @ c["X"].T / m,
        "db1": dZ1.sum(1, keepdims=True) / m,
    }
