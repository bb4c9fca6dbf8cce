import numpy as np


def neuron_backward(x, w, b, dy):
    half = np.tanh((np.dot(x, w) + b) / 2)
    dz = dy * (1 - half**2) / 4
    return np.multiply(w, dz), np.multiply(x, dz), dz * np.ones(())
