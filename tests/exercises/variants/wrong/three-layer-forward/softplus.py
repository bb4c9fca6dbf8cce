import numpy as np


def three_layer_forward(X, parameters):
    cache, A = {"X": X}, X
    for layer in (1, 2, 3):
        Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
        A = np.logaddexp(0, Z) if layer < 3 else 0.5 + 0.5 * np.tanh(0.5 * Z)
        cache |= {f"Z{layer}": Z, f"A{layer}": A}
    return A, cache
