import numpy as np


def minibatches(X, Y, batch_size, rng):
    m = X.shape[1]
    order = rng.permutation(m)
    batches = []
    for start in range(0, m, batch_size):
        chosen = np.isin(np.arange(m), order[start : start + batch_size])
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches
