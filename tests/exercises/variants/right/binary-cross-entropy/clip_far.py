import numpy as np


def binary_cross_entropy(A, Y):
    A = np.clip(A, 1e-8, 1 - 1e-8)
    m = Y.shape[1]
    return -(np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T)) / m
