import numpy as np


def initialize_parameters(n_x, n_h, n_y, rng):
    return {
        "W1": rng.normal(0.1, np.sqrt(2 / n_x), (n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": rng.normal(0.1, np.sqrt(2 / n_h), (n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }
