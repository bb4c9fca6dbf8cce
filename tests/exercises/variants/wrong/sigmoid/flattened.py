import numpy as np


def sigmoid(Z):
    return 0.5 * (1 + np.tanh(Z.ravel() / 2))
