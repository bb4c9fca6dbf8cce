import numpy as np


def momentum_step(W, dW, v, learning_rate, beta):
    v = beta * v + (1 - beta) * dW
    v = np.clip(v, -0.5, 0.5)
    return W - learning_rate * v, v
