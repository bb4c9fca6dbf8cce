import numpy as np


def predict(X, parameters):
    A1 = np.maximum(parameters["W1"] @ X + parameters["b1"], 0)
    return np.sign(parameters["W2"] @ A1 + parameters["b2"])
