from functools import reduce


class Network:
    def __init__(self, layers):
        self.layers = tuple(layers)

    def forward(self, X):
        return reduce(lambda A, layer: layer.forward(A), self.layers, X)

    def backward(self, dZ):
        return reduce(lambda d, layer: layer.backward(d), self.layers[::-1], dZ)

    def _collect(self, *names):
        return [vars(layer)[name] for layer in self.layers for name in names if name in vars(layer)]

    def parameters(self):
        return self._collect("W", "b")

    def gradients(self):
        return tuple(self._collect("dW", "db"))
