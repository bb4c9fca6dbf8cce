import numpy as np


def tanh_backward_propagation(Y, cache, W1, b1, W2, b2):
    sums = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
    columns = [cache[name].T[:, :, None] for name in ("X", "A1", "A2")]
    for x, a1, a2, y in zip(*columns, Y.T[:, :, None], strict=True):
        delta2 = a2 - y
        delta1 = W2.T @ delta2 * (1 - a1) * (1 + a1)
        for total, gradient in zip(sums, (delta1 * x.T, delta1, delta2 * a1.T, delta2), strict=True):
            total += gradient
    return {name: total / Y.size for name, total in zip(("dW1", "db1", "dW2", "db2"), sums, strict=True)}
