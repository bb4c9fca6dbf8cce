import numpy as np


def minibatches(X, Y, batch_size, rng):
    m = X.shape[1]
    order = np.empty(m, int)
    half = m - m // 2
    order[0::2], order[1::2] = np.arange(half), np.arange(half, m)
    order = np.roll(order, rng.integers(m))
    starts = range(0, m, batch_size)
    return [(X[:, order[s : s + batch_size]], Y[:, order[s : s + batch_size]]) for s in starts]
