"""The look that the course's figures share: colours, line styles, markers. Changes no global setting.

Colours are those of Okabe and Ito, distinct for colour-blind readers (https://jfly.uni-koeln.de/color/); each
series also has a line style and a marker of its own, so that no picture relies on colour alone.
"""

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

PALETTE = {
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "green": "#009E73",
    "purple": "#CC79A7",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "black": "#000000",
    "yellow": "#F0E442",
}
INK = "#333333"
PALE = "#D9D9D9"

LINE_STYLES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)), (0, (1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")

DIVERGING = LinearSegmentedColormap.from_list("mlcourse", [PALETTE["blue"], "white", PALETTE["vermillion"]])
SEQUENTIAL = LinearSegmentedColormap.from_list(
    "mlcourse-blues", ["white", "#9CC9E5", PALETTE["blue"], "#002B45"]
)


def series(index: int) -> dict[str, Any]:
    """Colour, line style and marker of the series of that number, as keywords of ``ax.plot``."""
    colors = list(PALETTE.values())[:7]  # yellow lines are too faint on white
    return {
        "color": colors[index % len(colors)],
        "linestyle": LINE_STYLES[index % len(LINE_STYLES)],
        "marker": MARKERS[index % len(MARKERS)],
    }


def axes(ax: Axes | None, width: float = 6.4, height: float = 4.0) -> Axes:
    """The axes given, or those of a new figure of that size in inches."""
    if ax is None:
        _, ax = plt.subplots(figsize=(width, height), layout="constrained")
    return ax


def tidy(ax: Axes) -> None:
    """Quiet frame: no box, a faint grid behind the data."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(True, color=PALE, linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)


def lines(ax: Axes, curves: Mapping[str, Any], x_start: int) -> None:
    """Draw each curve (a sequence of numbers) over x_start, x_start + 1, ...; several get a legend."""
    for index, (name, y) in enumerate(curves.items()):
        x = range(x_start, x_start + len(y))
        # A dozen markers a line, not at the same places in every line.
        every = max(1, len(y) // 12)
        start = (index * every) // max(1, len(curves))
        ax.plot(x, y, label=name, markevery=(start, every), markersize=5, linewidth=1.6, **series(index))
    if len(curves) > 1:
        ax.legend(frameon=False, handlelength=3)
    tidy(ax)
