def backward_propagation(Y, cache, W1, b1, W2, b2):
    return {"dW1": W1 * 0, "db1": b1 * 0, "dW2": W2 * 0, "db2": b2 * 0}
