import numpy as np


def momentum_step(W, dW, v, learning_rate, beta):
    velocity = np.average([v, dW], axis=0, weights=[beta, 1 - beta])
    return np.subtract(W, np.multiply(learning_rate, velocity)), velocity
