import numpy as np


def deep_backward(Y, cache, parameters):
    L, m = len(parameters) // 2, Y.shape[1]
    grads = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    for i in range(m):
        delta = cache[f"A{L}"][:, i] - Y[:, i]
        for layer in range(L, 0, -1):
            a = cache[f"A{layer - 1}"][:, i]
            grads[f"dW{layer}"] += np.outer(delta, a) / m
            grads[f"db{layer}"][:, 0] += delta / m
            delta = delta @ parameters[f"W{layer}"] * (a > 0)
    return grads
