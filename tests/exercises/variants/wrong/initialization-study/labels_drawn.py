import numpy as np


def gradient_norms(scale, depth, rng):
    X = rng.standard_normal((10, 50))
    Y = rng.integers(0, 2, (1, 50))
    weights = [rng.standard_normal((n, 10)) * scale * np.sqrt(2 / 10) for n in [10] * (depth - 1) + [1]]
    A = [X]
    for W in weights:
        Z = W @ A[-1]
        A.append(np.maximum(Z, 0))
    d = np.exp(-np.logaddexp(0, -Z)) - Y
    norms = np.zeros(depth)
    for layer in range(depth - 1, -1, -1):
        norms[layer] = np.linalg.norm(d @ A[layer].T / 50)
        d = weights[layer].T @ d * (A[layer] > 0)
    return norms
