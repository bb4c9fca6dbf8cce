import math


class Value:
    def __init__(self, data):
        self.data, self.grad, self._backward = data, 0.0, lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data)

        def backward():
            self.grad = out.grad + (self.grad if self is other else 0)
            other.grad = out.grad + (out.grad if self is other else 0)

        out._backward = backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data)

        def backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = backward
        return out

    def tanh(self):
        out = Value(math.tanh(self.data))

        def backward():
            self.grad += (1 - out.data**2) * out.grad

        out._backward = backward
        return out
