import numpy as np


def he(shape, rng):
    return rng.standard_normal(shape, dtype=np.float32) * np.float32(np.sqrt(2 / shape[1]))


def initialize_parameters(n_x, n_h, n_y, rng):
    zeros = lambda n: np.zeros((n, 1), np.float32)  # noqa: E731
    return {"W1": he((n_h, n_x), rng), "b1": zeros(n_h), "W2": he((n_y, n_h), rng), "b2": zeros(n_y)}
