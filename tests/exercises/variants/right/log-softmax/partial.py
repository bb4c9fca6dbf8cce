from functools import partial

import numpy as np


def go_back(P, dL):
    return dL - P * np.sum(dL, axis=0)


def log_softmax(Z):
    m = Z.max(axis=0, keepdims=True)
    E = np.exp(Z - m)
    S = E.sum(axis=0, keepdims=True)
    return (Z - m) - np.log(S), partial(go_back, E / S)
