import numpy as np


def initialize_parameters(n_x, n_h, n_y, rng):
    W2 = rng.standard_normal((n_h, n_y)).T / np.sqrt(n_h / 2)
    W1 = rng.standard_normal((n_x, n_h)).T / np.sqrt(n_x / 2)
    return {"n_layers": 2, "W1": W1, "W2": W2, "b1": np.zeros((n_h, 1)), "b2": np.zeros((n_y, 1))}
