"""Explorer: what the learning rate does to gradient descent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mlcourse.explorers.base import Explorer
from mlcourse.explorers.settings import Choice, Number, Setting, Whole
from mlcourse.explorers.style import powers_of_ten
from mlcourse.explorers.surfaces import Surface, network_slice, quadratic
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

BOWL, VALLEY, NETWORK = "round bowl", "narrow valley", "slice of a network's loss"
LOST = 1e3
"""A loss this many times the first one will not come back."""


@cache
def _surface(name: str) -> Surface:
    if name == NETWORK:
        return network_slice()
    return quadratic(1, 1.5) if name == BOWL else quadratic(1, 8)


@dataclass(frozen=True, eq=False)
class Descent:
    """A run of gradient descent.

    Attributes
    ----------
    surface : Surface
        What it runs on.
    path : ndarray of shape (steps + 1, 2)
        The parameters before the first step and after each; it ends where the run diverged.
    losses : ndarray of shape (steps + 1,)
        The loss at each.
    regime : str
        ``"crawls"``, ``"converges"``, ``"oscillates"``, ``"diverges"``, ``"stalls"`` or ``"dead unit"``.
    diverged_at : int or None
        The step after which the loss was lost: not a number, or a thousand times the first.
    rate : float
        The learning rate.
    """

    surface: Surface
    path: NDArray[np.float64]
    losses: NDArray[np.float64]
    regime: str
    diverged_at: int | None
    rate: float


def descend(surface: Surface, rate: float, steps: int) -> Descent:
    """Run gradient descent from the surface's start."""
    path = [np.array(surface.start)]
    losses = [float(surface.loss(*surface.start))]
    gradients = []
    diverged_at = None
    for step in range(1, steps + 1):
        gradients.append(np.array(surface.gradient(*path[-1])))
        path.append(path[-1] - rate * gradients[-1])
        losses.append(float(surface.loss(*path[-1])))
        if not losses[-1] < LOST * losses[0]:
            diverged_at = step
            break
    regime = "diverges" if diverged_at else _regime(surface, np.array(losses), np.array(gradients), path[-1])
    return Descent(surface, np.array(path), np.array(losses), regime, diverged_at, rate)


def _regime(
    surface: Surface, losses: NDArray[np.float64], gradients: NDArray[np.float64], end: NDArray[np.float64]
) -> str:
    """Name what a run that stayed finite did."""
    if losses[-1] > losses[0]:
        return "diverges"
    arrived = losses[-1] - surface.lowest < 0.01 * (losses[0] - surface.lowest)
    if not arrived and surface.dead(*end):
        return "dead unit"
    if not arrived and not gradients[-1].any():
        return "stalls"
    # A rate too large for a direction: its slope points against the one before, again and again. Beside the
    # minimum rounding alone can do that, so slopes that have vanished do not count.
    matters = (np.abs(gradients[1:]) > 1e-6) & (np.abs(gradients[:-1]) > 1e-6)
    against = (gradients[1:] * gradients[:-1] < 0) & matters
    if np.any((against.sum(axis=0) > 1) & (against.sum(axis=0) > matters.sum(axis=0) / 2)):
        return "oscillates"
    return "converges" if arrived else "crawls"


