import numpy as np


def gradient_norms(scale, depth, rng):
    X = rng.normal(size=(10, 50))
    Y = np.where(X[0] > 0, 1.0, 0.0)[None]
    weights = []
    for n_out in [10] * (depth - 1) + [1]:
        weights.append(rng.normal(0, scale * np.sqrt(0.2), (n_out, 10)))
    A = [X]
    for W in weights:
        Z = W @ A[-1]
        A.append(np.maximum(Z, 0))
    d = np.exp(-np.logaddexp(0, -Z)) - Y
    norms = []
    for W, below in zip(reversed(weights), reversed(A[:-1]), strict=True):
        norms.insert(0, np.sqrt(np.sum((d @ below.T / 50) ** 2)))
        d = (W.T @ d) * (below > 0)
    return norms
