from dataclasses import dataclass, field
from math import cosh, tanh


@dataclass(eq=False)
class Value:
    data: float
    parents: list = field(default_factory=list)
    local_derivatives: list = field(default_factory=list)
    operation: str = ""
    label: str = ""
    grad: float = 0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, [self, other], [1, 1], "+")

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, [self, other], [other.data, self.data], "*")

    def tanh(self):
        return Value(tanh(self.data), [self], [1 / cosh(self.data) ** 2], "tanh")

    def propagate(self):
        for i, parent in enumerate(self.parents):
            parent.grad += self.grad * self.local_derivatives[i]
