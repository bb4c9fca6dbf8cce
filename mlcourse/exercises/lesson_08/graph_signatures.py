"""Comparing graphs that were listed as nodes: a graph may be listed in several orders.

Nodes are recognised by their values, so that the values in a graph have to differ.
"""

from itertools import zip_longest
from typing import Any

import numpy as np

Node = dict[str, Any]
Signature = tuple[str, list[float]]
"""A node: its operation, and numbers that do not depend on the order of the list."""

_KEYS = ("operation", "value", "gradient", "parents", "local_derivatives")


def malformed(nodes: Any) -> str:
    """What is missing for this to be a list of nodes; empty if nothing."""
    if type(nodes) not in (list, tuple):
        return "labelled_graph does not return a list of dicts."
    for index, node in enumerate(nodes):
        if type(node) is not dict:
            return f"nodes[{index}] is not a dict."
        missing = [key for key in _KEYS if key not in node]
        if missing:
            return f"nodes[{index}] has no key {missing[0]!r}."
    return ""


def _items(value: Any) -> list[Any]:
    """Items of a list, with numbers of NumPy's as numbers of Python's."""
    if isinstance(value, np.ndarray):
        return list(np.atleast_1d(value).tolist())
    items = value if isinstance(value, list | tuple) else []
    return [item.item() if isinstance(item, np.ndarray) and item.size == 1 else item for item in items]


def signatures(nodes: list[Node]) -> list[Signature]:
    """Each node in numbers that do not depend on the order of the list; sorted.

    Value, gradient, whether its parents come before it, and for each parent what is said of it.
    """
    found = []
    for place, node in enumerate(nodes):
        parents, slopes = _items(node["parents"]), _items(node["local_derivatives"])
        before = all(type(parent) is int and parent < place for parent in parents)
        said = [*sorted(_parent(nodes, *pair) for pair in zip_longest(parents, slopes))]
        numbers = [float(node["value"]), float(node["gradient"]), float(before), *np.ravel(said)]
        found.append((str(node["operation"]), numbers))
    return sorted(found, key=lambda signature: (round(signature[1][0], 6), signature))


def _parent(nodes: list[Node], parent: Any, slope: Any) -> tuple[float, float, float, float]:
    """Kind of the reference (0 for a place in the list), value of the parent, local derivative, gradient."""
    slope = np.inf if slope is None else float(slope)
    if type(parent) is int and 0 <= parent < len(nodes):
        return 0, float(nodes[parent]["value"]), slope, float(nodes[parent]["gradient"])
    return (1, float(parent), slope, 0) if type(parent) in (int, float) else (2, 0, slope, 0)


def _edges(numbers: list[float]) -> np.ndarray:
    """What a signature says of the parents but for their gradients, which are their own matter."""
    return np.reshape(numbers[3:], (-1, 4))[:, :3]


def same(ours: list[Signature], theirs: list[Signature]) -> bool:
    """Whether two graphs have the same nodes with the same parents."""
    return len(ours) == len(theirs) and all(
        a[0] == b[0] and len(a[1]) == len(b[1]) and np.allclose(a[1], b[1], rtol=1e-6, atol=1e-9)
        for a, b in zip(ours, theirs, strict=True)
    )


def first_difference(nodes: list[Signature], right: list[Signature]) -> str:
    """How a graph differs from the right one, in a sentence."""
    if len(nodes) != len(right):
        return f"Your list has {len(nodes)} nodes, expected {len(right)}: every node of the graph once."
    for (ours, found), (theirs, wanted) in zip(nodes, right, strict=True):
        if not np.isclose(found[0], wanted[0]):
            return f"No node of your list has the value {wanted[0]:.6g}."
        where = f"The node with the value {wanted[0]:.6g}"
        if ours != theirs:
            return f"{where} has the operation {ours!r}, expected {theirs!r}."
        if not np.isclose(found[1], wanted[1]):
            return f"{where} has the gradient {found[1]:.6g}, expected {wanted[1]:.6g}."
        if not found[2]:
            return (
                f"{where} does not come behind all of its parents, or its parents are not places in the list."
            )
        if len(found) != len(wanted) or not np.allclose(_edges(found), _edges(wanted)):
            return f"{where} has other parents or local derivatives than expected."
    return "Your list is not the graph that was asked for."