class LearningRate(Explorer):
    """Gradient descent on a loss surface, step by step, at a learning rate of your choice."""

    title = "Learning rate: crawl, converge, oscillate, diverge"
    height = 370
    settings: Mapping[str, Setting] = {
        "learning_rate": Number("Learning rate α", 0.1, 0.001, 10**0.5, 0.05, logarithmic=True),
        "steps": Whole("Steps", 20, 1, 50),
        "surface": Choice("Loss surface", (VALLEY, BOWL, NETWORK)),
    }

    def compute(self, learning_rate: float, steps: int, surface: str) -> Descent:
        """Run gradient descent."""
        return descend(_surface(surface), learning_rate, steps)

    def describe(self, state: Descent) -> str:
        """Name the regime and say what happened to the loss."""
        first, last = state.losses[0], state.losses[-1]
        taken = len(state.losses) - 1
        rate = f"Learning rate {state.rate:.3g}"
        if state.diverged_at:
            told = f"{rate} diverges: after step {taken} the loss is more than {LOST:.0f} times the first."
        elif taken == 1:
            slope = np.sum(np.square(state.surface.gradient(*state.surface.start)))
            told = (
                f"{rate}: one step takes the loss from {first:.3g} to {last:.3g}. "
                f"Had the slope stayed as it was, it would have changed by {-state.rate * slope:.3g}."
            )
        elif state.regime == "dead unit":
            u, where = state.path[-1, 0], state.surface.dead(*state.path[-1])
            told = (
                f"{rate} is too large: the steps threw u to {u:.2f}, and up to 0 the hidden unit is dead "
                f"for {where}. Loss {first:.3g} to {last:.3g}, and hardly any slope left to come back."
            )
        else:
            told = f"{rate} {state.regime}: {taken} steps take the loss from {first:.3g} to {last:.3g}"
            told += {
                "crawls": ", and most of the way is still to go.",
                "converges": ".",
                "oscillates": ", from one side of the valley to the other.",
                "diverges": ", higher than it began.",
                "stalls": ", where the gradient is exactly zero.",
            }[state.regime]
        if state.surface.stable_below:
            told += f" The limit here is 2 / steepest curvature = {state.surface.stable_below:.3g}."
        return told

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """Contours of all surfaces on the left, the loss curve on the right."""
        from mlcourse.explorers.stamp import stamp

        self._plane, self._curve = figure.subplots(1, 2, width_ratios=(1.15, 1))
        figure.subplots_adjust(left=0.08, right=0.985, bottom=0.14, top=0.9, wspace=0.24)
        self._contours = {}
        for name in (VALLEY, BOWL, NETWORK):
            surface = _surface(name)
            for frame, (u, v) in enumerate(surface.frames):
                U, V = np.meshgrid(np.linspace(*u, 120), np.linspace(*v, 120))
                loss = surface.loss(U, V)
                levels = [min(surface.lowest, surface.levels[0]) - 1e-9, *surface.levels, 1e9]
                blues = [_mix(i / len(levels)) for i in range(len(levels) - 1)]
                self._contours[surface, frame] = (
                    self._plane.contourf(U, V, loss, levels, colors=blues),
                    self._plane.contour(U, V, loss, surface.levels, colors=palette.SKY, linewidths=0.6),
                )
        self._shown: tuple[Surface, int] | None = None
        self._plane.set_title("Path on the surface (darker is higher)")
        self._curve.set_title("Loss after each step")
        self._curve.set(xlabel="step", yscale="log", xlim=(-1, 51))
        powers_of_ten(self._curve.yaxis)
        self._curve.grid(True)
        look: dict[str, Any] = {"color": palette.RED, "marker": "o", "markersize": 4, "linewidth": 1.5}
        (self._path,) = self._plane.plot([], [], **look)
        (self._origin,) = self._plane.plot([], [], "s", color=palette.INK, markersize=7)
        (self._losses,) = self._curve.plot([], [], **look)
        (self._end,) = self._curve.plot(
            [], [], "o", color=palette.RED, markersize=8, markeredgecolor=palette.INK
        )
        corner: dict[str, Any] = {"transform": self._curve.transAxes, "ha": "right", "va": "top"}
        self._regime = stamp(self._curve, 0.97, 0.94, size=13, weight="bold", **corner)
        return self._path, self._origin, self._losses, self._end, self._regime

    def move(self, state: Descent) -> None:
        """Put the path and the losses into their lines."""
        surface = state.surface
        shown = surface, _frame(state)
        if shown != self._shown:
            self._shown = shown
            for other, contours in self._contours.items():
                for contour in contours:
                    contour.set_visible(other == shown)
            u, v = surface.frames[shown[1]]
            self._plane.set(xlim=u, ylim=v, xlabel=surface.names[0], ylabel=surface.names[1])
            self._curve.set_ylim(surface.losses)
            self.set_background(shown)
        self._path.set_data(*state.path.T)
        self._origin.set_data(*state.path[:1].T)
        steps = np.arange(len(state.losses))
        self._losses.set_data(steps, state.losses)
        self._end.set_data(steps[-1:], state.losses[-1:].clip(*surface.losses))
        regime = f"diverged at step {state.diverged_at}" if state.diverged_at else state.regime
        self._regime.set_text(regime if len(steps) > 2 else "one step")


def _frame(state: Descent) -> int:
    """Number of the first part of the plane that holds the whole path, or of the largest."""
    for number, frame in enumerate(state.surface.frames):
        low, high = np.array(frame).T
        if ((state.path >= low) & (state.path <= high)).all():
            return number
    return len(state.surface.frames) - 1


def _mix(share: float) -> str:
    """Paper at 0, a light blue at 1."""
    paper, blue = (int(palette.PAPER[1:], 16), int("9CC9E8", 16))
    channels = [
        round((1 - share) * (paper >> shift & 255) + share * (blue >> shift & 255)) for shift in (16, 8, 0)
    ]
    return "#" + "".join(f"{channel:02X}" for channel in channels)
