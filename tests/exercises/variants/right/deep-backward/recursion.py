import numpy as np


def deep_backward(Y, cache, parameters):
    L = len([name for name in parameters if name.startswith("W")])

    def back(layer, dZ):
        if layer == 0:
            return {}
        below = cache[f"A{layer - 1}"]
        mine = {f"dW{layer}": np.inner(dZ, below) / Y.shape[1], f"db{layer}": dZ.mean(axis=1, keepdims=True)}
        dA = np.matmul(parameters[f"W{layer}"].T, dZ)
        return mine | back(layer - 1, np.where(below > 0, dA, 0.0))

    return back(L, cache[f"A{L}"] - Y)
