"""The picture of a batch's graph, in CSS pixels: a line for each array, from the images down to the loss."""

from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

from mlcourse.explorers.batch_steps import BatchStep, Line, shown
from mlcourse.explorers.graph_view import COLORS, GRADIENT, VALUE
from mlcourse.explorers.stamp import stamp
from mlcourse.plots import palette

WIDTH = 760
CAPTIONS = {
    "start": "Start: what is given",
    "forward": "Forward: the shape of a result",
    "backward": "Backward: a slope has the shape of its value",
}
MARGIN, HEADER, PANEL = 14, 30, 96
PITCH, BOX = 37, 26
SIDE, THROUGH = (MARGIN, 302), (342, WIDTH - MARGIN)
"""Left and right end of the boxes of what is put in, and of what the batch flows through."""
TYPE = 11.5
GAP = 14
SHAPE = 98
"""Room for a shape."""


class BatchView:
    """Artists of the graph, made once; `show` puts a step into them.

    Parameters
    ----------
    graph : sequence of Line
        Names, operations and places; the shapes are shown as a step tells them.
    """

    def __init__(self, graph: Sequence[Line]) -> None:
        self._graph = graph
        self.rows = 1 + max(line.row for line in graph)
        self.height = HEADER + self.rows * PITCH + MARGIN + PANEL

    def build(self, figure: Figure) -> Sequence[Artist]:
        """Draw what stays, and return what moves."""
        ax = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, self.height))
        ax.set_axis_off()
        ax.add_patch(Rectangle((0, 0), WIDTH, PANEL, facecolor=palette.PANEL, edgecolor="none"))
        for _, right in (SIDE, THROUGH):
            look: dict[str, Any] = {"size": 11, "ha": "right", "va": "center"}
            y = self.height - 18
            ax.text(right - GAP - SHAPE, y, "value", color=VALUE, **look)
            ax.text(right - GAP, y, "slope", color=GRADIENT, **look)
        for line in self._graph:
            self._draw_box(ax, line)
        self._values, self._slopes = (
            [
                stamp(ax, right, self._y(line), size=TYPE, color=color, ha="right", va="center")
                for line, right in zip(self._graph, self._right_ends(room), strict=True)
            ]
            for color, room in ((VALUE, SHAPE), (GRADIENT, 0))
        )
        arrows = [(i, parent) for i, line in enumerate(self._graph) for parent in line.parents]
        for i, parent in arrows:
            ax.add_patch(self._arrow(i, parent, arrowstyle="-", color=palette.QUIET, linewidth=1.2))
        self._arrows: dict[tuple[int, int], Any] = {
            (i, parent): ax.add_patch(self._arrow(i, parent, linewidth=3, mutation_scale=15))
            for i, parent in arrows
        }
        (self._ring,) = ax.plot([], [], linewidth=2.5, solid_joinstyle="round")
        self._caption = stamp(ax, MARGIN, PANEL - 22, size=11, weight="bold", va="center")
        self._formulas = [stamp(ax, MARGIN, PANEL - 48 - 26 * k, size=TYPE, va="center") for k in range(2)]
        return [
            *self._arrows.values(),
            self._ring,
            *self._values,
            *self._slopes,
            self._caption,
            *self._formulas,
        ]

    def show(self, graph: Sequence[Line], step: BatchStep) -> None:
        """Put a step into the artists; `graph` may be that of another batch."""
        color = COLORS[step.direction]
        for i, line in enumerate(graph):
            self._values[i].set_text(shown(line.shape) if i in step.values else "")
            self._slopes[i].set_text(shown(line.shape) if i in step.slopes else "")
        for (i, parent), arrow in self._arrows.items():
            flows = step.direction == "forward" or parent in step.slopes
            arrow.set_visible(i == step.active and flows)
            arrow.set_color(color)
            arrow.set_arrowstyle("<|-" if step.direction == "backward" else "-|>")
        self._ring.set_visible(step.active is not None)
        if step.active is not None:
            (left, right), y = THROUGH, self._y(self._graph[step.active])
            low, high = y - BOX / 2, y + BOX / 2
            self._ring.set_data([left, right, right, left, left], [low, low, high, high, low])
            self._ring.set_color(color)
        self._caption.set(text=CAPTIONS[step.direction], color=color)
        for k, text in enumerate(self._formulas):
            text.set_text(step.formulas[k] if k < len(step.formulas) else "")

    def _draw_box(self, ax: Axes, line: Line) -> None:
        (left, right), y = self._ends(line), self._y(line)
        given = not line.operation
        ax.add_patch(
            FancyBboxPatch(
                (left + 2, y - BOX / 2 + 2),
                right - left - 4,
                BOX - 4,
                boxstyle="square,pad=2" if given else "round,pad=2,rounding_size=6",
                facecolor=palette.GIVEN if given else palette.PAPER,
                edgecolor=palette.QUIET,
                linewidth=1,
            )
        )
        look: dict[str, Any] = {"size": TYPE, "va": "center"}
        ax.text(right - 2 * SHAPE - 2 * GAP, y, line.name, weight="bold", ha="right", **look)
        if not given:
            weight = "bold" if line.operation == "·" else "normal"  # else hardly to be seen
            ax.text(left + GAP, y, line.operation, color=palette.QUIET, weight=weight, ha="left", **look)

    def _arrow(self, i: int, parent: int, **look: Any) -> FancyArrowPatch:
        """From the side straight into the line; along the batch from one line down to the next."""
        line, operand = self._graph[i], self._graph[parent]
        if operand.side:
            ends = (SIDE[1] + 1, self._y(operand)), (THROUGH[0] - 1, self._y(line))
        else:
            x = THROUGH[0] + 46
            ends = (x, self._y(operand) - BOX / 2), (x, self._y(line) + BOX / 2)
        return FancyArrowPatch(*ends, shrinkA=0, shrinkB=0, **look)

    def _ends(self, line: Line) -> tuple[int, int]:
        return SIDE if line.side else THROUGH

    def _right_ends(self, room: int) -> list[float]:
        """Where the shapes of all lines end, so much before the end of the box."""
        return [self._ends(line)[1] - GAP - room for line in self._graph]

    def _y(self, line: Line) -> float:
        return self.height - HEADER - PITCH * (line.row + 0.5)
