import numpy as np


def minibatches(X, Y, batch_size, rng):
    m = X.shape[1]
    order = np.arange(m)
    i = rng.integers(1, m)
    order[[i - 1, i]] = order[[i, i - 1]]
    starts = range(0, m, batch_size)
    return [(X[:, order[s : s + batch_size]], Y[:, order[s : s + batch_size]]) for s in starts]
