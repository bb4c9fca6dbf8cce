def update_parameters(W1, b1, W2, b2, grads, learning_rate):
    for _ in range(2):
        W1 = W1 - learning_rate * grads["dW1"]
        b1 = b1 - learning_rate * grads["db1"]
        W2 = W2 - learning_rate * grads["dW2"]
        b2 = b2 - learning_rate * grads["db2"]
    return W1, b1, W2, b2
