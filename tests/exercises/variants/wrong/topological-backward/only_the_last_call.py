# named: inputs-reset
import math


class Value:
    def __init__(self, data, parents=(), local_derivatives=()):
        self.data, self.grad, self.parents, self.local_derivatives = data, 0.0, parents, local_derivatives

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, (self,), (1 - y * y,))

    def backward(self):
        order, done, stack = [], set(), [self]
        while stack:
            waiting = [parent for parent in stack[-1].parents if parent not in done]
            if waiting:
                stack.append(waiting[0])
            else:
                node = stack.pop()
                order.append(node)
                done.add(node)
                node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.local_derivatives, strict=True):
                parent.grad += slope * node.grad
