# named: sign, mask-forgotten


def backward_propagation(Y, cache, W1, b1, W2, b2):
    m = Y.shape[1]
    dZ2 = Y - cache["A2"]
    dZ1 = W2.T @ dZ2
    return {
        "dW1": dZ1 @ cache["X"].T / m,
        "db1": dZ1.sum(axis=1, keepdims=True) / m,
        "dW2": dZ2 @ cache["A1"].T / m,
        "db2": dZ2.sum(axis=1, keepdims=True) / m,
    }
