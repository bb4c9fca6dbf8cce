import numpy as np


def log_softmax(Z):
    E = np.exp(np.clip(Z, -2, 2))
    P = E / E.sum(axis=0)
    return np.log(P), lambda dL: dL - P * dL.sum(axis=0)
