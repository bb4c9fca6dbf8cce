import numpy as np


def initialize_parameters(n_x, n_h, n_y, rng):
    return {
        "W1": rng.laplace(scale=np.sqrt(1 / n_x), size=(n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": rng.laplace(scale=np.sqrt(1 / n_h), size=(n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }
