"""The picture of a graph stepper, in CSS pixels: boxes and arrows above, the formula of the step below."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

from mlcourse.explorers.graph_steps import Box, Step
from mlcourse.explorers.matrix_line import MatrixLine
from mlcourse.explorers.stamp import stamp
from mlcourse.plots import palette
from mlcourse.plots.graph_layout import Edge, layout

VALUE, GRADIENT = palette.BLUE, palette.DARK_RED
LOW, HIGH = 68, 86
"""Height of a box; the high ones have the formula on a line of its own."""
WIDEST, NARROWEST = 146, 98
COLUMN = 194
TYPE, SMALLEST = 12.0, 9.5
"""Size of the text in a box, and the size below which a title is cut in two lines instead."""
MARGIN = 16
LINE = 25
COLORS = {"start": palette.QUIET, "forward": VALUE, "backward": GRADIENT}
CAPTIONS = {
    "start": "Start: what is given",
    "forward": "Forward: compute the value from its inputs",
    "backward": "Backward: local derivative × upstream gradient",
}


class GraphView:
    """Artists of a graph, made once; `show` puts a step into them.

    Parameters
    ----------
    boxes : sequence of Box
        The nodes, in topological order.
    steps : sequence of Step
        All that will be shown, so that there is room for the longest formula.

    Attributes
    ----------
    width, height : int
        Size of the picture in CSS pixels; a graph of many columns is wider than the page and is scaled down.
    """

    def __init__(self, boxes: Sequence[Box], steps: Sequence[Step]) -> None:
        self._boxes = boxes
        nodes = [{"parents": box.parents} for box in boxes]
        places = layout(nodes)
        columns = 1 + max(int(x) for x, _ in places.nodes)
        gap = 24 if any(step.matrices for step in steps) else 58  # numbers stand on a scalar graph's arrows
        room = (760 - 2 * MARGIN - gap * (columns - 1)) / columns
        self._box = min(WIDEST, max(NARROWEST, int(room)))
        titles = [_title(box) for box in boxes]
        self._split = any(self._size(title, bold=True) < SMALLEST for title in titles)
        self._high = HIGH if self._split else LOW
        self._row = self._high + 14
        self.width = max(760, 2 * MARGIN + columns * (self._box + gap) - gap)
        self._column = min(COLUMN, (self.width - 2 * MARGIN - self._box) / max(1, columns - 1))
        rows = [y for edge in places.edges for _, y in edge.points] or [0.0]
        lines = max(len(step.lines) for step in steps)
        self._panel = 40 + LINE * lines + (106 if any(step.matrices for step in steps) else 0)
        graph = (max(rows) - min(rows)) * self._row + self._high + 2 * MARGIN
        self.height = round(graph + self._panel + 8)
        left = (self.width - (columns - 1) * self._column) / 2
        bottom = self._panel + 8 + MARGIN + self._high / 2
        self._x = [left + x * self._column for x, _ in places.nodes]
        self._y = [bottom + (y - min(rows)) * self._row for _, y in places.nodes]
        self._edges = [(edge, self._path(edge, left, bottom, min(rows))) for edge in places.edges]

    def build(self, figure: Figure) -> Sequence[Artist]:
        """Draw what stays, and return what moves."""
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, self.width), ylim=(0, self.height))
        ax.set_axis_off()
        for _, path in self._edges:
            ax.add_patch(
                FancyArrowPatch(
                    path=path, arrowstyle="-|>", mutation_scale=11, color=palette.QUIET, linewidth=1
                )
            )
        for i, box in enumerate(self._boxes):
            self._draw_box(ax, i, box)
        ax.add_patch(Rectangle((0, 0), self.width, self._panel, facecolor=palette.PANEL, edgecolor="none"))

        def text(x: float, y: float, size: float, color: str, **look: Any) -> Any:
            return stamp(ax, x, y, size=size, color=color, va="center", **look)

        boxes = range(len(self._boxes))
        self._values, self._gradients = (
            [text(self._x[i], self._lines_of(i)[line], TYPE, color, ha="center") for i in boxes]
            for line, color in ((-2, VALUE), (-1, GRADIENT))
        )
        self._arrows: dict[tuple[int, int], Any] = {}
        self._labels: dict[tuple[int, int], Text] = {}
        for edge, path in self._edges:
            key = edge.child, edge.which
            self._arrows[key] = ax.add_patch(
                FancyArrowPatch(path=path, arrowstyle="-|>", mutation_scale=16, linewidth=3)
            )
            x, y = _middle(path)
            twins = [e for e, _ in self._edges if (e.child, e.parent) == (edge.child, edge.parent)]
            y -= 6 * (2 * [e.which for e in twins].index(edge.which) - len(twins) + 1)  # both stay legible
            paper = {"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1}
            label = text(x, y, 9.5, GRADIENT, ha="center", weight="bold", bbox=paper)
            if edge.points[0][1] == edge.points[-1][1]:
                label.set_y(y + 13)  # beside a straight arrow, not in place of it
            self._labels[key] = label
        self._ring = ax.add_patch(
            FancyBboxPatch((0, 0), self._box, self._high, boxstyle="round,pad=3", fill=False, linewidth=3)
        )
        self._caption = text(MARGIN, self._panel - 20, 11, palette.QUIET, weight="bold")
        top = self._panel - 48
        lines = (self._panel - 40) // LINE
        self._lines = [text(MARGIN, top - LINE * i, 13, palette.INK) for i in range(lines)]
        self._matrices = MatrixLine(ax, MARGIN, self.width - 2 * MARGIN, y=58)
        return (
            *self._arrows.values(),
            *self._labels.values(),
            self._ring,
            *self._values,
            *self._gradients,
            self._caption,
            *self._lines,
            *self._matrices.artists,
        )

    def show(self, step: Step) -> None:
        """Put a step into the artists."""
        color = COLORS[step.direction]
        for i, text in enumerate(self._values):
            self._fit(text, step.values.get(i, ""))
        for i, text in enumerate(self._gradients):
            shown = step.gradients.get(i, "")
            told = f"d{self._boxes[i].name} = {shown}" if shown else ""
            if shown.startswith("("):  # a shape stands for a matrix
                told = told.replace(" = ", " ")
            elif self._size(told) < SMALLEST:
                told = told.replace(" = ", "=")
            self._fit(text, told)
        for key, arrow in self._arrows.items():
            arrow.set_visible(key in step.edges)
            arrow.set_color(color)
            arrow.set_arrowstyle("<|-" if step.direction == "backward" else "-|>")
            factor = step.edges.get(key, "")
            self._labels[key].set_text(factor)
            self._labels[key].set_fontsize(min(9.5, 53 / max(1, len(factor))))  # not over a box's frame
            self._labels[key].set_visible(bool(step.edges.get(key)))
        self._ring.set_visible(step.active is not None)
        if step.active is not None:
            x, y = self._x[step.active], self._y[step.active]
            self._ring.set(x=x - self._box / 2, y=y - self._high / 2, edgecolor=color)
        self._caption.set(text=CAPTIONS[step.direction], color=color)
        for i, text in enumerate(self._lines):
            text.set_text(step.lines[i] if i < len(step.lines) else "")
        self._matrices.show(step.matrices)

    def _draw_box(self, ax: Axes, i: int, box: Box) -> None:
        x, y = self._x[i], self._y[i]
        given = not box.formula
        patch = FancyBboxPatch(
            (x - self._box / 2 + 4, y - self._high / 2 + 4),
            self._box - 8,
            self._high - 8,
            boxstyle="square,pad=4" if given else "round,pad=4,rounding_size=8",
            facecolor=palette.GIVEN if given else palette.PAPER,
            edgecolor=palette.QUIET,
            linewidth=1.2,
        )
        ax.add_patch(patch)
        titles = [_short(box.name), _short(box.formula)] if self._split and box.formula else [_title(box)]
        for title, height in zip(titles, self._lines_of(i), strict=False):
            look: dict[str, Any] = {"weight": "bold", "size": self._size(title, bold=True)}
            ax.text(x, height, title, ha="center", va="center", **look)

    def _lines_of(self, i: int) -> tuple[float, ...]:
        """Heights of the lines in a box: its title, on one line or two, its value and its gradient."""
        two = self._split and self._boxes[i].formula
        return tuple(self._y[i] + line for line in ((29, 10, -10, -29) if two else (21, 0, -21)))

    def _fit(self, text: Text, shown: str) -> None:
        """Set a text, smaller where it would not fit its box."""
        text.set_text(shown)
        text.set_fontsize(self._size(shown))

    def _size(self, shown: str, *, bold: bool = False) -> float:
        length = len(shown) + 0.8 * shown.count("=−")  # two wide signs and no narrow space
        return min(TYPE, (1.11 if bold else 1.17) * (self._box - 8) / max(1.0, length))

    def _path(self, edge: Edge, left: float, bottom: float, lowest: float) -> Path:
        """A curve from the right side of the parent to the left side of the child."""
        points = [(left + x * self._column, bottom + (y - lowest) * self._row) for x, y in edge.points]
        siblings = len(self._boxes[edge.child].parents)
        port = 0.0 if siblings == 1 else self._port(edge)
        points[0] = points[0][0] + self._box / 2 + 1, points[0][1]
        points[-1] = points[-1][0] - self._box / 2 - 1, points[-1][1] + port
        vertices, codes = [points[0]], [Path.MOVETO]
        for (x0, y0), (x1, y1) in pairwise(points):
            vertices += [((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), (x1, y1)]
            codes += [Path.CURVE4] * 3
        return Path(vertices, codes)

    def _port(self, edge: Edge) -> float:
        """Where an edge meets its child, relative to the middle: parents that stand higher meet it higher."""
        parents = self._boxes[edge.child].parents
        order = sorted(range(len(parents)), key=lambda which: -self._y[parents[which]])
        gap = min(18, (self._high - 16) / max(1, len(parents) - 1))
        return ((len(parents) - 1) / 2 - order.index(edge.which)) * gap


def _title(box: Box) -> str:
    return _short(f"{box.name} = {box.formula}" if box.formula else box.name)


def _short(title: str) -> str:
    return title if len(title) <= 26 else title[:25] + "…"


def _middle(path: Path) -> tuple[float, float]:
    """The point half-way along the last curve of a path, where a label stands."""
    x, y = np.array([1, 3, 3, 1]) / 8 @ np.asarray(path.vertices, dtype=float)[-4:]
    return float(x), float(y)
