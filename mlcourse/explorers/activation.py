"""Explorer: an activation function, its derivative, and where it saturates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mlcourse.explorers.base import Explorer
from mlcourse.explorers.settings import Choice, Number, Setting
from mlcourse.nn import ACTIVATIONS
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

Z = np.linspace(-6, 6, 601)
SATURATED = 0.05
"""Saturated is where the slope is below this share of the largest."""
FORMULAS = {
    "sigmoid": ("σ(z) = 1 / (1 + exp(−z))", "σ'(z) = σ(z) (1 − σ(z))"),
    "tanh": ("tanh z", "tanh'(z) = 1 − tanh² z"),
    "relu": ("ReLU(z) = max(0, z)", "ReLU'(z) = 1 where z > 0, else 0"),
    "leaky_relu": ("leaky ReLU: z where z > 0, else 0.01 z", "1 where z > 0, else 0.01"),
}


@dataclass(frozen=True, eq=False)
class Point:
    """An activation at one z.

    Attributes
    ----------
    name : str
        Of the activation.
    z, value, slope : float
        Where, g(z) and g'(z).
    values, slopes : ndarray
        Both over the whole range of z.
    """

    name: str
    z: float
    value: float
    slope: float
    values: NDArray[np.floating]
    slopes: NDArray[np.floating]

    @property
    def saturated(self) -> NDArray[np.bool_]:
        """Where over the whole range of z the slope is small, shape of `slopes`."""
        return self.slopes < SATURATED * self.slopes.max()

    @property
    def kinked(self) -> bool:
        """Whether the slope jumps at z = 0."""
        return self.name in ("relu", "leaky_relu")


class ActivationExplorer(Explorer):
    """g(z) with its tangent, and g'(z) below it; the range of z where it saturates is shaded."""

    title = "Activation, slope and saturation"
    height = 400
    settings: Mapping[str, Setting] = {
        "z": Number("Weighted sum z", 1.0, -6, 6, 0.1),
        "activation": Choice("Activation g", tuple(ACTIVATIONS), "sigmoid"),
    }

    def compute(self, z: float, activation: str) -> Point:
        """Evaluate the activation and its derivative."""
        g = ACTIVATIONS[activation]
        z = round(z, 10)  # a slider's 0.1 + 0.2 is not 0.3, and 0 is a kink
        here = np.array(z)
        return Point(
            activation, z, float(g.function(here)), float(g.derivative(here)), g.function(Z), g.derivative(Z)
        )

    def describe(self, state: Point) -> str:
        """Say value, slope, and what the slope does to a gradient."""
        told = f"{state.name} at z = {state.z:.3g}: value {state.value:.3g}, slope {state.slope:.3g}. "
        if state.kinked and state.z == 0:
            return told + "Here is the kink: there is no tangent, and the slope of the left side is used."
        if state.slope == 0:
            return told + "Saturated: nothing of a gradient passes."
        if state.slope < SATURATED * state.slopes.max():
            return told + f"Saturated: only {100 * state.slope:.2g} % of a gradient passes."
        return told + f"{100 * state.slope:.3g} % of a gradient passes."

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """The function above, its derivative below, on one axis of z."""
        from mlcourse.explorers.stamp import stamp

        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1.35, 1))
        figure.subplots_adjust(left=0.075, right=0.985, bottom=0.12, top=0.92, hspace=0.3)
        above.set(ylim=(-1.35, 2.35), xlim=(Z[0], Z[-1]))
        below.set(ylim=(-0.06, 1.12), xlabel="weighted sum z")
        self._above, self._below = above, below
        for ax in (above, below):
            ax.grid(True)
            ax.axhline(0, color=palette.QUIET, linewidth=0.8)
        self._formulas = [
            stamp(ax, 0, 1.03, transform=ax.transAxes, weight="bold", size=11) for ax in (above, below)
        ]
        shade = {"facecolor": "#FBE3D6", "edgecolor": "none"}
        self._shades = [ax.fill_between(Z, -2, 3, where=Z < -9, **shade) for ax in (above, below)]
        (self._function,) = above.plot([], [], color=palette.BLUE, linewidth=2.4)
        (self._derivative,) = below.plot([], [], color=palette.GREEN, linewidth=2.4)
        (self._tangent,) = above.plot([], [], color=palette.RED, linewidth=1.6, linestyle="--")
        (self._point,) = above.plot(
            [], [], "o", color=palette.RED, markersize=9, markeredgecolor=palette.PAPER
        )
        (self._slope,) = below.plot(
            [], [], "D", color=palette.RED, markersize=8, markeredgecolor=palette.PAPER
        )
        (self._drop,) = below.plot([], [], color=palette.RED, linewidth=1, linestyle=":")
        look: dict[str, Any] = {"ha": "right", "color": palette.DARK_RED, "weight": "bold"}
        self._numbers = [stamp(ax, 1, 1.03, transform=ax.transAxes, **look) for ax in (above, below)]
        self._activation = ""
        return self._tangent, self._drop, self._point, self._slope, *self._numbers

    def move(self, state: Point) -> None:
        """Put the point and its tangent into the artists; curves and shades only with another activation."""
        if state.name != self._activation:
            self._activation = state.name
            self._function.set_data(Z, state.values)
            # The jump of a ReLU's slope is not a line.
            self._derivative.set_data(Z, np.where((Z == 0) & state.kinked, np.nan, state.slopes))
            for text, formula in zip(self._formulas, FORMULAS[state.name], strict=True):
                text.set_text(formula)
            for shade in self._shades:
                shade.set_data(Z, -2, 3, where=state.saturated)
            self.set_background(state.name)
        ends = np.array([-2.6, 2.6]) / np.hypot(1, 1.6 * state.slope)  # about as long at every slope
        self._tangent.set_data(state.z + ends, state.value + state.slope * ends)
        self._tangent.set_visible(not (state.kinked and state.z == 0))
        self._point.set_data([state.z], [state.value])
        self._slope.set_data([state.z], [state.slope])
        self._drop.set_data([state.z, state.z], [0, state.slope])
        shaded = (
            f"shaded: below {SATURATED:.0%} of the largest" if state.saturated.any() else "nowhere saturated"
        )
        numbers = f"g({state.z:.3g}) = {state.value:.3g}", f"slope {state.slope:.3g}   ({shaded})"
        for text, words in zip(self._numbers, numbers, strict=True):
            text.set_text(words.replace("-", "−"))
