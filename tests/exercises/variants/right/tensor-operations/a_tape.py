import numpy as np

TAPE = []


class Tensor:
    """A tape of all operations, played backwards."""

    def __init__(self, data, parents=(), pullback=None, operation=""):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = 0.0
        self.parents, self.pullback = parents, pullback
        if parents:
            TAPE.append(self)

    def _fit(self, d):
        d = np.asarray(d)
        d = d.sum(axis=tuple(range(d.ndim - self.data.ndim)))
        for axis, n in enumerate(self.data.shape):
            if n == 1:
                d = d.sum(axis=axis, keepdims=True)
        return d

    def __add__(self, other):
        return Tensor(self.data + other.data, (self, other), lambda d: (self._fit(d), other._fit(d)))

    def __mul__(self, other):
        def back(d):
            return self._fit(d * other.data), other._fit(d * self.data)

        return Tensor(self.data * other.data, (self, other), back)

    def __matmul__(self, other):
        def back(d):
            return np.dot(d, np.transpose(other.data)), np.dot(np.transpose(self.data), d)

        return Tensor(np.dot(self.data, other.data), (self, other), back)

    def sum(self, axis=None):
        def back(d):
            if axis is not None:
                shape = list(self.data.shape)
                shape[axis] = 1
                d = np.reshape(d, shape)
            return (np.broadcast_to(d, self.data.shape),)

        return Tensor(self.data.sum(axis), (self,), back)

    def relu(self):
        return Tensor((self.data > 0) * self.data, (self,), lambda d: ((self.data > 0) * d,))

    def backward(self):
        self.grad = 1.0
        while TAPE:
            node = TAPE.pop()
            if np.any(node.grad):
                shares = node.pullback(node.grad)
                for parent, share in zip(node.parents, shares, strict=True):
                    parent.grad = parent.grad + share
