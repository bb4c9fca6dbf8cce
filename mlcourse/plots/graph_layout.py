"""Where to put the nodes of a computational graph: columns from inputs to output, few crossings.

The layered method of Sugiyama, Tagawa and Toda (1981), in its simplest form: columns by longest path, long
edges cut into steps of one column, and each column sorted by the mean position of its neighbours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Point = tuple[float, float]


@dataclass(frozen=True)
class Edge:
    """An edge and the points it passes through, from its parent to its child (both included)."""

    parent: int
    child: int
    which: int
    """Place of the parent among the child's parents."""
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Layout:
    """Positions in units of columns (x, from 0) and rows (y, around 0)."""

    nodes: tuple[Point, ...]
    edges: tuple[Edge, ...]


def layout(nodes: Sequence[Mapping[str, Any]]) -> Layout:
    """Lay out a graph.

    Parameters
    ----------
    nodes : sequence of dict
        In topological order, each with ``parents``: as from `mlcourse.autograd.trace`.

    Returns
    -------
    Layout

    Raises
    ------
    ValueError
        If a node has a parent that does not stand before it.
    """
    parents = [list(node["parents"]) for node in nodes]
    for child, mine in enumerate(parents):
        if any(not 0 <= parent < child for parent in mine):
            raise ValueError(f"nodes: expected the parents of node {child} to stand before it, found {mine}")
    column = _columns(parents)

    # From here on, "places" are the nodes and the bends of long edges; every link spans one column.
    place_column = list(column)
    links: list[tuple[int, int]] = []
    chains: dict[tuple[int, int], list[int]] = {}
    for child, mine in enumerate(parents):
        for which, parent in enumerate(mine):
            bends = range(len(place_column), len(place_column) + column[child] - column[parent] - 1)
            place_column += range(column[parent] + 1, column[child])
            chain = [parent, *bends, child]
            chains[child, which] = chain
            links += pairwise(chain)
    y = _rows(place_column, links)
    points = list(zip(map(float, place_column), y, strict=True))
    edges = [
        Edge(chain[0], child, which, tuple(points[place] for place in chain))
        for (child, which), chain in chains.items()
    ]
    return Layout(tuple(points[: len(nodes)]), tuple(edges))


def _columns(parents: list[list[int]]) -> list[int]:
    """Longest path from an input; an input itself goes right before the first that uses it."""
    column = [0] * len(parents)
    for child, mine in enumerate(parents):
        column[child] = 1 + max((column[parent] for parent in mine), default=-1)
    for node, mine in enumerate(parents):
        children = [column[child] for child, its in enumerate(parents) if node in its]
        if not mine and children:
            column[node] = min(children) - 1
    return column


def _rows(column: list[int], links: list[tuple[int, int]]) -> list[float]:
    """Vertical position of every place: at the mean of its neighbours, at least 1 apart within a column."""
    count = max(column, default=0) + 1
    members: list[list[int]] = [
        [place for place in range(len(column)) if column[place] == c] for c in range(count)
    ]
    left: list[list[int]] = [[] for _ in column]
    right: list[list[int]] = [[] for _ in column]
    for a, b in links:
        right[a].append(b)
        left[b].append(a)
    y = [0.0] * len(column)
    for places in members:
        _spread(places, y, {place: -float(index) for index, place in enumerate(places)})
    for _ in range(8):
        for order, neighbours in ((range(count), left), (range(count - 1, -1, -1), right)):
            for c in order:
                wish = {
                    p: sum(y[n] for n in neighbours[p] or [p]) / len(neighbours[p] or [p]) for p in members[c]
                }
                members[c].sort(key=lambda place: -wish[place])
                _spread(members[c], y, wish)
    return y


def _spread(places: list[int], y: list[float], wish: dict[int, float]) -> None:
    """Set y to the wishes, from the top down and at least 1 apart, without moving the column as a whole."""
    for index, place in enumerate(places):
        y[place] = wish[place] if index == 0 else min(wish[place], y[places[index - 1]] - 1)
    shift = sum(wish[place] - y[place] for place in places) / max(1, len(places))
    for place in places:
        y[place] += shift
