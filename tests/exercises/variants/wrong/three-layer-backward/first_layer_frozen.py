import numpy as np


def three_layer_backward(Y, cache, parameters):
    L, m = len(parameters) // 2, Y.shape[1]
    A = [cache["X"]] + [cache[f"A{layer}"] for layer in range(1, L + 1)]
    grads, dZ = {}, A[L] - Y
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ A[layer - 1].T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = parameters[f"W{layer}"].T @ dZ * (A[layer - 1] > 0)
    grads["dW1"] = 0 * grads["dW1"]
    return grads
