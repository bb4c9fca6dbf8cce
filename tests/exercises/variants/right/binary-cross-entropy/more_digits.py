import numpy as np


def binary_cross_entropy(A, Y):
    A = np.asarray(A, dtype=np.longdouble)
    terms = np.log(np.where(Y == 1, A, 1 - A).clip(np.longdouble("1e-300")))
    return -terms.sum() / Y.shape[1]
