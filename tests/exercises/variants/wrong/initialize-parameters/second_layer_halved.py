import numpy as np


def initialize_parameters(n_x, n_h, n_y, rng):
    W1 = rng.standard_normal((n_h, n_x)) * np.sqrt(2 / n_x)
    W2 = rng.standard_normal((n_y, n_h)) * np.sqrt(2 / n_h) / 2
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}
