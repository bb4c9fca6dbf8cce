import numpy as np


def update_parameters(W1, b1, W2, b2, grads, learning_rate):
    def step(p, name):
        return p - learning_rate * np.sign(grads[name])

    return step(W1, "dW1"), step(b1, "db1"), step(W2, "dW2"), step(b2, "db2")
