"""Explorer: what a small batch costs and saves: the gradient's noise, and the time of an epoch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mlcourse.datasets import moons
from mlcourse.explorers.base import Explorer
from mlcourse.explorers.settings import Choice, Setting, Whole
from mlcourse.explorers.style import powers_of_ten
from mlcourse.nn import GradientDescent, Network, binary_cross_entropy_from_logits, train
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

EXAMPLES = 512
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
DRAWS = 300
REACHES = (2.0, 3.5, 6.0, 10.0, 15.0, 22.0)
"""Half the width of the cloud's frame, in lengths of the full gradient."""


@cache
def example_gradients() -> NDArray[np.float64]:
    """Gradient of each example's loss, shape (parameters, examples), part of the way into training.

    The network is [2, 8, 1] on 512 points of two moons, after 10 steps of gradient descent.
    """
    rng = np.random.default_rng(6)
    X, Y = moons(EXAMPLES, 0.2, rng)
    network = Network.dense([2, 8, 1], rng=rng)
    loss = binary_cross_entropy_from_logits
    train(network, X, Y, loss, GradientDescent(0.5), 10)
    gradients = []
    for i in range(EXAMPLES):
        _, dZ = loss(network.forward(X[:, [i]]), Y[:, [i]])
        network.backward(dZ)
        gradients.append(np.concatenate([gradient.ravel() for gradient in network.gradients()]))
    return np.array(gradients).T


@cache
def noise() -> NDArray[np.float64]:
    """Expected distance of a batch's gradient from the full one, over the length of the full one, by size.

    For batches drawn without replacement: sqrt(V / B · (m - B) / (m - 1)), with V the mean squared distance
    of one example's gradient from the mean (W. G. Cochran, "Sampling Techniques", 1977, section 2.6).
    """
    G = example_gradients()
    full = G.mean(axis=1, keepdims=True)
    variance = np.sum((G - full) ** 2) / EXAMPLES
    sizes = np.array(SIZES)
    left = (EXAMPLES - sizes) / (EXAMPLES - 1)
    return np.sqrt(variance / sizes * left) / np.linalg.norm(full)


@cache
def seconds_per_epoch() -> NDArray[np.float64]:
    """Time of one epoch on this machine by batch size, the best of three."""
    X, Y = moons(EXAMPLES, 0.2, np.random.default_rng(6))
    network = Network.dense([2, 8, 1], rng=np.random.default_rng(0))
    best = []
    for size in SIZES:
        times = []
        for _ in range(3):
            begun = perf_counter()
            train(
                network,
                X,
                Y,
                binary_cross_entropy_from_logits,
                GradientDescent(0.01),
                1,
                batch_size=size,
                rng=np.random.default_rng(0),
            )
            times.append(perf_counter() - begun)
        best.append(min(times))
    return np.array(best)


@dataclass(frozen=True, eq=False)
class Cloud:
    """Gradients of many batches of one size.

    Attributes
    ----------
    size : int
        Examples in a batch.
    points : ndarray of shape (2, draws)
        Component of each along the full gradient, and along the direction in which single examples differ
        most across it; both in lengths of the full gradient.
    """

    size: int
    points: NDArray[np.float64]


