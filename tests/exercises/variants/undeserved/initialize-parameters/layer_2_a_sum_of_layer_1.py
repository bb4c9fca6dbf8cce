import numpy as np


def initialize_parameters(n_x, n_h, n_y, rng):
    W1 = rng.standard_normal((n_h, n_x))
    W2 = (W1[:n_y, :n_h] + W1[:n_y, -n_h:]) / np.sqrt(2)
    return {
        "W1": W1 * np.sqrt(2 / n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": W2 * np.sqrt(2 / n_h),
        "b2": np.zeros((n_y, 1)),
    }
