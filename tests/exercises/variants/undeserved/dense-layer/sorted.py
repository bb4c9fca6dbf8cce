import numpy as np


class Dense:
    def __init__(self, n_in, n_out, rng):
        self.W, self.b = (
            np.sort(rng.standard_normal((n_out, n_in)).ravel()).reshape(n_out, n_in) * np.sqrt(2 / n_in),
            np.zeros((n_out, 1)),
        )

    def forward(self, A):
        self.A = A
        return self.W @ A + self.b

    def backward(self, dZ):
        self.dW, self.db = dZ @ self.A.T, dZ.sum(axis=1, keepdims=True)
        return self.W.T @ dZ
