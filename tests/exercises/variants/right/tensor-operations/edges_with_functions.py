import numpy as np


def unbroadcast(gradient, shape):
    new = gradient.ndim - len(shape)
    axes = tuple(range(new)) + tuple(new + i for i, n in enumerate(shape) if n == 1)
    return gradient.sum(axis=axes).reshape(shape)


class Tensor:
    """None until something arrives; counts how many shares are still to come."""

    def __init__(self, data, edges=()):
        self.data, self.grad, self.edges = np.array(data, float), None, list(edges)

    @property
    def shape(self):
        return self.data.shape

    def __add__(self, other):
        same = lambda d: d  # noqa: E731
        return Tensor(self.data + other.data, [(self, same), (other, same)])

    def __mul__(self, other):
        return Tensor(
            self.data * other.data, [(self, lambda d: d * other.data), (other, lambda d: d * self.data)]
        )

    def __matmul__(self, other):
        return Tensor(
            self.data @ other.data, [(self, lambda d: d @ other.data.T), (other, lambda d: self.data.T @ d)]
        )

    def sum(self, axis=None):
        def back(d):
            d = d if axis is None else np.expand_dims(d, axis)
            return d + np.zeros(self.shape)

        return Tensor(np.sum(self.data, axis), [(self, back)])

    def relu(self):
        return Tensor(self.data.clip(min=0), [(self, lambda d: np.where(self.data > 0, d, 0.0))])

    def backward(self):
        waiting, stack, seen = {}, [self], {self}
        while stack:
            for parent, _ in stack.pop().edges:
                waiting[parent] = waiting.get(parent, 0) + 1
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
        ready = [(self, np.ones(self.shape))]
        arrived = {}
        while ready:
            node, gradient = ready.pop()
            node.grad = gradient if node.grad is None else node.grad + gradient
            for parent, back in node.edges:
                share = unbroadcast(np.asarray(back(gradient)), parent.shape)
                arrived[parent] = arrived.get(parent, 0) + share
                waiting[parent] -= 1
                if not waiting[parent]:
                    ready.append((parent, arrived.pop(parent)))
