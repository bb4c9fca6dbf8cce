import numpy as np


def backward_propagation(Y, cache, W1, b1, W2, b2):
    m = Y.shape[1]
    dZ2 = (cache["A2"] - Y).ravel()
    dW2 = cache["A1"] @ dZ2 / m
    db2 = dZ2.mean()
    dZ1 = np.outer(W2, dZ2) * (cache["Z1"] > 0)
    return {"dW1": dZ1 @ cache["X"].T / m, "db1": dZ1.mean(axis=1), "dW2": dW2, "db2": db2}
