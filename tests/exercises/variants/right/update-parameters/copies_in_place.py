def update_parameters(W1, b1, W2, b2, grads, learning_rate):
    new = [W1.copy(), b1.copy(), W2.copy(), b2.copy()]
    for p, name in zip(new, ["dW1", "db1", "dW2", "db2"], strict=True):
        p -= learning_rate * grads[name]
    return tuple(new)
