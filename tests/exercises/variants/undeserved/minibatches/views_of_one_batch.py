def minibatches(X, Y, batch_size, rng):
    m = X.shape[1]
    return [(X[:, :batch_size], Y[:, :batch_size])] * -(-m // batch_size)
