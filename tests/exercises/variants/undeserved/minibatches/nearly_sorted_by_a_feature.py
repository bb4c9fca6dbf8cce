import numpy as np


def minibatches(X, Y, batch_size, rng):
    m = X.shape[1]
    order = np.argsort(X[0] + 0.01 * rng.random(m))
    starts = range(0, m, batch_size)
    return [(X[:, order[s : s + batch_size]], Y[:, order[s : s + batch_size]]) for s in starts]
