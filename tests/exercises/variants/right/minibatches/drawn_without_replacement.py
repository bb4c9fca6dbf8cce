def minibatches(X, Y, batch_size, rng):
    left = list(rng.choice(X.shape[1], size=X.shape[1], replace=False))
    result = []
    while left:
        batch = [left.pop() for _ in range(min(batch_size, len(left)))]
        result.append((X[:, batch], Y[:, batch]))
    return result
