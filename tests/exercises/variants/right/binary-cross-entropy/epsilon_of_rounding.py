import numpy as np


def binary_cross_entropy(A, Y):
    return -np.mean(Y * np.log(A + 1e-15) + (1 - Y) * np.log(1 - A + 1e-15))
