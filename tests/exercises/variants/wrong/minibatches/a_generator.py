def minibatches(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size]
        yield X[:, chosen], Y[:, chosen]
