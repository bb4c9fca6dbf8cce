import math


class Value:
    def __init__(self, data, parents=(), local_derivatives=(), operation="", label=""):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.local_derivatives = local_derivatives
        self.operation = operation
        self.label = label

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data), "*")

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, (self,), (1 - y * y,), "tanh")

    def propagate(self):
        for parent, slope in zip(self.parents, self.local_derivatives, strict=True):
            parent.grad = parent.grad + slope * self.grad

    def backward(self):
        uses, stack = {}, [self]
        while stack:
            for parent in stack.pop().parents:
                if parent not in uses:
                    stack.append(parent)
                uses[parent] = uses.get(parent, 0) + 1
        for node in uses:
            if node.parents:
                node.grad = 0.0
        self.grad, ready = 1.0, [self]
        while ready:
            node = ready.pop()
            node.propagate()
            for parent in node.parents:
                uses[parent] -= 1
                if uses[parent] == 0:
                    ready.append(parent)
