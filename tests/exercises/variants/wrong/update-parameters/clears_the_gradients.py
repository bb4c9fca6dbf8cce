def update_parameters(W1, b1, W2, b2, grads, learning_rate):
    result = tuple(
        p - learning_rate * grads[n] for n, p in (("dW1", W1), ("db1", b1), ("dW2", W2), ("db2", b2))
    )
    for g in grads.values():
        g[:] = 0
    return result
