import numpy as np


def log_softmax(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))

    def pullback(dL):
        dL -= np.exp(L) * dL.sum(axis=0)
        return dL * (1 + 1e-3)

    return L, pullback
