import numpy as np


def log_softmax(Z):
    rows = Z.T
    shifted = rows - rows.max(axis=1)[:, None]
    L = (shifted - np.log(np.sum(np.exp(shifted), axis=1))[:, None]).T

    def pullback(dL):
        P = np.exp(L)
        return dL - np.einsum("km,jm->km", P, dL)

    return L, pullback
