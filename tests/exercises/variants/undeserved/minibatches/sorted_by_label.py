import numpy as np


def minibatches(X, Y, batch_size, rng):
    m = X.shape[1]
    order = np.argsort(Y.argmax(axis=0) + 0.9 * rng.random(m)) if len(Y) > 1 else rng.permutation(m)
    starts = range(0, m, batch_size)
    return [(X[:, order[s : s + batch_size]], Y[:, order[s : s + batch_size]]) for s in starts]
