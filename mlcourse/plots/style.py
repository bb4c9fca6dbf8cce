"""The look that the course's static figures share. Changes no global setting."""

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from mlcourse.plots import palette
from mlcourse.plots.palette import DASHES, FAINT, INK, MARKERS, SERIES

__all__ = ["DIVERGING", "INK", "MARKERS", "SEQUENTIAL", "axes", "lines", "series", "tidy"]

DIVERGING = LinearSegmentedColormap.from_list("mlcourse", [palette.BLUE, "white", palette.RED])
SEQUENTIAL = LinearSegmentedColormap.from_list(
    "mlcourse-blues", ["white", "#9CC9E5", palette.BLUE, "#002B45"]
)


def series(index: int) -> dict[str, Any]:
    """Colour, line style and marker of the series of that number, as keywords of ``ax.plot``."""
    return {
        "color": SERIES[index % len(SERIES)],
        "linestyle": DASHES[index % len(DASHES)],
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
    ax.grid(True, color=FAINT, linewidth=0.6, zorder=0)
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
