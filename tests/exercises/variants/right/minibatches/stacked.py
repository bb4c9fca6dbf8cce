import numpy as np


def minibatches(X, Y, batch_size, rng):
    both = rng.permutation(np.vstack([X, Y]), axis=1)
    cuts = range(batch_size, both.shape[1], batch_size)
    return [[part[: len(X)], part[len(X) :]] for part in np.split(both, cuts, axis=1)]
