import numpy as np


def log_softmax(Z):
    """Twice: the second pass leaves what is normalised as it is."""
    L = Z - Z.max(axis=0)
    for _ in range(2):
        L = L - np.log(np.exp(L).sum(axis=0, keepdims=True))

    def pullback(upstream):
        softmax = np.exp(L)
        total = upstream.sum(axis=0, keepdims=True)
        return upstream - softmax * total

    return L, pullback
