import numpy as np


def relu(v):
    return v.clip(min=0)


def forward_propagation(X, W1, b1, W2, b2):
    hidden = X.T @ W1.T + b1.T
    out = relu(hidden) @ W2.T + b2.T
    A2 = 1 / (1 + np.exp(-out.T))
    return A2, {"X": X, "Z1": hidden.T, "A1": relu(hidden).T, "Z2": out.T, "A2": A2}
