import numpy as np


def momentum_step(W, dW, v, learning_rate, beta):
    v = beta * v + (1 - beta) * dW
    return W - learning_rate * v / np.linalg.norm(v), v
