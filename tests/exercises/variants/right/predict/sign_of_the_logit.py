import numpy as np


def predict(X, parameters):
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    return W2 @ np.maximum(0, W1 @ X + b1) + b2 > 0
