import numpy as np


def minibatches(X, Y, batch_size, rng):
    order = np.arange(Y.shape[1])
    rng.shuffle(order)
    batches = []
    while len(order) > 0:
        now, order = order[:batch_size], order[batch_size:]
        batches.append((X[:, now], Y[:, now]))
    return batches
