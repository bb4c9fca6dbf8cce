import numpy as np


def binary_cross_entropy(A, Y):
    A = np.minimum(np.maximum(A, 1e-15), 1 - 1e-15)
    return np.squeeze(np.mean(-Y * np.log(A) - (1 - Y) * np.log1p(-A)))
