"""Explorer: what initial weights do to activations and gradients, layer by layer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mlcourse.explorers.base import Explorer
from mlcourse.explorers.settings import Choice, Number, Setting, Whole
from mlcourse.explorers.style import powers_of_ten, raised
from mlcourse.nn import ACTIVATIONS
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

WIDTH = 100
EXAMPLES = 50
DEEPEST = 12
END = 1.95
"""Where the numbers beside the histograms end: the longest begin where these end."""
TYPE = 8
"""Size of the numbers beside the histograms, in points."""
NAMES = ("relu", "tanh", "sigmoid", "leaky_relu")
SCALES = 10.0 ** np.linspace(-2.5, 0.5, 25)
BINS = 60
OUTLINE = np.append(np.repeat(np.linspace(-1, 1, BINS + 1), 2)[1:-1], np.nan)
"""Along one histogram, from bin to bin; the nan ends its line."""
Array = NDArray[np.float64]


def signals(depth: int, activation: str, scale: float) -> tuple[list[Array], list[Array]]:
    """Send 50 random examples through random layers of 100 units, and random gradients back.

    Parameters
    ----------
    depth : int
        Number of layers.
    activation : str
        Name in `mlcourse.nn.ACTIVATIONS`.
    scale : float
        Standard deviation s of the weights; biases are zero.

    Returns
    -------
    activations, gradients : list of ndarray of shape (100, 50)
        A and dA of each layer, the first layer first. The gradients that go in at the end are normal
        with standard deviation 1.
    """
    g = ACTIVATIONS[activation]
    weights, sums = _forward(depth, activation, scale)
    activations = [np.asarray(g.function(Z), dtype=float) for Z in sums]
    dA = np.random.default_rng(4).standard_normal((WIDTH, EXAMPLES))
    gradients = [dA]
    for W, Z in zip(weights[:0:-1], sums[:0:-1], strict=True):
        dA = W.T @ (dA * g.derivative(Z))
        gradients.append(dA)
    return activations, gradients[::-1]


@cache
def factors(activation: str) -> Array:
    """Typical size of dA at the first layer over that at the last, for every depth and scale.

    Returns
    -------
    ndarray of shape (DEEPEST - 1, len(SCALES))
        Powers of ten; row 0 is depth 2.
    """
    rows = np.empty((DEEPEST - 1, len(SCALES)))
    g = ACTIVATIONS[activation]
    for column, scale in enumerate(SCALES):
        weights, sums = _forward(DEEPEST, activation, scale)
        # The first d layers are the network of depth d. Gradients that come from different depths travel
        # side by side: at each layer those that start there join in.
        start = np.random.default_rng(4).standard_normal((WIDTH, EXAMPLES))
        gradients = start[None]
        for W, Z in zip(weights[:0:-1], sums[:0:-1], strict=True):
            gradients = np.concatenate([W.T @ (gradients * g.derivative(Z)), start[None]])
        sizes = np.sqrt(np.mean(gradients**2, axis=(1, 2)))  # deepest network first; the last has one layer
        rows[:, column] = np.log10(np.maximum(sizes[-2::-1], 1e-300) / sizes[-1])
    return rows


@cache
def _noise() -> tuple[Array, list[Array]]:
    """Random examples, and random weights of standard deviation 1 for the deepest network."""
    rng = np.random.default_rng(3)
    examples = rng.standard_normal((WIDTH, EXAMPLES))
    return examples, [rng.standard_normal((WIDTH, WIDTH)) for _ in range(DEEPEST)]


def _forward(depth: int, activation: str, scale: float) -> tuple[list[Array], list[Array]]:
    """Weights and weighted sums of each layer."""
    A, noise = _noise()
    weights, sums = [], []
    for W in noise[:depth]:
        weights.append(scale * W)
        sums.append(weights[-1] @ A)
        A = np.asarray(ACTIVATIONS[activation].function(sums[-1]), dtype=float)
    return weights, sums


@dataclass(frozen=True, eq=False)
class Spread:
    """Histograms of one network.

    Attributes
    ----------
    activations, gradients : ndarray of shape (layers, bins)
        Share of the values of each layer in each bin, over the largest share; the bins span from minus to
        plus the largest absolute value of the layer.
    sizes : ndarray of shape (2, layers)
        Typical size (root mean square) of A and of dA in each layer.
    activation : str
        Name of the activation.
    depth : int
        Number of layers.
    scale : float
        Standard deviation of the weights.
    """

    activations: Array
    gradients: Array
    sizes: Array
    activation: str
    depth: int
    scale: float


class Initialization(Explorer):
    """Histograms of activations and gradients by layer, and a map of depth and scale."""

    title = "Initialization: what random weights do to signals"
    height = 430
    settings: Mapping[str, Setting] = {
        "depth": Whole("Layers", 10, 2, DEEPEST),
        "scale": Number("Standard deviation s", 0.1, 0.004, 3, 0.025, logarithmic=True),
        "activation": Choice("Activation", NAMES),
    }

    def compute(self, depth: int, scale: float, activation: str) -> Spread:
        """Send signals forward and gradients back, and count them."""
        both = signals(depth, activation, scale)
        layers = [np.reshape(kind, (depth, -1)) for kind in both]
        sizes = np.array([np.sqrt(np.mean(kind**2, axis=1)) for kind in layers])
        return Spread(_shares(layers[0]), _shares(layers[1]), sizes, activation, depth, scale)

    def describe(self, state: Spread) -> str:
        """Say by what factor activations and gradients change from one end to the other."""
        forward = state.sizes[0, -1] / state.sizes[0, 0] if state.sizes[0, 0] else 0.0
        backward = state.sizes[1, 0] / state.sizes[1, -1]
        he, xavier = np.sqrt(2 / WIDTH), np.sqrt(1 / WIDTH)
        network = f"{state.activation}, {state.depth} layers of {WIDTH}, s = {state.scale:.3g}"
        return (
            f"{network} (He {he:.3g}, Xavier {xavier:.3g}): from layer 1 to {state.depth} the activations "
            f"{_change(forward)}; on the way back the gradients {_change(backward)}."
        )

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """Two columns of histograms, the first layer on top, and the map."""
        from matplotlib.patheffects import withStroke

        from mlcourse.explorers.stamp import stamp

        forward, backward, where = figure.subplots(1, 3, width_ratios=(1, 1, 1.35))
        figure.subplots_adjust(left=0.06, right=0.99, bottom=0.13, top=0.9, wspace=0.32)
        self._rows = []
        for axes, title, color in (
            (forward, "Activations A", palette.BLUE),
            (backward, "Gradients dA", palette.RED),
        ):
            axes.set_title(title)
            axes.set(xlim=(-1.02, END), ylim=(DEEPEST + 0.35, -0.75), xticks=[-1, 0, 1])
            axes.set_xlabel("value / largest of the layer", fontsize=9, loc="left")
            axes.set_yticks(np.arange(1, DEEPEST + 1) - 0.1, range(1, DEEPEST + 1))
            axes.tick_params(axis="y", length=0)
            axes.text(END, -0.42, "typical size", ha="right", va="center", size=TYPE, color=palette.QUIET)
            (line,) = axes.plot([], [], color=color, linewidth=1.2)
            # One text, a line for each layer: twenty texts would add 2 ms to each drawing.
            row = 72 * axes.get_position().height * figure.get_figheight() / np.ptp(axes.get_ylim())
            look = {"ha": "right", "va": "top", "size": TYPE, "spacing": row / TYPE}
            self._rows.append((line, stamp(axes, END, 0.8 - TYPE / row / 2, **look)))
        forward.set_ylabel("layer")
        where.set_title("dA, first / last layer")
        where.set(xlabel="standard deviation s", xscale="log", ylabel="layers")
        powers_of_ten(where.xaxis)
        where.set_yticks(range(2, DEEPEST + 1, 2))
        edges = np.sqrt(SCALES[1:] * SCALES[:-1])
        edges = np.concatenate([[SCALES[0] ** 2 / edges[0]], edges, [SCALES[-1] ** 2 / edges[-1]]])
        self._maps = {}
        for name in NAMES:
            mesh = where.pcolormesh(
                edges,
                np.arange(1.5, DEEPEST + 1),
                factors(name),
                cmap="PuOr_r",
                vmin=-6,
                vmax=6,
                rasterized=True,
            )
            lines = where.contour(
                SCALES,
                np.arange(2, DEEPEST + 1),
                factors(name),
                [-4, -2, -1, 1, 2, 4],
                colors=palette.INK,
                linewidths=0.6,
                linestyles="-",
            )
            labels = where.clabel(lines, fmt=lambda power: f"10{raised(round(power))}", fontsize=8)
            for label in labels:  # the map is dark in places
                label.set_path_effects([withStroke(linewidth=2.5, foreground=palette.PAPER)])
            self._maps[name] = (mesh, lines, *labels)
        (self._here,) = where.plot(
            [], [], "o", color=palette.PAPER, markersize=9, markeredgecolor=palette.INK, markeredgewidth=2
        )
        self._activation = ""
        return [artist for row in self._rows for artist in row] + [self._here]

    def move(self, state: Spread) -> None:
        """Put the histograms into their lines, and the mark on the map."""
        if state.activation != self._activation:
            self._activation = state.activation
            for name, artists in self._maps.items():
                for artist in artists:
                    artist.set_visible(name == state.activation)
            self.set_background(state.activation)
        floors = np.arange(1, state.depth + 1)[:, None]
        kinds = state.activations, state.gradients
        for (line, text), shares, sizes in zip(self._rows, kinds, state.sizes, strict=True):
            heights = np.full((state.depth, len(OUTLINE)), np.nan)
            heights[:, :-1] = floors - 0.85 * np.repeat(shares, 2, axis=1)
            line.set_data(np.tile(OUTLINE, state.depth), heights.ravel())
            text.set_text("\n".join(map(_short, sizes)))
        self._here.set_data([state.scale], [state.depth])


def _short(size: float) -> str:
    if 0.01 <= size < 9999:
        return f"{size:.2f}" if size < 100 else f"{size:.0f}"
    return f"{size:.1e}".replace("e+", "e").replace("e0", "e").replace("e-0", "e−").replace("e-", "e−")


def _shares(layers: Array) -> Array:
    """Histogram of each row, over its largest share, from minus to plus the row's largest absolute value."""
    largest = np.abs(layers).max(axis=1, keepdims=True)
    scaled = layers / np.where(largest > 0, largest, 1)
    bins = np.minimum(((scaled + 1) * (BINS / 2)).astype(int), BINS - 1)
    bins += BINS * np.arange(len(layers))[:, None]
    counts = np.bincount(bins.ravel(), minlength=BINS * len(layers)).reshape(len(layers), BINS)
    return counts / counts.max(axis=1, keepdims=True)


def _change(factor: float) -> str:
    if 0.5 <= factor <= 2:
        return "keep their size"
    if factor < 1e-12:
        return "vanish altogether"
    return f"grow {factor:.2g} times" if factor > 1 else f"shrink to {factor:.2g} times their size"
