"""Explorer: four optimizers from one starting point, down the same ravine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mlcourse.explorers.base import Explorer
from mlcourse.explorers.settings import Number, Setting, Whole
from mlcourse.explorers.style import powers_of_ten
from mlcourse.explorers.surfaces import quadratic
from mlcourse.nn import Adam, GradientDescent, Momentum, RMSProp
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

NAMES = ("gradient descent", "momentum", "RMSProp", "Adam")
STEEP = 20.0
SURFACE = quadratic(1, STEEP)
LOST = 1e4
"""A loss this many times the first one will not come back."""


@dataclass(frozen=True, eq=False)
class Run:
    """One optimizer's way.

    Attributes
    ----------
    path : ndarray of shape (steps + 1, 2)
        The two parameters before the first step and after each; it ends where the run diverged.
    losses : ndarray of shape (steps + 1,)
        The loss at each.
    diverged_at : int or None
        The step after which the loss was lost.
    """

    path: NDArray[np.float64]
    losses: NDArray[np.float64]
    diverged_at: int | None


@dataclass(frozen=True, eq=False)
class Race:
    """The four runs, in the order of `NAMES`, and the settings that made them."""

    runs: tuple[Run, ...]
    rate: float
    beta: float
    steps: int


class OptimizerRace(Explorer):
    """Gradient descent, momentum, RMSProp and Adam in a ravine 20 times as steep across as along."""

    title = "Optimizer race: four ways down one ravine"
    height = 400
    settings: Mapping[str, Setting] = {
        "learning_rate": Number("Learning rate α", 0.04, 0.001, 1, 0.05, logarithmic=True),
        "beta": Number("β (memory)", 0.9, 0, 0.99, 0.01),
        "steps": Whole("Steps", 60, 1, 100),
    }

    def compute(self, learning_rate: float, beta: float, steps: int) -> Race:
        """Run the four; β is momentum's and RMSProp's memory and Adam's β₁."""
        optimizers = (
            GradientDescent(learning_rate),
            Momentum(learning_rate, beta),
            RMSProp(learning_rate, beta),
            Adam(learning_rate, beta1=beta),
        )
        return Race(tuple(self._run(each, steps) for each in optimizers), learning_rate, beta, steps)

    def _run(self, optimizer: GradientDescent | Momentum | RMSProp | Adam, steps: int) -> Run:
        point = np.array(SURFACE.start)
        path = [point.copy()]
        for _ in range(steps):
            optimizer.step([point], [np.array(SURFACE.gradient(*point.tolist()))])
            path.append(point.copy())
        # Also of what comes after a run is lost: 100 steps of the largest rate stay far from infinity.
        losses = SURFACE.loss(*np.array(path).T)
        lost = ~(losses < LOST * losses[0])
        diverged_at = int(lost.argmax()) if lost.any() else None
        end = steps if diverged_at is None else diverged_at
        return Run(np.array(path[: end + 1]), losses[: end + 1], diverged_at)

    def describe(self, state: Race) -> str:
        """Say where each stands, the best first."""
        order = sorted(range(4), key=lambda i: _end(state.runs[i]))
        told = [
            f"{NAMES[i]} diverged at step {state.runs[i].diverged_at}"
            if state.runs[i].diverged_at
            else f"{NAMES[i]} {state.runs[i].losses[-1]:.2g}"
            for i in order
        ]
        steps = f"{state.steps} step{'s' if state.steps > 1 else ''}"
        settings = f"learning rate {state.rate:.3g} and β = {state.beta:.2f}"
        first = state.runs[0].losses[0]
        return f"Loss after {steps} with {settings}, from {first:.3g} at the start: {', '.join(told)}."

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """Contours of the ravine on the left, the loss curves on the right, the legend on top."""
        plane, curve = figure.subplots(1, 2, width_ratios=(1.15, 1))
        figure.subplots_adjust(left=0.085, right=0.985, bottom=0.13, top=0.84, wspace=0.24)
        u, v = (-2.4, 1.6), (-1.7, 1.7)
        U, V = np.meshgrid(np.linspace(*u, 120), np.linspace(*v, 120))
        levels = np.array([0.05, 0.25, 0.75, 2, 4, 8, 14, 22])
        plane.contour(U, V, SURFACE.loss(U, V), levels, colors=palette.SKY, linewidths=0.7)
        plane.plot(*SURFACE.start, "s", color=palette.INK, markersize=7)
        plane.plot(0, 0, "+", color=palette.INK, markersize=10)
        plane.set(xlim=u, ylim=v, xlabel="weight $w_1$ (flat)", ylabel="weight $w_2$ (steep)")
        plane.set_title("Paths from the square to the cross")
        curve.set(xlabel="step", yscale="log", xlim=(-2, 102), ylim=(1e-6, 1e3))
        curve.set_title("Loss after each step")
        powers_of_ten(curve.yaxis)
        curve.grid(True)
        self._paths: list[Line2D] = []
        self._losses: list[Line2D] = []
        for color, marker, dash in zip(palette.SERIES, palette.MARKERS, palette.DASHES, strict=False):
            if len(self._paths) == len(NAMES):
                break
            # Hard edges: with soft ones a hundred steps to and fro take two thirds more bytes.
            look = {"color": color, "marker": marker, "linestyle": dash, "linewidth": 1.2, "aa": False}
            self._paths += plane.plot([], [], markersize=4.5, markevery=4, **look)
            self._losses += curve.plot([], [], markersize=4.5, markevery=8, **look)
        figure.legend(self._losses, NAMES, loc="upper center", ncols=4, bbox_to_anchor=(0.53, 1.0))
        return [*self._paths, *self._losses]

    def move(self, state: Race) -> None:
        """Put the paths and the losses into their lines."""
        for run, path, losses in zip(state.runs, self._paths, self._losses, strict=True):
            path.set_data(*_until_lost(run.path).T)
            # A loss of exactly zero has no place on a logarithmic axis.
            losses.set_data(np.arange(len(run.losses)), np.clip(run.losses, 1e-12, 1e12))


def _until_lost(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut a path where it leaves the picture for good: what follows would only cover the others."""
    inside = np.flatnonzero((np.abs(path) < 3).all(axis=1))
    return path[: inside[-1] + 2]


def _end(run: Run) -> float:
    return np.inf if run.diverged_at else float(run.losses[-1])
