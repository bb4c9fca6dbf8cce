import math


class Value:
    def __init__(self, data, f=None, parents=()):
        self.data, self.f, self.parents, self.grad = data, f, parents, 0.0

    @staticmethod
    def make(f, *parents):
        parents = tuple(p if isinstance(p, Value) else Value(p) for p in parents)
        return Value(f(*(p.data for p in parents)), f, parents)

    def __add__(self, other):
        return Value.make(lambda a, b: a + b, self, other)

    def __mul__(self, other):
        return Value.make(lambda a, b: a * b, self, other)

    def tanh(self):
        return Value.make(math.tanh, self)

    def nodes(self):
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.append(node)
                waiting += node.parents
        return found

    def value(self, known):
        if id(self) not in known:
            known[id(self)] = self.f(*(p.value(known) for p in self.parents)) if self.f else self.data
        return known[id(self)]

    def backward(self):
        for node in self.nodes():
            plus, minus = (self.value({id(node): node.data + s}) for s in (1e-6, -1e-6))
            node.grad += (plus - minus) / 2e-6
