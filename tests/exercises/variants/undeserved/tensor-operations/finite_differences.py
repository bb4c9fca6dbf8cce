import numpy as np


class Tensor:
    def __init__(self, data, f=None, parents=()):
        self.data, self.f, self.parents = np.asarray(data, float), f, parents
        self.grad = np.zeros(self.data.shape)

    @staticmethod
    def make(f, *parents):
        parents = tuple(p if isinstance(p, Tensor) else Tensor(p) for p in parents)
        return Tensor(f(*(p.data for p in parents)), f, parents)

    def __add__(self, other):
        return Tensor.make(lambda a, b: a + b, self, other)

    def __mul__(self, other):
        return Tensor.make(lambda a, b: a * b, self, other)

    __radd__, __rmul__ = __add__, __mul__

    def __matmul__(self, other):
        return Tensor.make(lambda a, b: a @ b, self, other)

    def relu(self):
        return Tensor.make(lambda a: np.maximum(a, 0), self)

    def sum(self, axis=None):
        return Tensor.make(lambda a: a.sum(axis=axis), self)

    def value(self, known):
        if id(self) not in known:
            known[id(self)] = self.f(*(p.value(known) for p in self.parents)) if self.f else self.data
        return known[id(self)]

    def leaves(self):
        return {self} if self.f is None else set().union(*(p.leaves() for p in self.parents))

    def backward(self):
        for leaf in self.leaves():
            for index in np.ndindex(leaf.data.shape):
                saved = leaf.data[index]
                leaf.data[index] = saved + 1e-5
                plus = self.value({})
                leaf.data[index] = saved - 1e-5
                leaf.grad[index] += (plus - self.value({})) / 2e-5
                leaf.data[index] = saved
