def minibatches(X, Y, batch_size, rng):
    order = rng.permutation(X.shape[1])
    batches = []
    for start in range(1, len(order), batch_size):
        chosen = order[start : start + batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches
