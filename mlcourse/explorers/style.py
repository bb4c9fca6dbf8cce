"""Colours and type of every picture: Okabe and Ito's palette, which the colour-blind can tell apart.

Source: M. Okabe, K. Ito, "Color Universal Design" (2008). Colour never speaks alone: a marker, a line style
or a label says the same.
"""

from typing import Any

BLUE = "#0072B2"
ORANGE = "#E69F00"
GREEN = "#009E73"
RED = "#D55E00"
SKY = "#56B4E9"
PINK = "#CC79A7"
YELLOW = "#F0E442"
INK = "#1F2933"
QUIET = "#5B6673"
FAINT = "#D9DFE5"
PAPER = "#FFFFFF"

SERIES = (BLUE, RED, GREEN, ORANGE, PINK, SKY)
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES: tuple[str | tuple[int, tuple[int, ...]], ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)))

RC: dict[Any, Any] = {
    "axes.edgecolor": QUIET,
    "axes.facecolor": PAPER,
    "axes.grid": False,
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "figure.facecolor": PAPER,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "grid.color": FAINT,
    "grid.linewidth": 0.7,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "lines.linewidth": 1.8,
    "mathtext.fontset": "dejavusans",
    "text.color": INK,
    "xtick.color": QUIET,
    "xtick.labelcolor": INK,
    "xtick.labelsize": 9,
    "ytick.color": QUIET,
    "ytick.labelcolor": INK,
    "ytick.labelsize": 9,
}
