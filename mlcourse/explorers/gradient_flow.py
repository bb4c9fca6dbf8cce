"""Explorer: the size of each layer's gradient, over training and over depth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mlcourse.datasets import circles
from mlcourse.explorers.base import Explorer
from mlcourse.explorers.settings import Choice, Number, Setting, Switch, Whole
from mlcourse.explorers.style import powers_of_ten
from mlcourse.explorers.work import remembered
from mlcourse.nn import GradientDescent, History, Network, binary_cross_entropy_from_logits, train
from mlcourse.nn.initializers import scaled_normal
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

WIDTH = 16
EPOCHS = 200
DEEPEST = 10
RATE = 0.1
LOWEST, HIGHEST = (1e-6, 1e-13), (1e2, 1e3)
"""Ends of the logarithmic axis, which fits its run in two steps. Eight layers of ReLU have norms of 4e-3 to
0.7 with s = 0.35, and of 1e-12 with s = 0.01; those of the sigmoid with s = 0.1 have 4e-9 to 2e-2.
"""
EDGE = 1.5
"""How far from the ends of that axis the last is drawn, as a factor."""
IDLE = 1e-10
"""Norm below which nothing is learned."""
ACTIVATIONS = ("relu", "leaky_relu", "tanh", "sigmoid")


@remembered(16)
def training(depth: int, activation: str, scale: float) -> History:
    """Train a network of `depth` dense layers of 16 units on two rings of 200 points; the record of it."""
    rng = np.random.default_rng(5)
    X, Y = circles(200, 0.1, rng)
    sizes = [2, *[WIDTH] * (depth - 1), 1]
    network = Network.dense(sizes, activation, rng=rng, initializer=scaled_normal(scale))
    return train(network, X, Y, binary_cross_entropy_from_logits, GradientDescent(RATE), EPOCHS)


@dataclass(frozen=True, eq=False)
class Flow:
    """Gradient norms of a training run.

    Attributes
    ----------
    norms : ndarray of shape (epochs, layers)
        Norm of dW of each layer in each epoch; the run ends early where it diverged.
    epoch : int
        The epoch looked at, counted from 1; not later than the last.
    diverged_at : int or None
        The epoch in which the loss was no number any more.
    logarithmic : bool
        Whether the axis of the norms is.
    """

    norms: NDArray[np.float64]
    epoch: int
    diverged_at: int | None
    logarithmic: bool


class GradientFlow(Explorer):
    """Norm of the gradient of each layer while a network of your choice trains."""

    title = "Gradient flow: the size of each layer's gradient"
    height = 390
    settings: Mapping[str, Setting] = {
        "depth": Whole("Layers", 8, 2, DEEPEST),
        "activation": Choice("Activation", ACTIVATIONS),
        "scale": Number("Initial weights: s", 0.35, 0.01, 10**0.5, 0.05, logarithmic=True),
        "epoch": Whole("Epoch looked at", 1, 1, EPOCHS),
        "logarithmic": Switch("Logarithmic axis", True),
    }

    def quick(self, depth: int, activation: str, scale: float, **looked_at: Any) -> bool:
        """Whether this training has been done: its epochs are only looked at."""
        return training.knows(depth, activation, scale)

    def compute(self, depth: int, activation: str, scale: float, epoch: int, logarithmic: bool) -> Flow:
        """Train, unless the same run is remembered, and pick the epoch."""
        history = training(depth, activation, scale)
        finite = np.isfinite(history.loss) & np.isfinite(history.gradient_norms).all(axis=1)
        end = len(finite) if finite.all() else int(finite.argmin())
        diverged_at = None if finite.all() else end + 1
        norms = history.gradient_norms[: max(end, 1)].astype(np.float64)
        return Flow(norms, min(epoch, len(norms)), diverged_at, logarithmic)

    def describe(self, state: Flow) -> str:
        """Compare the first layer's gradient with the last one's, at the epoch looked at."""
        if not np.isfinite(state.norms).all():
            return "Diverged at epoch 1: the first gradients are too large to be numbers."
        first, last = state.norms[state.epoch - 1, [0, -1]]
        told = f"Epoch {state.epoch}: norm of dW{state.norms.shape[1]} {last:.2g}, of dW1 {first:.2g}"
        if first < IDLE or last < IDLE:
            told += ", so small that nothing is learned."
        elif first > 1.5 * last:
            told += f", {first / last:.2g} times as large."
        elif first < last / 1.5:
            told += f", {last / first:.2g} times smaller."
        else:
            told += ", of about the same size."
        return told + (f" Diverged at epoch {state.diverged_at}." if state.diverged_at else "")

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """Lines over the epochs on the left, a line over the layers on the right."""
        from mlcourse.explorers.stamp import stamp

        self._axes = over_time, over_depth = figure.subplots(1, 2, width_ratios=(1.25, 1), sharey=True)
        figure.subplots_adjust(left=0.1, right=0.985, bottom=0.14, top=0.91, wspace=0.1)
        over_time.set(xlim=(1, EPOCHS * 1.1), xlabel="epoch", ylabel="norm of dW")
        over_time.set_title("Over training, layer by layer")
        over_depth.set(xlim=(0.6, DEEPEST + 0.4), xlabel="layer (1 is next to the input)")
        over_depth.set_xticks(range(1, DEEPEST + 1))
        over_depth.set_title("Over depth, at that epoch")
        for axes in self._axes:
            axes.grid(True)
        # A layer looks as it does in `mlcourse.plots.gradient_flow`. Hard edges take half the bytes.
        looks = [
            {"color": palette.SERIES[i % 7], "linestyle": palette.DASHES[i % 7], "linewidth": 1.2}
            for i in range(DEEPEST)
        ]
        self._lines = [over_time.plot([], [], aa=False, **look)[0] for look in looks]
        self._names = [stamp(over_time, 0, 1, size=8, va="center") for _ in range(DEEPEST)]
        for layer, name in enumerate(self._names, 1):
            name.set_text(f"{layer}")
        self._now = over_time.axvline(1, color=palette.INK, linestyle="--", linewidth=1.2)
        (self._depth,) = over_depth.plot([], [], "o-", color=palette.RED, markersize=6)
        self._note = stamp(
            over_time, 0.03, 0.95, transform=over_time.transAxes, size=11, weight="bold", va="top"
        )
        self._beyond = stamp(over_depth, 0.03, 0.5, transform=over_depth.transAxes, size=9)
        self._drawn: tuple[bool, float, float] | None = None
        return [*self._lines, *self._names, self._now, self._depth, self._note, self._beyond]

    def move(self, state: Flow) -> None:
        """Put the norms into the lines; what is beyond the axis is drawn at its edge, and that is said."""
        beyond = HIGHEST[-1] * 10
        norms = np.nan_to_num(state.norms, nan=beyond, posinf=beyond)
        ends = _ends(norms) if state.logarithmic else (0.0, _above(float(norms.max())))
        if self._drawn != (state.logarithmic, *ends):
            self._drawn = (state.logarithmic, *ends)
            for axes in self._axes:
                axes.set_yscale("log" if state.logarithmic else "linear")
                if state.logarithmic:
                    powers_of_ten(axes.yaxis)
                axes.set_ylim(*ends)
            self.set_background(self._drawn)
        low, high = (ends[0] * EDGE, ends[1] / EDGE) if state.logarithmic else ends
        shown = norms.clip(low, high)
        epochs = np.arange(1, len(shown) + 1)
        for layer, (line, name) in enumerate(zip(self._lines, self._names, strict=True)):
            there = layer < shown.shape[1]
            line.set_visible(there)
            name.set_visible(layer in (0, shown.shape[1] - 1))  # all of them would cover each other
            if there:
                line.set_data(epochs, shown[:, layer])
                name.set_position((epochs[-1] + (9 if layer else 3), shown[-1, layer]))
        self._now.set_xdata([state.epoch, state.epoch])
        now = shown[state.epoch - 1]
        self._depth.set_data(np.arange(1, len(now) + 1), now)
        count = np.count_nonzero(now != norms[state.epoch - 1])
        self._beyond.set_text(f"{count} of {len(now)} beyond the axis: drawn at its edge" if count else "")
        self._note.set_text(f"diverged at epoch {state.diverged_at}" if state.diverged_at else "")


def _ends(norms: NDArray[np.float64]) -> tuple[float, float]:
    """Of the logarithmic axis: the narrowest that has room for all norms, else the widest."""
    low = next((low for low in LOWEST if norms.min() > low * EDGE), LOWEST[-1])
    return low, next((high for high in HIGHEST if norms.max() < high / EDGE), HIGHEST[-1])


def _above(value: float) -> float:
    """Round up to 1, 2 or 5 times a power of ten."""
    if not value > 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(power * step for step in (1, 2, 5, 10) if power * step >= value))
