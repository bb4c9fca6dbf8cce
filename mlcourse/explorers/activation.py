"""Explorer: an activation function, its derivative, and where it saturates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mlcourse.explorers import style
from mlcourse.explorers.base import Explorer
from mlcourse.explorers.settings import Choice, Number
from mlcourse.nn import ACTIVATIONS

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

NAMES = ("sigmoid", "tanh", "relu", "leaky_relu")
SPAN = 6.0
SATURATED = 0.05
"""A slope below this share of the largest passes next to nothing on."""
Z = np.linspace(-SPAN, SPAN, 601)


@dataclass(frozen=True, eq=False)
class Tangent:
    """An activation at one point.

    Attributes
    ----------
    name : str
        Name of the activation.
    z, value, slope : float
        The point, g(z) and g'(z).
    values, slopes : ndarray of shape (601,)
        g and g' over the whole span.
    saturated : ndarray of bool, shape (601,)
        Where the slope is below 5 % of the largest.
    """

    name: str
    z: float
    value: float
    slope: float
    values: NDArray[np.float64]
    slopes: NDArray[np.float64]
    saturated: NDArray[np.bool_]


class ActivationExplorer(Explorer):
    """g(z) with its tangent above, g'(z) below; where g is flat, the background is grey."""

    title = "Activation: value, slope, saturation"
    height = 400

    def __init__(self) -> None:
        self.settings = {
            "z": Number("Weighted sum z", 1, -SPAN, SPAN, 0.1),
            "activation": Choice("Activation g", NAMES),
        }
        super().__init__()

    def compute(self, z: float, activation: str) -> Tangent:
        """Value and slope at z and over the span."""
        g = ACTIVATIONS[activation]
        values, slopes = (np.asarray(f(Z), dtype=float) for f in (g.function, g.derivative))
        value, slope = (float(f(np.array([z]))[0]) for f in (g.function, g.derivative))
        return Tangent(activation, z, value, slope, values, slopes, slopes < SATURATED * slopes.max())

    def describe(self, state: Tangent) -> str:
        """Give value and slope, and say what the slope does to a gradient."""
        told = f"{state.name} at z = {state.z:.1f}: g(z) = {state.value:.4f}, slope g'(z) = {state.slope:.4f}"
        if state.slope == 0:
            return f"{told}: no gradient passes."
        if state.slope < SATURATED * state.slopes.max():
            return f"{told}: next to no gradient passes."
        return f"{told}: {state.slope:.0%} of the gradient passes."

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """The function above, its derivative below."""
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1.5, 1))
        figure.subplots_adjust(left=0.075, right=0.985, bottom=0.12, top=0.93, hspace=0.28)
        above.set(xlim=(-SPAN, SPAN), ylim=(-1.25, 2.6))
        above.set_title("g(z) and its tangent")
        below.set(ylim=(-0.08, 1.15), xlabel="weighted sum z")
        below.set_title("Slope g'(z)")
        for axes in (above, below):
            axes.grid(True)
            axes.axhline(0, color=style.QUIET, linewidth=0.8)
            axes.axvline(0, color=style.QUIET, linewidth=0.8)
        self._flat = [
            axes.fill_between(
                Z,
                0,
                1,
                where=Z < 10,
                transform=axes.get_xaxis_transform(),
                color=style.FAINT,
                alpha=0.7,
                linewidth=0,
            )
            for axes in (above, below)
        ]
        (self._function,) = above.plot([], [], color=style.BLUE, linewidth=2.2, label="g(z)")
        (self._tangent,) = above.plot([], [], "--", color=style.RED, linewidth=1.8, label="tangent")
        (self._derivative,) = below.plot([], [], color=style.GREEN, linewidth=2.2)
        dot = {"color": style.RED, "markersize": 9, "markeredgecolor": style.INK}
        (self._value,) = above.plot([], [], "o", **dot)
        (self._slope,) = below.plot([], [], "o", **dot)
        self._note = below.text(0, 0, "", size=10, weight="bold", va="bottom")
        above.legend(
            handles=[self._function, self._tangent, self._flat[0]],
            labels=["g(z)", "tangent", f"saturated: slope below {SATURATED:.0%} of the largest"],
            loc="lower right",
            bbox_to_anchor=(1.0, 0.985),
            ncols=3,
        )
        return [
            *self._flat,
            self._function,
            self._tangent,
            self._derivative,
            self._value,
            self._slope,
            self._note,
        ]

    def move(self, state: Tangent) -> None:
        """Put function, tangent and slope into their lines."""
        for flat in self._flat:
            flat.set_verts(_strips(state.saturated))
        self._function.set_data(Z, state.values)
        self._derivative.set_data(Z, state.slopes)
        ends = np.array([-2.0, 2.0]) / np.hypot(1, state.slope)
        self._tangent.set_data(state.z + ends, state.value + state.slope * ends)
        self._value.set_data([state.z], [state.value])
        self._slope.set_data([state.z], [state.slope])
        right = state.z > SPAN - 2
        self._note.set(
            x=state.z + (-0.2 if right else 0.2),
            y=min(state.slope + 0.04, 0.95),
            ha="right" if right else "left",
            text=f"slope {state.slope:.3f}",
        )


def _strips(where: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    """Rectangles of full height over the stretches of z that are marked."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], where.view(np.int8), [0]])))
    return [
        np.array([[Z[a], 0], [Z[b - 1], 0], [Z[b - 1], 1], [Z[a], 1]])
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
