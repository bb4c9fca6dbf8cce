"""Reference of tensor-operations: an array that remembers how it was computed."""

from collections.abc import Callable

import numpy as np

from mlcourse.autograd import topological_order
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.lesson_09.matmul_backward import matmul_backward
from mlcourse.exercises.lesson_09.unbroadcast import unbroadcast


class Tensor:
    """An array, its slopes, what it was computed from, and the way back to that."""

    def __init__(
        self,
        data: Array,
        parents: tuple["Tensor", ...] = (),
        pullback: Callable[[Array], tuple[Array, ...]] | None = None,
        operation: str = "",
    ) -> None:
        self.data: Array = np.array(data, dtype=float)
        self.grad: Array = np.zeros(self.data.shape)
        self.parents, self.pullback, self.operation = parents, pullback, operation

    def __add__(self, other: "Tensor") -> "Tensor":
        def pullback(dC: Array) -> tuple[Array, ...]:
            dA = unbroadcast(dC, self.data.shape)
            dB = unbroadcast(dC, other.data.shape)
            return dA, dB

        return Tensor(self.data + other.data, (self, other), pullback, "+")

    def __mul__(self, other: "Tensor") -> "Tensor":
        def pullback(dC: Array) -> tuple[Array, ...]:
            dA = unbroadcast(dC * other.data, self.data.shape)
            dB = unbroadcast(dC * self.data, other.data.shape)
            return dA, dB

        return Tensor(self.data * other.data, (self, other), pullback, "*")

    def __matmul__(self, other: "Tensor") -> "Tensor":
        def pullback(dC: Array) -> tuple[Array, ...]:
            return matmul_backward(self.data, other.data, dC)

        return Tensor(self.data @ other.data, (self, other), pullback, "@")

    def sum(self, axis: int | None = None) -> "Tensor":
        """Over one axis, or over all."""

        def pullback(dC: Array) -> tuple[Array, ...]:
            if axis is not None:
                dC = np.expand_dims(dC, axis)
            return (np.broadcast_to(dC, self.data.shape),)

        return Tensor(self.data.sum(axis=axis), (self,), pullback, "sum")

    def relu(self) -> "Tensor":
        """Entry by entry."""
        gate = self.data > 0

        def pullback(dC: Array) -> tuple[Array, ...]:
            return (dC * gate,)

        return Tensor(np.maximum(self.data, 0), (self,), pullback, "relu")

    def backward(self) -> None:
        """Slope of the one entry along all that it depends on; those of inputs add up over calls."""
        self.grad = np.ones(self.data.shape)
        for node in reversed(topological_order(self)):
            if node.parents:
                assert node.pullback is not None
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad = parent.grad + share
