"""Walking a computational graph."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, TypeVar

if TYPE_CHECKING:
    from mlcourse.autograd.tensor import Tensor
    from mlcourse.autograd.value import Value


class HasParents(Protocol):
    """What a node must have to be walked over."""

    @property
    def parents(self) -> Sequence[Any]:
        """Nodes that it was computed from."""


Walked = TypeVar("Walked", bound=HasParents)


class Node(TypedDict):
    """A node as plain data, for drawings and for comparison with the learner's own graph."""

    label: str
    operation: str
    value: float
    gradient: float
    parents: list[int]
    local_derivatives: list[float]


class TensorNode(TypedDict):
    """A node that is an array, as plain data: shapes, for drawings."""

    label: str
    operation: str
    shape: tuple[int, ...]
    parents: list[int]


def topological_order(output: Walked) -> list[Walked]:
    """Every node that `output` depends on, and itself: each once, parents before what is computed from them.

    Depth-first search with a stack of its own: a graph may be deeper than Python's recursion limit.

    Parameters
    ----------
    output : Value or Tensor
        Any object with ``parents`` will do.

    Returns
    -------
    list of Value or Tensor
        The last is `output`.
    """
    order: list[Walked] = []
    seen: set[int] = set()
    stack = [(output, iter(output.parents))]
    while stack:
        node, parents = stack[-1]
        for parent in parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                stack.append((parent, iter(parent.parents)))
                break
        else:  # all of its parents are in order already
            order.append(node)
            stack.pop()
    return order


def trace(output: "Value") -> list[Node]:
    """Describe the graph of `output` as plain data.

    Returns
    -------
    list of dict
        In topological order, each with ``label``, ``operation``, ``value``, ``gradient``, ``parents``
        (indices into this list) and ``local_derivatives`` (one for each parent).
    """
    order = topological_order(output)
    index = {id(node): position for position, node in enumerate(order)}
    return [
        {
            "label": node.label,
            "operation": node.operation,
            "value": node.data,
            "gradient": node.grad,
            "parents": [index[id(parent)] for parent in node.parents],
            "local_derivatives": list(node.local_derivatives),
        }
        for node in order
    ]


def trace_shapes(output: "Tensor") -> list[TensorNode]:
    """Describe the graph of a tensor as plain data.

    Returns
    -------
    list of dict
        In topological order, each with ``label``, ``operation``, ``shape`` and ``parents`` (indices into this
        list). A gradient has the shape of its node.
    """
    order = topological_order(output)
    index = {id(node): position for position, node in enumerate(order)}
    return [
        {
            "label": node.label,
            "operation": node.operation,
            "shape": node.shape,
            "parents": [index[id(parent)] for parent in node.parents],
        }
        for node in order
    ]
