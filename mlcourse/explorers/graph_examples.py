"""The graphs that the course steps through: each is rebuilt from its inputs when one of them is moved."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mlcourse.explorers.settings import Number


@dataclass(frozen=True)
class Example:
    """A named graph.

    Attributes
    ----------
    title : str
        Heading of the explorer.
    nodes : callable
        ``nodes(**inputs)``: the graph as `mlcourse.autograd.trace` describes it.
    inputs : mapping of str to Number
        What can be moved; ``upstream`` is the gradient that arrives at the output, and not given to `nodes`.
    """

    title: str
    nodes: Callable[..., list[dict[str, Any]]]
    inputs: Mapping[str, Number] = field(default_factory=dict)


def _node(
    label: str,
    operation: str,
    value: float,
    parents: tuple[int, ...] = (),
    local_derivatives: tuple[float, ...] = (),
) -> dict[str, Any]:
    return {
        "label": label,
        "operation": operation,
        "value": value,
        "gradient": 0.0,
        "parents": list(parents),
        "local_derivatives": list(local_derivatives),
    }


def _square(x: float) -> list[dict[str, Any]]:
    """Of y = (2x + 3)² by way of p = 2x and s = p + 3."""
    p = 2 * x
    s = p + 3
    return [
        _node("", "", 2.0),
        _node("x", "", x),
        _node("p", "*", p, (0, 1), (x, 2.0)),
        _node("", "", 3.0),
        _node("s", "+", s, (2, 3), (1.0, 1.0)),
        _node("y", "**2", s**2, (4,), (2 * s,)),
    ]


def _two_paths(t: float) -> list[dict[str, Any]]:
    """Of z = x y with x = 3t and y = t²: two paths lead from t to z."""
    x, y = 3 * t, t**2
    return [
        _node("", "", 3.0),
        _node("t", "", t),
        _node("x", "*", x, (0, 1), (t, 3.0)),
        _node("y", "**2", y, (1,), (2 * t,)),
        _node("z", "*", x * y, (2, 3), (y, x)),
    ]


def _neuron(b: float) -> list[dict[str, Any]]:
    """Of y = σ(w · x + b) with two inputs."""
    x1, x2, w1, w2 = 2.0, 4.0, 0.7, -0.6
    p1, p2 = w1 * x1, w2 * x2
    z = p1 + p2 + b
    y = 1 / (1 + math.exp(-z))
    return [
        _node("x1", "", x1),
        _node("w1", "", w1),
        _node("x2", "", x2),
        _node("w2", "", w2),
        _node("b", "", b),
        _node("p1", "*", p1, (1, 0), (x1, w1)),
        _node("p2", "*", p2, (3, 2), (x2, w2)),
        _node("z", "+", z, (5, 6, 4), (1.0, 1.0, 1.0)),
        _node("y", "sigmoid", y, (7,), (y * (1 - y),)),
    ]


EXAMPLES = {
    "square": Example("y = (2x + 3)², step by step", _square, {"x": Number("Input x", 5.0, -10, 10, 0.5)}),
    "two-paths": Example(
        "z = x · y with x = 3t and y = t²: two paths from t",
        _two_paths,
        {"t": Number("Input t", 2.0, -3, 3, 0.5)},
    ),
    "neuron": Example(
        "A neuron: y = σ(w · x + b)",
        _neuron,
        {
            "b": Number("Bias b", 1.5, -5, 5, 0.5),
            "upstream": Number("Upstream gradient dy", 1.0, -4, 4, 0.5),
        },
    ),
}
