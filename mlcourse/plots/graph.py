"""A computational graph as a picture: values and gradients on the nodes, local derivatives on the edges."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.text import Text

from mlcourse.plots import palette
from mlcourse.plots.graph_layout import Edge, layout
from mlcourse.plots.style import INK, axes

VALUE, GRADIENT, LOCAL = palette.BLUE, palette.DARK_RED, palette.DARK_GREEN
OPERATIONS = {"*": "×", "-": "−", "/": "÷", "sigmoid": "σ"}

# All lengths in inches: text has a fixed size, so boxes and gaps must have one too.
COLUMN, ROW = 2.1, 0.92
STRAIGHT = 0.56  # the end of an edge, which carries its local derivative
WIDTH, HEIGHT = 1.14, 0.64


class GraphPicture:
    """The drawing of a graph, with its parts at hand, so that an explorer can show and hide them.

    Parameters
    ----------
    nodes : sequence of dict
        As from `mlcourse.autograd.trace`.
    ax : Axes, optional
        Where to draw; a new figure of fitting size if not given.

    Attributes
    ----------
    ax : Axes
        Its data units are inches on a figure of its own.
    boxes, titles, values, gradients : list
        Artists of each node, in the order of `nodes`.
    arrows, local_derivatives : dict of (child, which) to artist
        Artists of the edge from the child's parent number `which`.
    """

    def __init__(self, nodes: Sequence[Mapping[str, Any]], ax: Axes | None = None) -> None:
        if not nodes:
            raise ValueError("nodes: expected at least one node, found none")
        places = layout(nodes)
        x = [column * COLUMN for column, _ in places.nodes]
        y = [row * ROW for edge in places.edges for _, row in edge.points] or [0.0]
        left, right = -WIDTH / 2 - 0.1, max(x) + WIDTH / 2 + 0.1
        bottom, top = min(y) - HEIGHT / 2 - 0.42, max(y) + HEIGHT / 2 + 0.1
        self.ax = ax = axes(ax, max(right - left, 4.6), top - bottom)
        ax.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
        ax.set_axis_off()

        self.boxes: list[FancyBboxPatch] = []
        self.titles: list[Text] = []
        self.values: list[Text] = []
        self.gradients: list[Text] = []
        for node, (column, row) in zip(nodes, places.nodes, strict=True):
            self._draw_node(node, column * COLUMN, row * ROW)
        self.arrows: dict[tuple[int, int], FancyArrowPatch] = {}
        self.local_derivatives: dict[tuple[int, int], Text] = {}
        ports = _ports(places.edges)
        for edge in places.edges:
            local = nodes[edge.child]["local_derivatives"][edge.which]
            self._draw_edge(edge, ports[edge.child, edge.which], local)
        self._draw_key(left + 0.1, bottom + 0.1)

    def _draw_node(self, node: Mapping[str, Any], x: float, y: float) -> None:
        is_input = not node["parents"]
        box = FancyBboxPatch(
            (x - WIDTH / 2 + 0.06, y - HEIGHT / 2 + 0.06),
            WIDTH - 0.12,
            HEIGHT - 0.12,
            boxstyle="round,pad=0.06" if not is_input else "square,pad=0.06",
            facecolor="white" if not is_input else "#EEF5FA",
            edgecolor=INK,
            linewidth=1.2,
            zorder=3,
        )
        self.ax.add_patch(box)
        self.boxes.append(box)
        text: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 4}
        self.titles.append(
            self.ax.text(x, y + 0.2, _title(node), color=INK, fontsize=10, weight="bold", **text)
        )
        value, gradient = f"value {_short(node['value'])}", f"grad {_short(node['gradient'])}"
        self.values.append(self.ax.text(x, y, value, color=VALUE, fontsize=9, **text))
        self.gradients.append(self.ax.text(x, y - 0.19, gradient, color=GRADIENT, fontsize=9, **text))

    def _draw_edge(self, edge: Edge, port: float, local: float) -> None:
        points = [(column * COLUMN, row * ROW) for column, row in edge.points]
        x, y = points[-1][0] - WIDTH / 2, points[-1][1] + port
        points = [(points[0][0] + WIDTH / 2, points[0][1]), *points[1:-1], (x - STRAIGHT, y)]
        vertices, codes = [points[0]], [Path.MOVETO]
        for (x0, y0), (x1, y1) in pairwise(points):
            middle = (x0 + x1) / 2
            vertices += [(middle, y0), (middle, y1), (x1, y1)]
            codes += [Path.CURVE4] * 3
        path = Path([*vertices, (x, y)], [*codes, Path.LINETO])
        arrow = FancyArrowPatch(path=path, arrowstyle="-|>", mutation_scale=11, color=INK, zorder=2)
        self.ax.add_patch(arrow)
        key = edge.child, edge.which
        self.arrows[key] = arrow
        self.local_derivatives[key] = self.ax.text(
            x - 0.6 * STRAIGHT,
            y,
            _short(local),
            color=LOCAL,
            fontsize=9,
            style="italic",
            ha="center",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            zorder=2.5,
        )

    def _draw_key(self, x: float, y: float) -> None:
        """Explain the three colours, in words of the same colours."""
        entries = (("value", VALUE, "normal"), ("gradient of the output", GRADIENT, "normal"))
        for words, color, style in (*entries, ("local derivative (on the edge)", LOCAL, "italic")):
            self.ax.text(x, y, words, color=color, style=style, fontsize=8, va="center")
            x += 0.075 * len(words) + 0.12


def draw_graph(nodes: Sequence[Mapping[str, Any]], ax: Axes | None = None) -> Axes:
    """Draw a computational graph.

    Parameters
    ----------
    nodes : sequence of dict
        As from `mlcourse.autograd.trace`: in topological order, with ``label``, ``operation``, ``value``,
        ``gradient``, ``parents`` and ``local_derivatives``.
    ax : Axes, optional
        Where to draw; a new figure of fitting size if not given.

    Returns
    -------
    Axes
    """
    return GraphPicture(nodes, ax).ax


def _title(node: Mapping[str, Any]) -> str:
    label, operation = node["label"], node["operation"]
    operation = OPERATIONS.get(operation, operation)
    if operation.startswith("**"):
        operation = f"power {operation[2:]}"
    if label and operation:
        return f"{label}   [{operation}]"
    return label or operation or "constant"


def _short(number: float) -> str:
    """Three significant digits, with a true minus sign, and none for -0."""
    return f"{number + 0.0:.3g}".replace("-", "−")


def _ports(edges: Sequence[Edge]) -> dict[tuple[int, int], float]:
    """Where each edge meets its child's left side, relative to the middle: in the order they come from."""
    ports = {}
    for child in {edge.child for edge in edges}:
        mine = sorted((edge for edge in edges if edge.child == child), key=lambda edge: -edge.points[-2][1])
        for index, edge in enumerate(mine):
            ports[child, edge.which] = ((len(mine) - 1) / 2 - index) * min(0.26, 0.5 / len(mine))
    return ports
