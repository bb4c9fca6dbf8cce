"""Automatic differentiation of scalars: the computational graph, forward and backward."""

from mlcourse.autograd.graph import Node, topological_order, trace
from mlcourse.autograd.value import Value

__all__ = ["Node", "Value", "topological_order", "trace"]
