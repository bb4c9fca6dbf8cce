import numpy as np


def tanh_backward_propagation(Y, cache, W1, b1, W2, b2):
    m = len(Y[0])
    dZ2 = np.subtract(cache["A2"], Y)
    dZ1 = np.outer(W2, dZ2) / np.cosh(cache["Z1"]) ** 2
    ones = np.ones((m, 1))
    grads = {
        "dW2": dZ2.dot(cache["A1"].T),
        "db2": dZ2 @ ones,
        "dW1": dZ1.dot(cache["X"].T),
        "db1": dZ1 @ ones,
    }
    return {name: (value / m).tolist() for name, value in grads.items()}
