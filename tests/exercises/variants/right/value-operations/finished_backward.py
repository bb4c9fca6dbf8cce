import numpy as np


class Value:
    def __init__(self, data, sources=()):
        self.data, self.grad, self.sources = np.float64(data), 0.0, sources

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def tanh(self):
        return Value(np.tanh(self.data), [(self, np.cosh(self.data) ** -2)])

    def backward(self, gradient=1.0):
        self.grad += gradient
        for source, slope in self.sources:
            source.backward(slope * gradient)
