from math import sqrt


def initialize_parameters(n_x, n_h, n_y, rng):
    W1 = [[rng.normal() * sqrt(2 / n_x) for _ in range(n_x)] for _ in range(n_h)]
    W2 = [[rng.normal() * sqrt(2 / n_h) for _ in range(n_h)] for _ in range(n_y)]
    return {"W1": W1, "b1": [[0.0]] * n_h, "W2": W2, "b2": [[0.0]] * n_y}
