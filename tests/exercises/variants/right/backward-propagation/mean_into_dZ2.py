def backward_propagation(Y, cache, W1, b1, W2, b2):
    dZ2 = (cache["A2"] - Y) / Y.shape[1]
    grads = {"dW2": dZ2 @ cache["A1"].T, "db2": dZ2.sum(axis=1, keepdims=True)}
    dZ1 = (W2.T @ dZ2) * (cache["A1"] > 0)
    grads["dW1"] = dZ1 @ cache["X"].T
    grads["db1"] = dZ1.sum(axis=1, keepdims=True)
    return grads
