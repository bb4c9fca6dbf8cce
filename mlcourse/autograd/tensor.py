"""An array that remembers how it was computed: `Value`, with arrays in place of numbers."""

from collections.abc import Callable
from typing import Any, Union

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlcourse.autograd import rules
from mlcourse.autograd.graph import topological_order

Array = NDArray[np.floating]
Operand = Union["Tensor", ArrayLike]


class Tensor:
    """Node of a computational graph: an array, its gradient, and where it came from.

    Parameters
    ----------
    data : array
        Its entries, not copied. Whole numbers become float64; float32 stays float32.
    parents : tuple of Tensor
        What it was computed from; empty for an input.
    pullback : callable, optional
        Function from the gradient along this array to the gradients along its parents, one for each; as in
        `mlcourse.autograd.rules`.
    operation : str
        How it was computed, such as ``"@"``, for drawings.
    label : str
        Its name, for drawings; may be set later.

    Attributes
    ----------
    grad : ndarray
        Gradient of the output on which `backward` was called with respect to this array, of the same shape.

    Raises
    ------
    ValueError
        If `data` holds anything but real numbers.
    """

    __slots__ = ("data", "grad", "label", "operation", "parents", "pullback")
    __array_ufunc__ = None  # so that `array * tensor` is left to the tensor

    def __init__(
        self,
        data: ArrayLike,
        parents: tuple["Tensor", ...] = (),
        pullback: Callable[[Array], tuple[Array, ...]] | None = None,
        operation: str = "",
        label: str = "",
    ) -> None:
        if isinstance(data, Tensor):
            raise ValueError("data: expected an array, found a Tensor")
        if parents and pullback is None:
            raise ValueError("pullback: expected a function, since there are parents, found None")
        array = np.asarray(data)
        if array.dtype.kind not in "biuf":
            raise ValueError(f"data: expected real numbers, found {_found(data, array)}")
        self.data: Array = array if np.issubdtype(array.dtype, np.floating) else array.astype(float)
        self.grad: Any = np.zeros(self.data.shape, self.data.dtype)
        self.parents = parents
        self.pullback = pullback
        self.operation = operation
        self.label = label

    def __repr__(self) -> str:
        name = f", label={self.label!r}" if self.label else ""
        made = f", operation={self.operation!r}" if self.operation else ""
        return f"Tensor(shape={self.shape}{made}{name})"

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the array."""
        return self.data.shape

    def backward(self) -> None:
        """Set `grad` throughout the graph: the gradient of this tensor's one entry along each array.

        As with `Value`, gradients of inputs add up over calls; set them to 0 to start afresh.

        Raises
        ------
        ValueError
            If there are several entries: which of them is meant is not said.
        """
        if self.data.size != 1:
            raise ValueError(
                f"backward: expected a tensor with one entry, found shape {self.shape}: sum it first"
            )
        nodes = topological_order(self)
        for node in nodes:
            if node.parents or node.grad is None:  # None, as PyTorch's users reset it
                node.grad = np.zeros(node.shape, node.data.dtype)
        self.grad += np.ones(self.shape, self.data.dtype)
        for node in reversed(nodes):
            if node.pullback is not None:
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad += share

    def __add__(self, other: Operand) -> "Tensor":
        return self._made("+", rules.add, other)

    def __sub__(self, other: Operand) -> "Tensor":
        return self._made("-", rules.subtract, other)

    def __mul__(self, other: Operand) -> "Tensor":
        return self._made("*", rules.multiply, other)

    def __matmul__(self, other: Operand) -> "Tensor":
        return self._made("@", rules.matmul, other)

    def __neg__(self) -> "Tensor":
        return self * -1

    def __radd__(self, other: ArrayLike) -> "Tensor":
        return self._tensor(other) + self

    def __rsub__(self, other: ArrayLike) -> "Tensor":
        return self._tensor(other) - self

    def __rmul__(self, other: ArrayLike) -> "Tensor":
        return self._tensor(other) * self

    def __rmatmul__(self, other: ArrayLike) -> "Tensor":
        return self._tensor(other) @ self

    def sum(self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> "Tensor":
        """Sum over one axis or several, or over all entries."""
        return self._unary("sum", rules.total(self.data, axis, keepdims))

    def relu(self) -> "Tensor":
        """max(x, 0) entry by entry, with derivative 0 at the kink."""
        return self._unary("relu", rules.relu(self.data))

    def log_softmax(self, axis: int = 0) -> "Tensor":
        """Logarithms of the softmax over one axis; by default that of the classes."""
        return self._unary("log_softmax", rules.log_softmax(self.data, axis))

    def _made(self, operation: str, rule: Callable[[Array, Array], rules.Rule], other: Operand) -> "Tensor":
        other = other if isinstance(other, Tensor) else self._tensor(other)
        data, pullback = rule(self.data, other.data)
        return Tensor(data, (self, other), pullback, operation)

    def _unary(self, operation: str, made: rules.Rule) -> "Tensor":
        data, pullback = made
        return Tensor(data, (self,), pullback, operation)

    def _tensor(self, other: ArrayLike) -> "Tensor":
        """A plain number or array as a tensor; a number of Python's does not turn float32 into float64."""
        return Tensor(np.asarray(other, self.data.dtype) if isinstance(other, int | float) else other)


def _found(data: Any, array: Any) -> str:
    """What is no array of numbers, in words."""
    if array.ndim == 0:
        return type(data).__name__
    return f"an array of {'objects' if array.dtype.kind == 'O' else array.dtype}"
