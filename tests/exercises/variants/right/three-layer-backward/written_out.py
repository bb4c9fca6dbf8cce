import numpy as np


def three_layer_backward(Y, cache, parameters):
    X, A1, A2, A3 = (cache[name] for name in ("X", "A1", "A2", "A3"))
    W2, W3 = parameters["W2"], parameters["W3"]
    m = X.shape[1]
    d3 = (A3 - Y).T
    d2 = (d3 @ W3) * np.sign(A2).T
    d1 = (d2 @ W2) * np.sign(A1).T
    g = {}
    for layer, d, A in ((3, d3, A2), (2, d2, A1), (1, d1, X)):
        g[f"dW{layer}"] = (A @ d).T / m
        g[f"db{layer}"] = np.mean(d, axis=0).reshape(-1, 1)
    return g
