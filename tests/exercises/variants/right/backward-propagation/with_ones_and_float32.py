import numpy as np


def backward_propagation(Y, cache, W1, b1, W2, b2):
    X, Z1, A1, A2 = (cache[k].astype(np.float32) for k in ("X", "Z1", "A1", "A2"))
    ones = np.full((Y.shape[1], 1), 1 / Y.shape[1], dtype=np.float32)
    d2 = A2 - Y.astype(np.float32)
    d1 = W2.astype(np.float32).T @ d2 * (Z1 > 0)
    m = np.float32(Y.shape[1])
    return {"dW1": d1 @ X.T / m, "db1": d1 @ ones, "dW2": d2 @ A1.T / m, "db2": d2 @ ones}
