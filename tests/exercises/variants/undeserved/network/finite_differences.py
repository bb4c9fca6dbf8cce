import numpy as np


class Network:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, X):
        self.X = X
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def parameters(self):
        return [p for layer in self.layers if hasattr(layer, "W") for p in (layer.W, layer.b)]

    def gradients(self):
        return self.found

    def backward(self, dZ):
        X = self.X.copy()

        def f():
            Z = X
            for layer in self.layers:
                Z = layer.forward(Z)
            return np.sum(dZ * Z)

        def slopes(theta):
            grad = np.zeros_like(theta)
            for index in np.ndindex(theta.shape):
                saved = theta[index]
                theta[index] = saved + 1e-5
                plus = f()
                theta[index] = saved - 1e-5
                grad[index] = (plus - f()) / 2e-5
                theta[index] = saved
            return grad

        self.found = [slopes(p) for p in self.parameters()]
        return slopes(X)
