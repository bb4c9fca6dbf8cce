def update_parameters(W1, b1, W2, b2, grads, learning_rate):
    a = learning_rate / 2
    return W1 - a * grads["dW1"], b1 - a * grads["db1"], W2 - a * grads["dW2"], b2 - a * grads["db2"]
