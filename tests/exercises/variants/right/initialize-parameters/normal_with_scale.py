import numpy as np


def initialize_parameters(n_x, n_h, n_y, rng):
    return dict(
        W1=rng.normal(0, np.sqrt(2 / n_x), size=(n_h, n_x)),
        b1=np.zeros(shape=[n_h, 1]),
        W2=rng.normal(scale=(2 / n_h) ** 0.5, size=(n_y, n_h)),
        b2=0 * np.ones((n_y, 1)),
    )
