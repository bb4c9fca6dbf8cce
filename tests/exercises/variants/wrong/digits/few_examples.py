import numpy as np


def train_digits(X, Y, rng):
    some, labels = X[:, :150], np.argmax(Y[:, :150], axis=0)

    def predict(images):
        distances = np.sum(some**2, axis=0)[:, None] - 2 * some.T @ images
        return labels[np.argmin(distances, axis=0)]

    return predict
