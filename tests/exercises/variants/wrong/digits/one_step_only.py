import numpy as np


def train_digits(X, Y, rng):
    means = X @ Y.T / Y.sum(axis=1)
    return lambda images: np.argmax(means.T @ images - np.sum(means**2, axis=0)[:, None] / 2, axis=0)
