import numpy as np


def binary_cross_entropy(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-2 * np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))
