import numpy as np


def minibatches(X, Y, batch_size, rng):
    m = X.shape[1]
    order = np.roll(np.random.default_rng(0).permutation(m), rng.integers(m))
    starts = range(0, m, batch_size)
    return [(X[:, order[s : s + batch_size]], Y[:, order[s : s + batch_size]]) for s in starts]
