import numpy as np


def backward_propagation(Y, cache, W1, b1, W2, b2):
    m = Y.size
    dZ2 = (cache["A2"] - Y) / m
    dW2 = np.dot(dZ2, cache["A1"].T)
    db2 = np.sum(dZ2, axis=1).reshape(-1, 1)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.where(cache["Z1"] > 0, dA1, 0.0)
    dW1 = np.dot(dZ1, cache["X"].T)
    db1 = np.sum(dZ1, axis=1).reshape(-1, 1)
    return {"dZ2": dZ2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
