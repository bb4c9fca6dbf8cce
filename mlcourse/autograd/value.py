"""A number that remembers how it was computed, so that derivatives can be taken through it."""

import math
from typing import Union

from mlcourse.autograd.graph import topological_order

Number = Union["Value", float, int]


class Value:
    """Node of a computational graph: a scalar, its derivative, and where it came from.

    Parameters
    ----------
    data : float
        The number itself.
    parents : tuple of Value
        What it was computed from; empty for an input.
    local_derivatives : tuple of float
        Derivative of this number with respect to each parent, at the parents' values.
    operation : str
        How it was computed, such as ``"*"``, for drawings.
    label : str
        Its name, for drawings; may be set later.

    Attributes
    ----------
    grad : float
        Derivative of the output on which `backward` was called with respect to this number.
    """

    __slots__ = ("data", "grad", "label", "local_derivatives", "operation", "parents")

    def __init__(
        self,
        data: float,
        parents: tuple["Value", ...] = (),
        local_derivatives: tuple[float, ...] = (),
        operation: str = "",
        label: str = "",
    ) -> None:
        if isinstance(data, Value):
            raise ValueError("data: expected a number, found a Value")
        if len(parents) != len(local_derivatives):
            raise ValueError(
                f"local_derivatives: expected one for each of {len(parents)} parents, "
                f"found {len(local_derivatives)}"
            )
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.local_derivatives = local_derivatives
        self.operation = operation
        self.label = label

    def __repr__(self) -> str:
        name = f", label={self.label!r}" if self.label else ""
        return f"Value(data={self.data:.6g}, grad={self.grad:.6g}{name})"

    def backward(self) -> None:
        """Set `grad` throughout the graph: the derivative of this number with respect to each node.

        Goes through the nodes from the output back, so that a node's derivative is complete, a sum over all
        paths, before it is passed on. As in PyTorch, inputs add up over calls; set their `grad` to 0 to start
        afresh.
        """
        nodes = topological_order(self)
        for node in nodes:
            if node.parents:
                node.grad = 0.0
        self.grad += 1.0
        for node in reversed(nodes):
            for parent, local_derivative in zip(node.parents, node.local_derivatives, strict=True):
                parent.grad += node.grad * local_derivative

    def __add__(self, other: Number) -> "Value":
        other = _value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def __mul__(self, other: Number) -> "Value":
        other = _value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data), "*")

    def __sub__(self, other: Number) -> "Value":
        other = _value(other)
        return Value(self.data - other.data, (self, other), (1.0, -1.0), "-")

    def __truediv__(self, other: Number) -> "Value":
        other = _value(other)
        quotient = self.data / other.data
        return Value(quotient, (self, other), (1 / other.data, -quotient / other.data), "/")

    def __pow__(self, exponent: float) -> "Value":
        if not isinstance(exponent, int | float):
            raise TypeError(f"exponent: expected a plain number, found {type(exponent).__name__}")
        slope = exponent * self.data ** (exponent - 1) if exponent else 0.0
        return Value(self.data**exponent, (self,), (slope,), f"**{exponent:g}")

    def __neg__(self) -> "Value":
        return Value(-self.data, (self,), (-1.0,), "neg")

    def __radd__(self, other: float) -> "Value":
        return _value(other) + self

    def __rmul__(self, other: float) -> "Value":
        return _value(other) * self

    def __rsub__(self, other: float) -> "Value":
        return _value(other) - self

    def __rtruediv__(self, other: float) -> "Value":
        return _value(other) / self

    def exp(self) -> "Value":
        """Exponential function."""
        y = math.exp(self.data)
        return Value(y, (self,), (y,), "exp")

    def log(self) -> "Value":
        """Natural logarithm.

        Raises
        ------
        ValueError
            If the number is not positive.
        """
        if not self.data > 0:
            raise ValueError(f"log: expected a positive number, found {self.data:g}")
        return Value(math.log(self.data), (self,), (1 / self.data,), "log")

    def tanh(self) -> "Value":
        """Hyperbolic tangent."""
        y = math.tanh(self.data)
        return Value(y, (self,), (1 - y * y,), "tanh")

    def sigmoid(self) -> "Value":
        """Logistic function, without overflow."""
        e = math.exp(-abs(self.data))
        y = (1 if self.data >= 0 else e) / (1 + e)
        return Value(y, (self,), (e / (1 + e) ** 2,), "sigmoid")

    def relu(self) -> "Value":
        """max(x, 0), with derivative 0 at the kink."""
        return Value(max(self.data, 0.0), (self,), (float(self.data > 0),), "relu")


def _value(number: Number) -> Value:
    return number if isinstance(number, Value) else Value(number)
