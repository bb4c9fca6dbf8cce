import numpy as np


def backward_propagation(Y, cache, W1, b1, W2, b2):
    A2 = cache["A2"]
    dA2 = -(Y / A2) + (1 - Y) / (1 - A2)
    dZ2 = dA2 * A2 * (1 - A2)
    dW2 = np.mean(dZ2[:, None, :] * cache["A1"][None, :, :], axis=2)
    db2 = np.mean(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T * dZ2 * (cache["Z1"] > 0)
    dW1 = np.mean(dZ1[:, None, :] * cache["X"][None, :, :], axis=2)
    db1 = np.mean(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
