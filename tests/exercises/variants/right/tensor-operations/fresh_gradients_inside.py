import numpy as np


class Tensor:
    """Gradients of one pass in a dict by id, added to grad at the end."""

    def __init__(self, data, parents=(), rule=None):
        self.data, self.parents, self.rule = np.asarray(data, dtype=float), parents, rule
        self.grad = np.zeros(np.shape(data))

    def __add__(self, other):
        return Tensor(self.data + other.data, (self, other), lambda d: (d, d))

    def __mul__(self, other):
        return Tensor(self.data * other.data, (self, other), lambda d: (d * other.data, d * self.data))

    def __matmul__(self, other):
        return Tensor(self.data @ other.data, (self, other), lambda d: (d @ other.data.T, self.data.T @ d))

    def sum(self, axis=None):
        def rule(d):
            return (np.broadcast_to(d if axis is None else np.expand_dims(d, axis), self.data.shape),)

        return Tensor(self.data.sum(axis=axis), (self,), rule)

    def relu(self):
        return Tensor(
            abs(self.data) / 2 + self.data / 2, (self,), lambda d: (d * np.maximum(np.sign(self.data), 0),)
        )

    def backward(self):
        order = []

        def walk(node):
            if all(node is not other for other in order):
                for parent in node.parents:
                    walk(parent)
                order.append(node)

        walk(self)
        gradients = {id(node): np.zeros(node.data.shape) for node in order}
        gradients[id(self)] = np.ones(self.data.shape)
        for node in order[::-1]:
            if node.parents:
                for parent, share in zip(node.parents, node.rule(gradients[id(node)]), strict=True):
                    while share.ndim > parent.data.ndim:
                        share = share.sum(0)
                    for axis in range(share.ndim):
                        if parent.data.shape[axis] == 1 < share.shape[axis]:
                            share = share.sum(axis, keepdims=True)
                    gradients[id(parent)] = gradients[id(parent)] + share
        for node in order:
            node.grad = node.grad + gradients[id(node)]
