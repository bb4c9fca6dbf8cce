import numpy as np


def three_layer_forward(X, parameters):
    cache, A = {"X": X}, X
    for layer in (1, 2, 3):
        Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
        Z = Z - Z.mean(axis=1, keepdims=True)
        A = np.maximum(Z, 0) if layer < 3 else 0.5 + 0.5 * np.tanh(0.5 * Z)
        cache |= {f"Z{layer}": Z, f"A{layer}": A}
    return A, cache
