import numpy as np


def sigmoid(Z):
    return (np.tanh(Z / 2) + 1) / 2
