import numpy as np


def sigmoid(Z):
    return np.clip(0.5 + 0.25 * Z, 0, 1)
