import numpy as np


def log_softmax(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))
    P = np.exp(L)

    def pullback(dL):
        nonlocal P
        dZ = dL - P * dL.sum(axis=0)
        P = P * 0.5
        return dZ

    return L, pullback