class BatchSize(Explorer):
    """Gradients of random batches around the gradient of all examples, their noise, and the price in time."""

    title = "Batch size: noise and time"
    height = 370
    settings: Mapping[str, Setting] = {
        "batch_size": Choice("Batch size B (examples)", SIZES, 16, slider=True),
        "seed": Whole("Seed of the batches", 0, 0, 20),
    }

    def compute(self, batch_size: int, seed: int) -> Cloud:
        """Draw batches and take the mean of their examples' gradients."""
        G, axes = example_gradients(), _axes()
        rng = np.random.default_rng(seed)
        chosen = rng.random((DRAWS, EXAMPLES)).argpartition(batch_size - 1, axis=1)[:, :batch_size]
        return Cloud(batch_size, (axes @ G)[:, chosen].mean(axis=2))

    def describe(self, state: Cloud) -> str:
        """Say how noisy, how often in the wrong direction, and how many updates an epoch has."""
        expected = noise()[SIZES.index(state.size)]
        uphill = int((state.points[0] < 0).sum())
        updates = EXAMPLES // state.size
        kind = {1: "single examples", EXAMPLES: "the full batch"}.get(state.size, f"batches of {state.size}")
        off = f"{expected:.2f} times its own length" if state.size < EXAMPLES else "nothing"
        return (
            f"With {kind} the gradient is typically off by {off}; {uphill} of {DRAWS} drawn point away from "
            f"the full gradient. An epoch makes {updates} update{'s' if updates > 1 else ''}."
        )

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """The cloud on the left; noise and time against batch size on the right."""
        from matplotlib.ticker import MaxNLocator

        grid = figure.add_gridspec(2, 2, width_ratios=(1.05, 1), hspace=0.34, wspace=0.24)
        figure.subplots_adjust(left=0.085, right=0.985, bottom=0.14, top=0.9)
        cloud = figure.add_subplot(grid[:, 0])
        noise_axes, time_axes = figure.add_subplot(grid[0, 1]), figure.add_subplot(grid[1, 1])
        self._cloud, self._reach = cloud, 0.0
        for axis in (cloud.xaxis, cloud.yaxis):
            axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
        cloud.set(xlabel="along the full gradient, of length 1 (shaded: uphill)", ylabel="across it")
        cloud.set_title("Gradients of 300 batches (+: of all)")
        cloud.axvspan(-REACHES[-1], 0, color=palette.FAINT, alpha=0.6, linewidth=0)
        for axes, values, color, marker, label, title in (
            (noise_axes, noise(), palette.RED, "o", "noise / length", "Noise of the gradient"),
            (time_axes, seconds_per_epoch() * 1e3, palette.GREEN, "s", "ms per epoch", "Time, measured here"),
        ):
            shown = np.where(values > 0, values, np.nan)  # the full batch has no noise
            axes.plot(SIZES, shown, marker=marker, color=color, markersize=5)
            axes.set(xscale="log", yscale="log", ylabel=label, xlim=(0.8, 640))
            axes.set_title(title)
            axes.grid(True)
            axes.set_xticks(SIZES[::2], [] if axes is noise_axes else [str(size) for size in SIZES[::2]])
            axes.minorticks_off()
        noise_axes.set_ylim(0.25, 15)
        noise_axes.set_yticks([0.3, 1, 3, 10], ["0.3", "1", "3", "10"])
        powers_of_ten(time_axes.yaxis)
        time_axes.set_xlabel("batch size B")
        (self._points,) = cloud.plot([], [], ".", color=palette.BLUE, alpha=0.5, markersize=5)
        cross: dict = {"color": palette.INK, "markersize": 12, "markeredgewidth": 2.5}
        (self._full,) = cloud.plot([1], [0], "+", **cross)
        self._sizes = [
            axes.axvline(1, color=palette.INK, linestyle="--", linewidth=1.2)
            for axes in (noise_axes, time_axes)
        ]
        return [self._points, self._full, *self._sizes]

    def move(self, state: Cloud) -> None:
        """Put the batches' gradients into the cloud, and mark the size."""
        # Of 300 batches, all but a few lie inside; a few sizes of the frame, so that it rarely changes.
        far = np.quantile(np.abs(state.points), 0.995)
        reach = next((reach for reach in REACHES if reach > far), REACHES[-1])
        if reach != self._reach:
            self._reach = reach
            self._cloud.set(xlim=(-reach, reach), ylim=(-reach, reach))
            self.set_background(reach)
        self._points.set_data(*state.points)
        for line in self._sizes:
            line.set_xdata([state.size, state.size])


@cache
def _axes() -> NDArray[np.float64]:
    """Two directions, shape (2, parameters): the full gradient, and the largest spread across it."""
    G = example_gradients()
    full = G.mean(axis=1)
    length = np.linalg.norm(full)
    along = full / length
    across = G - np.outer(along, along @ G)
    directions, _, _ = np.linalg.svd(across, full_matrices=False)
    first = directions[:, 0]
    return np.array([along, first * np.sign(first[np.abs(first).argmax()])]) / length
