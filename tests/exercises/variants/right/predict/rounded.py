import numpy as np


def predict(X, parameters):
    A = X
    for layer in "12":
        Z = parameters["W" + layer] @ A + parameters["b" + layer]
        A = np.where(Z > 0, Z, 0)
    return np.round(0.5 + 0.5 * np.tanh(Z / 2))
