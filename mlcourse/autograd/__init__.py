"""Automatic differentiation: the computational graph of numbers or of arrays, forward and backward."""

from mlcourse.autograd.graph import Node, TensorNode, topological_order, trace, trace_shapes
from mlcourse.autograd.tensor import Tensor
from mlcourse.autograd.unbroadcast import unbroadcast
from mlcourse.autograd.value import Value

__all__ = [
    "Node",
    "Tensor",
    "TensorNode",
    "Value",
    "topological_order",
    "trace",
    "trace_shapes",
    "unbroadcast",
]
