def backward_propagation(Y, cache, W1, b1, W2, b2):
    dW1, db1, dW2, db2 = W1 * 0, b1 * 0, W2 * 0, b2 * 0
    m = Y.shape[1]
    for i in range(m - 1):
        dz2 = cache["A2"][:, [i]] - Y[:, [i]]
        dz1 = W2.T @ dz2 * (cache["Z1"][:, [i]] > 0)
        dW2 = dW2 + dz2 @ cache["A1"][:, [i]].T / m
        db2 = db2 + dz2 / m
        dW1 = dW1 + dz1 @ cache["X"][:, [i]].T / m
        db1 = db1 + dz1 / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
