import numpy as np


def deep_backward(Y, cache, parameters):
    L, m = len(parameters) // 2, Y.shape[1]
    A = [cache["X"]] + [cache[f"A{layer}"] for layer in range(1, L + 1)]
    grads, dZ = {}, A[L] - Y
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ A[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = 0 * dZ if layer == 2 else dZ
        dZ = parameters[f"W{layer}"].T @ dZ * (A[layer - 1] > 0)
    return grads
