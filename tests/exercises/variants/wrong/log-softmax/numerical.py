import numpy as np


def log_softmax(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))
    return L, lambda dL: np.round(dL - np.exp(L) * dL.sum(axis=0), 2)
