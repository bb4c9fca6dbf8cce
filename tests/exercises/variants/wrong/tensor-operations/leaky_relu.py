import numpy as np

from mlcourse import autograd


class Tensor:
    def __init__(self, data, parents=(), pullback=None, operation="", label=""):
        self.data = np.array(data, dtype=float)
        self.grad = np.zeros(self.data.shape)
        self.parents, self.pullback, self.operation, self.label = parents, pullback, operation, label

    @staticmethod
    def _of(thing):
        return thing if isinstance(thing, Tensor) else Tensor(thing)

    def __add__(self, other):
        other = self._of(other)
        u = autograd.unbroadcast
        return Tensor(
            self.data + other.data,
            (self, other),
            lambda d: (u(d, self.data.shape), u(d, other.data.shape)),
            "+",
        )

    __radd__ = __add__

    def __mul__(self, other):
        other = self._of(other)
        u = autograd.unbroadcast
        return Tensor(
            self.data * other.data,
            (self, other),
            lambda d: (u(d * other.data, self.data.shape), u(d * self.data, other.data.shape)),
            "*",
        )

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -self._of(other)

    def __matmul__(self, other):
        return Tensor(
            self.data @ other.data, (self, other), lambda d: (d @ other.data.T, self.data.T @ d), "@"
        )

    def sum(self, axis=None, keepdims=False):
        def back(d):
            if axis is not None and not keepdims:
                d = np.expand_dims(d, axis)
            return (np.zeros(self.data.shape) + d,)

        return Tensor(self.data.sum(axis=axis, keepdims=keepdims), (self,), back, "sum")

    def relu(self):
        return Tensor(
            np.maximum(self.data, 0.01 * self.data),
            (self,),
            lambda d: (d * np.where(self.data > 0, 1, 0.01),),
            "relu",
        )

    def backward(self):
        self.grad = np.ones_like(self.data)
        for node in autograd.topological_order(self)[::-1]:
            if node.pullback:
                for p, s in zip(node.parents, node.pullback(node.grad), strict=True):
                    p.grad = p.grad + s
