import numpy as np


def train_tensors(X, Y, rng):
    W = np.linalg.solve(X @ X.T + 50 * np.eye(len(X)), X @ Y.T)
    return lambda images: np.argmax(W.T @ images, axis=0)
