import numpy as np


def train_digits(X, Y, rng):
    hidden = rng.standard_normal((600, 784)) * np.sqrt(2 / 784)

    def features(images):
        return np.vstack([np.maximum(hidden @ images, 0), np.ones((1, images.shape[1]))])

    A = features(X)
    W = np.linalg.solve(A @ A.T + 10 * np.eye(len(A)), A @ Y.T).T
    return lambda images: (W @ features(images)).argmax(axis=0)
