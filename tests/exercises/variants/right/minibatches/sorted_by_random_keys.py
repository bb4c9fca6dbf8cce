import numpy as np


def minibatches(X, Y, batch_size, rng):
    order = np.argsort(rng.random(X.shape[1]))
    n_batches = int(np.ceil(X.shape[1] / batch_size))
    slices = [slice(k * batch_size, (k + 1) * batch_size) for k in range(n_batches)]
    return tuple((X[:, order[s]], Y[:, order[s]]) for s in slices) and [
        (np.take(X, order[s], axis=1), np.take(Y, order[s], axis=1)) for s in slices
    ]
