"""Explorer: train a small network once, then go back and forth through its epochs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mlcourse import datasets
from mlcourse.explorers.base import Explorer
from mlcourse.explorers.player import Player
from mlcourse.explorers.settings import Choice, Number, Setting, Whole
from mlcourse.explorers.style import powers_of_ten
from mlcourse.explorers.work import remembered
from mlcourse.nn import (
    ACTIVATIONS,
    GradientDescent,
    Network,
    binary_cross_entropy_from_logits,
    sigmoid,
    train,
)
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

Array = NDArray[np.floating]
EPOCHS = 500
POINTS = 200
GRID = 70
TRAINING = ("hidden_units", "activation", "learning_rate", "seed")
"""What a training depends on besides the data set."""
LOSS, NORM = (3e-4, 30.0), (3e-5, 30.0)
FRAMES = {
    "circles": ((-1.45, 1.45), (-1.45, 1.45)),
    "moons": ((-1.6, 2.6), (-1.3, 1.8)),
    "spirals": ((-1.25, 1.25), (-1.25, 1.25)),
    "xor": ((-0.5, 1.5), (-0.5, 1.5)),
}


@dataclass(frozen=True, eq=False)
class Run:
    """A training, epoch by epoch; shorter than asked where the loss was lost.

    Attributes
    ----------
    X, Y : ndarray of shape (2, m), (1, m)
        The points.
    parameters : list of list of ndarray
        ``parameters[k]``: W1, b1, W2, b2 after k epochs.
    loss, accuracy : ndarray of shape (epochs + 1,)
        Of the network after k epochs.
    norms : ndarray of shape (epochs + 1, 2)
        Norm of dW1 and dW2 there.
    diverged_at : int or None
        The first epoch after which the loss is not a number.
    """

    X: Array
    Y: Array
    parameters: list[list[Array]]
    loss: Array
    accuracy: Array
    norms: Array
    diverged_at: int | None


@dataclass(frozen=True, eq=False)
class Moment:
    """An epoch of a run, and what the network then says of each place of the plane."""

    run: Run
    dataset: str
    epoch: int
    logits: Array


@remembered(8)
def run(dataset: str, hidden_units: int, activation: str, learning_rate: float, seed: int) -> Run:
    """Train a [2, hidden_units, 1] network with full batches."""
    X, Y = points(dataset)
    network = Network.dense([2, hidden_units, 1], activation, rng=np.random.default_rng(seed))
    parameters = [[p.copy() for p in network.parameters()]]

    def remember(epoch: int, history: Any) -> None:
        parameters.append([p.copy() for p in network.parameters()])

    # Each epoch's loss is measured before its step; one more epoch measures the network at the end.
    history = train(
        network,
        X,
        Y,
        binary_cross_entropy_from_logits,
        GradientDescent(learning_rate),
        EPOCHS + 1,
        callback=remember,
    )
    finite = np.isfinite(history.loss)
    diverged_at = None if finite.all() else int(np.argmin(finite))
    kept = len(history) if diverged_at is None else diverged_at
    return Run(
        X,
        Y,
        parameters[:kept],
        history.loss[:kept],
        history.accuracy[:kept],
        history.gradient_norms[:kept],
        diverged_at,
    )


def points(dataset: str) -> tuple[Array, Array]:
    """The points of a data set; always the same."""
    if dataset == "xor":
        return datasets.xor()
    draw = {"circles": datasets.circles, "moons": datasets.moons, "spirals": datasets.spirals}[dataset]
    return draw(POINTS, 0.04 if dataset == "spirals" else 0.1, np.random.default_rng(0))


@cache
def grid(dataset: str) -> tuple[Array, Array]:
    """Where on the two axes the squares of the plane lie, shapes (GRID,)."""
    x, y = (np.linspace(*limits, GRID) for limits in FRAMES[dataset])
    return x, y


class TrainingPlayer(Explorer):
    """Decision boundary, loss and gradient norms of a small network, at any epoch of its training."""

    title = "See a network learn"
    height = 345
    settings: Mapping[str, Setting] = {
        "dataset": Choice("Data set", tuple(FRAMES)),
        "hidden_units": Whole("Hidden units", 4, 1, 16),
        "activation": Choice("Hidden activation", tuple(ACTIVATIONS), "relu"),
        "learning_rate": Number("Learning rate", 1.0, 0.01, 100, 0.1, logarithmic=True),
        "seed": Whole("Seed of the first weights", 0, 0, 20),
        "epoch": Whole("Epoch", 100, 0, EPOCHS),
    }

    @cached_property
    def _player(self) -> Player:
        return Player(self, "epoch", EPOCHS, step=5, seconds=0.08)

    def quick(self, dataset: str, epoch: int, **training: Any) -> bool:
        """Whether this training has been done: its epochs are only looked at."""
        return run.knows(dataset, *(training[name] for name in TRAINING))

    def compute(self, dataset: str, epoch: int, **training: Any) -> Moment:
        """Train if that has not been done, and look at one epoch."""
        trained = run(dataset, *(training[name] for name in TRAINING))
        k = min(epoch, len(trained.loss) - 1)
        W1, b1, W2, b2 = trained.parameters[k]
        x, y = grid(dataset)
        plane = np.stack([np.tile(x, GRID), np.repeat(y, GRID)])
        g = ACTIVATIONS[training["activation"]].function
        with np.errstate(over="ignore", invalid="ignore"):
            logits = W2 @ g(W1 @ plane + b1) + b2
        return Moment(trained, dataset, epoch, np.nan_to_num(logits.reshape(GRID, GRID)))

    def describe(self, state: Moment) -> str:
        """Say loss, accuracy and gradient norms of the epoch."""
        r = state.run
        if r.diverged_at is not None and state.epoch >= r.diverged_at:
            return (
                f"The loss diverged at epoch {r.diverged_at}: it is no longer a number. "
                "The picture shows the last epoch before that."
            )
        k = min(state.epoch, len(r.loss) - 1)
        right = round(r.accuracy[k] * r.X.shape[1])
        told = f"Epoch {k}: loss {r.loss[k]:.3g}, {right} of {r.X.shape[1]} points on the right side; "
        if not r.norms[k].any():
            return told + "no hidden unit responds to any point, so both weight gradients are exactly zero."
        return told + f"gradient norms {r.norms[k, 0]:.2g} in layer 1 and {r.norms[k, 1]:.2g} in layer 2."

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """The plane on the left, loss and gradient norms over the epochs on the right."""
        from matplotlib.collections import LineCollection
        from matplotlib.colors import LinearSegmentedColormap
        from matplotlib.ticker import MaxNLocator

        from mlcourse.explorers.shade import Shade
        from mlcourse.explorers.stamp import stamp

        self._plane = figure.add_axes((0.08, 0.125, 0.38, 0.785))
        self._plane.set_title("What the network says")
        for axis in (self._plane.xaxis, self._plane.yaxis):
            axis.set_major_locator(MaxNLocator(4))
        tints = ["#A5CFEA", palette.GIVEN, "#FDF3EC", "#F6C9A8"]
        self._shade = Shade(self._plane, LinearSegmentedColormap.from_list("tint", tints, N=48))
        self._plane.add_artist(self._shade)
        self._border = LineCollection([], colors=palette.INK, linewidths=2)
        self._plane.add_collection(self._border, autolim=False)
        edge: dict[str, Any] = {"linestyle": "none", "markeredgecolor": palette.PAPER, "markeredgewidth": 0.6}
        # Class 0 and class 1 look as they do in `mlcourse.plots.decision_boundary`.
        points = [
            self._plane.plot([], [], marker, color=color, markersize=size, label=name, **edge)[0]
            for name, marker, color, size in zip(
                ("class 0", "class 1"), palette.MARKERS, palette.SERIES, (5.5, 5), strict=False
            )
        ]
        self._zeros, self._ones = points
        where: dict[str, Any] = {"loc": "upper right", "bbox_to_anchor": (1.03, -0.065), "ncols": 2}
        self._plane.legend(handles=points, handletextpad=0.1, columnspacing=0.9, borderaxespad=0, **where)
        self._plane.set_xlabel("$x_1$", labelpad=0, loc="left")
        self._plane.set_ylabel("$x_2$", labelpad=-3)
        self._dataset = ""
        self._run: Run | None = None

        above = figure.add_axes((0.545, 0.57, 0.44, 0.34))
        below = figure.add_axes((0.545, 0.13, 0.44, 0.34))
        above.set(title="Loss", yscale="log", ylim=LOSS, xlim=(-8, EPOCHS + 8), xticklabels=[])
        below.set(title="Gradient norm", yscale="log", ylim=NORM, xlim=(-8, EPOCHS + 8))
        below.set_xlabel("epoch", labelpad=1)
        for ax in (above, below):
            ax.grid(True)
        powers_of_ten(above.yaxis, below.yaxis)
        (self._loss,) = above.plot([], [], color=palette.INK)
        (self._layer1,) = below.plot([], [], color=palette.SERIES[0], linewidth=1.6)
        (self._layer2,) = below.plot([], [], color=palette.SERIES[1], linewidth=1.6, linestyle="--")
        handles = [self._layer1, self._layer2]
        key: dict[str, Any] = {"ncols": 2, "borderaxespad": 0.2, "handlelength": 2.2}
        below.legend(handles, ["dW1", "dW2"], loc="lower right", bbox_to_anchor=(1, 1), **key)
        self._cursors = [ax.axvline(0, color=palette.QUIET, linewidth=1) for ax in (above, below)]
        look: dict[str, Any] = {"linestyle": "none", "markersize": 7, "markeredgecolor": palette.PAPER}
        (self._dot,) = above.plot([], [], "o", color=palette.INK, **look)
        (self._dot1,) = below.plot([], [], "o", color=palette.SERIES[0], **look)
        (self._dot2,) = below.plot([], [], "s", color=palette.SERIES[1], **look)
        corner: dict[str, Any] = {"transform": above.transAxes, "ha": "right", "va": "top"}
        self._note = stamp(above, 0.98, 0.9, weight="bold", color=palette.RED, **corner)
        lines = (self._loss, self._layer1, self._layer2, *self._cursors, self._dot, self._dot1, self._dot2)
        return self._shade, self._border, self._zeros, self._ones, *lines, self._note

    def move(self, state: Moment) -> None:
        """Put the epoch into plane, curves and cursors."""
        from contourpy import contour_generator

        r = state.run
        if state.dataset != self._dataset:
            self._dataset = state.dataset
            x, y = FRAMES[state.dataset]
            self._plane.set(xlim=x, ylim=y)
            of_one = r.Y[0] == 1
            self._zeros.set_data(*r.X[:, ~of_one])
            self._ones.set_data(*r.X[:, of_one])
            self.set_background(state.dataset)
        self._shade.set_values(sigmoid(state.logits))
        lines: Any = contour_generator(*grid(state.dataset), state.logits).lines(0.0)
        self._border.set_segments(lines)

        if r is not self._run:
            self._run = r
            epochs = np.arange(len(r.loss))
            self._loss.set_data(epochs, r.loss)
            self._layer1.set_data(epochs, r.norms[:, 0])
            self._layer2.set_data(epochs, r.norms[:, 1])
        k = min(state.epoch, len(r.loss) - 1)
        for cursor in self._cursors:
            cursor.set_xdata([state.epoch, state.epoch])
        self._dot.set_data([k], r.loss[k : k + 1].clip(*LOSS))
        self._dot1.set_data([k], r.norms[k : k + 1, 0].clip(*NORM))
        self._dot2.set_data([k], r.norms[k : k + 1, 1].clip(*NORM))
        self._note.set_text("" if r.diverged_at is None else f"diverged at epoch {r.diverged_at}")

    def buttons(self) -> list[Any]:
        """Play."""
        return [self._player.button]
