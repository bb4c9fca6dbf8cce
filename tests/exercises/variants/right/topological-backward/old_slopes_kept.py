import itertools
import math

clock = itertools.count()


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents, self.born = data, 0.0, parents, next(clock)

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, [(self, 1 - y**2)])

    def backward(self):
        found, stack = {self}, [self]
        while stack:
            new = {parent for parent, _ in stack.pop().parents} - found
            found |= new
            stack.extend(new)
        self.grad = 1.0
        for node in sorted(found, key=lambda node: -node.born):
            for parent, slope in node.parents:
                parent.grad += slope * node.grad
