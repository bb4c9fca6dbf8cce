import numpy as np


def unbroadcast(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=i, keepdims=True)
    return g


class Tensor:
    """Each share is sent on at once, along every path: slow in large graphs, and right."""

    def __init__(self, data, sources=()):
        self.data, self.grad, self.sources = np.asarray(data, float), 0, sources

    def __add__(self, other):
        return Tensor(self.data + other.data, ((self, lambda g: g), (other, lambda g: g)))

    def __mul__(self, other):
        return Tensor(
            self.data * other.data, ((self, lambda g: g * other.data), (other, lambda g: g * self.data))
        )

    def __matmul__(self, other):
        return Tensor(
            self.data @ other.data, ((self, lambda g: g @ other.data.T), (other, lambda g: self.data.T @ g))
        )

    def sum(self, axis=None):
        if axis is None:
            return Tensor(self.data.sum(), ((self, lambda g: np.full(self.data.shape, g)),))
        return Tensor(
            self.data.sum(axis),
            ((self, lambda g: np.repeat(np.expand_dims(g, axis), self.data.shape[axis], axis)),),
        )

    def relu(self):
        return Tensor(np.maximum(0, self.data), ((self, lambda g: g * (self.data > 0)),))

    def backward(self, g=1.0):
        g = unbroadcast(np.asarray(g), self.data.shape)
        self.grad = self.grad + g
        for source, back in self.sources:
            source.backward(back(g))
