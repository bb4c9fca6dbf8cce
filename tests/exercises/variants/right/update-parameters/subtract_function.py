import numpy as np


def update_parameters(W1, b1, W2, b2, grads, learning_rate):
    W1 = np.subtract(W1, np.multiply(grads["dW1"], learning_rate))
    b1 = np.subtract(b1, np.multiply(grads["db1"], learning_rate))
    W2 = np.subtract(W2, np.multiply(grads["dW2"], learning_rate))
    b2 = np.subtract(b2, np.multiply(grads["db2"], learning_rate))
    return W1, b1, W2, b2
