"""Explorer: how far a finite difference is from the gradient, by the nudge's size and at ReLU's kinks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from mlcourse.datasets import xor
from mlcourse.explorers.base import Explorer
from mlcourse.explorers.settings import Choice, Number, Setting, Whole
from mlcourse.explorers.style import powers_of_ten
from mlcourse.nn import Network, binary_cross_entropy_from_logits
from mlcourse.nn.gradient_check import relative_difference
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

Array = NDArray[np.float64]
HIDDEN = 4
GROUPS = {"W1": 8, "b1": 4, "W2": 4, "b2": 1}
COUNT = sum(GROUPS.values())
EPSILONS = 10.0 ** np.arange(-12, -0.9, 0.25)
FLOOR = 1e-14
KINDS = ("central, float64", "forward, float64", "central, float32")


def start(biases: str, seed: int) -> Array:
    """All 17 parameters of a [2, 4, 1] network in one array: He's weights, biases random or zero."""
    rng = np.random.default_rng(seed)
    network = Network.dense([2, HIDDEN, 1], rng=rng)
    for b in network.parameters()[1::2]:
        b[...] = 0.5 * rng.standard_normal(b.shape) if biases == "random" else 0.0
    return np.concatenate([parameter.ravel() for parameter in network.parameters()])


def losses(theta: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Loss on XOR of many networks in the type of `theta`, and the inputs of their ReLUs.

    Parameters
    ----------
    theta : ndarray of shape (k, 17)
        Parameters of each network, in the order W1, b1, W2, b2.

    Returns
    -------
    J, Z1 : ndarray of shape (k,), (k, 4, 4)
    """
    X, Y = (array.astype(theta.dtype) for array in xor())
    W1, b1, W2, b2 = np.split(theta, np.cumsum(list(GROUPS.values()))[:-1], axis=1)
    Z1 = W1.reshape(-1, HIDDEN, 2) @ X + b1[:, :, None]
    Z2 = W2[:, None, :] @ np.maximum(Z1, 0) + b2[:, :, None]
    return (np.logaddexp(0, Z2) - Y * Z2).mean(axis=(1, 2)), Z1


def gradient(theta: Array) -> Array:
    """Gradient by backpropagation, shape (17,)."""
    network = Network.dense([2, HIDDEN, 1], rng=np.random.default_rng(0))
    parts = np.split(theta, np.cumsum(list(GROUPS.values()))[:-1])
    for parameter, part in zip(network.parameters(), parts, strict=True):
        parameter[...] = part.reshape(parameter.shape)
    X, Y = xor()
    _, dZ = binary_cross_entropy_from_logits(network.forward(X), Y)
    network.backward(dZ)
    return np.concatenate([slope.ravel() for slope in network.gradients()])


def differences(
    theta: Array, epsilon: float, dtype: DTypeLike = np.float64
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Central and forward differences of every parameter, and which of them cross a kink."""
    point = theta.astype(dtype)
    nudges = (epsilon * np.eye(COUNT)).astype(dtype)
    (up, Z_up), (down, Z_down), (here, _) = (losses(p) for p in (point + nudges, point - nudges, point[None]))
    kinks = ((Z_up > 0) != (Z_down > 0)).any(axis=(1, 2))
    central = (up - down).astype(float) / (2 * epsilon)
    return central, (up - here).astype(float) / epsilon, kinks


@dataclass(frozen=True, eq=False)
class Curve:
    """Errors of a gradient check.

    Attributes
    ----------
    errors : ndarray of shape (3, len(EPSILONS))
        Relative difference of each of `KINDS` at each epsilon.
    kinks : ndarray of int, shape (len(EPSILONS),)
        Parameters that cross a kink at each.
    epsilon : float
        The chosen one.
    here : ndarray of shape (3,)
        Relative difference of each of `KINDS` at `epsilon`.
    each : ndarray of shape (17,)
        Error of each parameter's central difference (float64), over the largest slope.
    crossed : ndarray of bool, shape (17,)
        Which parameters cross a kink at `epsilon`.
    """

    errors: Array
    kinks: NDArray[np.int64]
    epsilon: float
    here: Array
    each: Array
    crossed: NDArray[np.bool_]


@lru_cache(maxsize=8)
def _curve(biases: str, seed: int) -> tuple[Array, NDArray[np.int64]]:
    theta = start(biases, seed)
    exact = gradient(theta)
    rows, kinks = [], []
    for epsilon in EPSILONS:
        rows.append(_errors(theta, exact, epsilon))
        kinks.append(int(differences(theta, epsilon)[2].sum()))
    return np.array(rows).T, np.array(kinks)


def _errors(theta: Array, exact: Array, epsilon: float) -> list[float]:
    central, forward, _ = differences(theta, epsilon)
    single, _, _ = differences(theta, epsilon, np.float32)
    return [relative_difference(exact, found) for found in (central, forward, single)]


class GradientCheckCurve(Explorer):
    """The error of a gradient check against epsilon, and which parameters it comes from."""

    title = "Gradient check: the size of the nudge"
    height = 380
    settings: Mapping[str, Setting] = {
        "epsilon": Number("Nudge ε", 1e-3, 1e-12, 0.1, 0.25, logarithmic=True),
        "biases": Choice("Biases", ("random", "zero")),
        "seed": Whole("Seed of the network", 0, 0, 20),
    }

    def compute(self, epsilon: float, biases: str, seed: int) -> Curve:
        """Compare differences with backpropagation, at every epsilon of the curve and at the chosen one."""
        theta = start(biases, seed)
        exact = gradient(theta)
        central, _, crossed = differences(theta, epsilon)
        here = np.array(_errors(theta, exact, epsilon))
        each = np.abs(central - exact) / (np.abs(exact).max() or 1.0)
        return Curve(*_curve(biases, seed), epsilon, here, each, crossed)

    def describe(self, state: Curve) -> str:
        """Say how large the errors are, and how many parameters cross a kink."""
        crossed = int(state.crossed.sum())
        told = (
            f"ε = {state.epsilon:.2g}: relative difference {_size(state.here[0])} in float64 and "
            f"{_size(state.here[2])} in float32. "
        )
        if not crossed:
            return told + "No parameter crosses a kink."
        names = "1 of 17 parameters crosses" if crossed == 1 else f"{crossed} of 17 parameters cross"
        return told + f"{names} a kink of ReLU: there the difference is not the slope, and nothing is wrong."

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """The curves on the left, the parameters one by one on the right."""
        curve, each = figure.subplots(1, 2, width_ratios=(1.2, 1))
        figure.subplots_adjust(left=0.1, right=0.985, bottom=0.14, top=0.91, wspace=0.29)
        decades = 10.0 ** np.arange(-14, 1, 2)
        curve.set(xscale="log", yscale="log", xlim=(4e-13, 0.25), ylim=(FLOOR / 2, 3))
        curve.set(xlabel="nudge ε", ylabel="relative difference", yticks=decades)
        each.set(yscale="log", ylim=(FLOOR / 2, 1e6), xlim=(-0.8, COUNT - 0.2), yticks=decades)
        curve.set_title("Error against ε")
        powers_of_ten(curve.xaxis, curve.yaxis, each.yaxis)
        curve.grid(True)
        self._curves = []
        looks = ((palette.BLUE, "-", "o"), (palette.GREEN, "--", "^"), (palette.RED, "-.", "s"))
        for name, (color, dash, marker) in zip(KINDS, looks, strict=True):
            look: dict[str, Any] = {"color": color, "linestyle": dash, "marker": marker}
            self._curves += curve.plot([], [], markersize=3.5, linewidth=1.3, label=name, **look)
        (self._kinks,) = curve.plot([], [], "x", color=palette.INK, markersize=8, label="crosses a kink")
        above_the_legend: dict = {"ymin": 0.27, "color": palette.INK, "linestyle": ":", "linewidth": 1.4}
        self._here = curve.axvline(1e-3, **above_the_legend)
        curve.legend(loc="lower left", fontsize=8)
        each.set_title("Each parameter at this ε")
        each.set_ylabel("error / largest slope (float64)")
        each.grid(True, axis="y")
        edges = np.cumsum([0, *GROUPS.values()])
        each.set_xticks((edges[:-1] + edges[1:] - 1) / 2, list(GROUPS))
        each.tick_params(axis="x", length=0)
        for edge in edges[1:-1]:
            each.axvline(edge - 0.5, ymax=0.88, color=palette.FAINT)
        (self._smooth,) = each.plot([], [], "o", color=palette.BLUE, markersize=6, label="smooth")
        (self._crossed,) = each.plot(
            [], [], "x", color=palette.RED, markersize=8, markeredgewidth=2, label="crosses a kink"
        )
        each.legend(loc="upper right", fontsize=8, ncols=2)
        return [*self._curves, self._kinks, self._here, self._smooth, self._crossed]

    def move(self, state: Curve) -> None:
        """Put the errors into the lines; an error of zero stands on the floor."""
        for line, errors in zip(self._curves, state.errors, strict=True):
            line.set_data(EPSILONS, np.maximum(errors, FLOOR))
        crossing = state.kinks > 0
        self._kinks.set_data(EPSILONS[crossing], np.maximum(state.errors[0][crossing], FLOOR))
        self._here.set_xdata([state.epsilon, state.epsilon])
        places = np.arange(COUNT)
        for line, which in ((self._smooth, ~state.crossed), (self._crossed, state.crossed)):
            line.set_data(places[which], np.maximum(state.each[which], FLOOR))


def _size(error: float) -> str:
    """Say how large an error is in powers of ten: what is finer differs from one processor to another."""
    for limit in (1e-9, 1e-7, 1e-5, 1e-3, 1e-1):
        if error < limit:
            return f"below {limit:g}"
    return "above 0.1"
