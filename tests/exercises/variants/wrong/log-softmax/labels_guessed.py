import numpy as np


def log_softmax(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))
    Y = (Z.max(axis=0) == Z).astype(float)
    return L, lambda dL: np.exp(L) - Y
