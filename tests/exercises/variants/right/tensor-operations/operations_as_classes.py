import numpy as np


class Add:
    def forward(self, a, b):
        self.shapes = a.shape, b.shape
        return a + b

    def backward(self, d):
        return [fold(d, shape) for shape in self.shapes]


class Mul:
    def forward(self, a, b):
        self.saved = a, b
        return a * b

    def backward(self, d):
        a, b = self.saved
        return fold(d * b, a.shape), fold(d * a, b.shape)


class MatMul:
    def forward(self, a, b):
        self.saved = a, b
        return a.dot(b)

    def backward(self, d):
        a, b = self.saved
        return d.dot(b.T), a.T.dot(d)


class Sum:
    def __init__(self, axis):
        self.axis = axis

    def forward(self, a):
        self.shape = a.shape
        return a.sum(axis=self.axis)

    def backward(self, d):
        kept = () if self.axis is None else (self.axis,)
        for axis in kept:
            d = np.expand_dims(d, axis)
        return [np.ones(self.shape) * d]


class ReLU:
    def forward(self, a):
        self.open = (a > 0).astype(float)
        return a * self.open

    def backward(self, d):
        return [d * self.open]


def fold(d, shape):
    extra = np.ndim(d) - len(shape)
    d = np.sum(d, axis=tuple(range(extra)))
    return np.sum(d, axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)


class Tensor:
    def __init__(self, data, made_by=None, inputs=()):
        self.data = np.array(data, dtype=float)
        self.grad = np.zeros(self.data.shape)
        self.made_by, self.inputs = made_by, inputs

    def _apply(self, operation, *others):
        inputs = (self, *others)
        return Tensor(operation.forward(*(t.data for t in inputs)), operation, inputs)

    def __add__(self, other):
        return self._apply(Add(), other)

    def __mul__(self, other):
        return self._apply(Mul(), other)

    def __matmul__(self, other):
        return self._apply(MatMul(), other)

    def sum(self, axis=None):
        return self._apply(Sum(axis))

    def relu(self):
        return self._apply(ReLU())

    def backward(self):
        order, seen = [], set()

        def visit(t):
            if id(t) in seen:
                return
            seen.add(id(t))
            for i in t.inputs:
                visit(i)
            order.append(t)

        visit(self)
        self.grad = np.ones(self.data.shape)
        while order:
            t = order.pop()
            if t.made_by:
                for i, share in zip(t.inputs, t.made_by.backward(t.grad), strict=True):
                    i.grad = i.grad + share
