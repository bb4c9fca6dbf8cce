import numpy as np


def log_softmax(Z):
    c = Z.shape[0]
    top = Z.max(axis=0)
    L = Z - top - np.log(c) - np.log(np.mean(np.exp(Z - top), axis=0))
    return L, lambda d: d - c * np.exp(L) * d.mean(axis=0)
