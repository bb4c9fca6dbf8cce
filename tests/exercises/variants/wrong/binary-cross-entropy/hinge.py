import numpy as np


def binary_cross_entropy(A, Y):
    return float(np.mean(np.maximum(0, 1 - (2 * Y - 1) * (2 * A - 1))))
