import numpy as np


def backward_propagation(Y, cache, W1, b1, W2, b2):
    dW1, db1, dW2, db2 = (np.zeros_like(p) for p in (W1, b1, W2, b2))
    m = Y.shape[1]
    for i in range(m):
        x, z1, a1 = (cache[k][:, i : i + 1] for k in ("X", "Z1", "A1"))
        dz2 = cache["A2"][:, i : i + 1] - Y[:, i : i + 1]
        dW2 += dz2 @ a1.T
        db2 += dz2
        dz1 = W2.T @ dz2
        dz1[z1 <= 0] = 0
        dW1 += dz1 @ x.T
        db1 += dz1
    return {"dW1": dW1 / m, "db1": db1 / m, "dW2": dW2 / m, "db2": db2 / m}
