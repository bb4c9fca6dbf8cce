"""Type and frames of the explorers' pictures; the colours are those of `mlcourse.plots.palette`."""

import math
from typing import TYPE_CHECKING, Any

from mlcourse.plots.palette import FAINT, INK, PAPER, QUIET

if TYPE_CHECKING:
    from matplotlib.axis import Axis

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
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def powers_of_ten(*axes: "Axis") -> None:
    """Label logarithmic axes 10⁻³, 10⁻² and so on in plain type.

    Matplotlib's own labels are formulas, each of which takes some milliseconds: too long for a drawing that
    is to be done in pieces.
    """
    from matplotlib.ticker import FuncFormatter, NullFormatter

    for axis in axes:
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"10{raised(round(math.log10(value)))}"))
        axis.set_minor_formatter(NullFormatter())


def raised(power: int) -> str:
    """Write a whole number as an exponent."""
    return f"{power}".translate(_RAISED)
