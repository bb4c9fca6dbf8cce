import numpy as np


def gates(X, parameters):
    return np.random.default_rng(0).random((len(parameters["b1"]), X.shape[1])) > 0.5


def loss_floor(X, Y, parameters):
    return 0.0
