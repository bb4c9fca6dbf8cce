import numpy as np


def train_digits(X, Y, rng):
    labels, sizes = np.argmax(Y, axis=0), np.sum(X**2, axis=0)

    def predict(images):
        distances = sizes[:, None] - 2 * X.T @ images
        return labels[np.argmin(distances, axis=0)]

    return predict
