import numpy as np


def he(rng, n_out, n_in):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


def initialize_parameters(n_x, n_h, n_y, rng):
    W1, W2 = he(rng, n_h, n_x), he(rng, n_y, n_h)
    W1[::2] = he(np.random.default_rng(1), n_h, n_x)[::2]
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}
