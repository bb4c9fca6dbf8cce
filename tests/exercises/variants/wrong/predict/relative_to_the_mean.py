import numpy as np


def predict(X, parameters):
    A1 = np.maximum(parameters["W1"] @ X + parameters["b1"], 0)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return (Z2 - Z2.mean() > 0).astype(int)
