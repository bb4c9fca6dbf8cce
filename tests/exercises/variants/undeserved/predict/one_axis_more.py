import numpy as np


def predict(X, parameters):
    A1 = np.maximum(parameters["W1"] @ X + parameters["b1"], 0)
    A2 = 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"])))
    return (A2 > 0.5)[None]
