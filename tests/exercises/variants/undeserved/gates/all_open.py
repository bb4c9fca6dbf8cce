import numpy as np


def gates(X, parameters):
    return np.ones((len(parameters["b1"]), X.shape[1]), bool)


def loss_floor(X, Y, parameters):
    p = Y.mean()
    return float(-p * np.log(p) - (1 - p) * np.log(1 - p)) if 0 < p < 1 else 0.0
