"""Loss surfaces over two parameters, for explorers that walk on them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlcourse.datasets import xor
from mlcourse.nn import sigmoid

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Surface:
    """A loss as a function of two parameters.

    Attributes
    ----------
    loss : callable
        ``loss(u, v)``, for numbers and for arrays of one shape.
    gradient : callable
        ``gradient(u, v) -> (dJ_du, dJ_dv)`` for numbers.
    start : tuple of float
        Where the descent begins.
    frames : tuple of ((float, float), (float, float))
        Parts of the plane that can be shown, ranges of u and v, the usual one first.
    levels : ndarray
        Losses at which contour lines are drawn.
    losses : tuple of float
        Range of the axis of a loss curve.
    lowest : float
        The smallest loss in that part of the plane.
    names : tuple of str
        What the two parameters are, for the axes.
    stable_below : float or None
        The learning rate from which gradient descent cannot converge, where a formula gives it.
    dead : callable
        ``dead(u, v)``: for which examples a hidden unit is dead there, in words; empty where for none.
    """

    loss: Callable[..., Array]
    gradient: Callable[[float, float], tuple[float, float]]
    start: tuple[float, float]
    frames: tuple[tuple[tuple[float, float], tuple[float, float]], ...]
    levels: Array
    losses: tuple[float, float]
    lowest: float
    names: tuple[str, str]
    stable_below: float | None = None
    dead: Callable[[float, float], str] = lambda u, v: ""


def quadratic(curvature_u: float, curvature_v: float) -> Surface:
    """J = (curvature_u · u² + curvature_v · v²) / 2, whose minimum is 0 at the origin.

    Gradient descent multiplies u by (1 - rate · curvature_u) at each step, and v likewise; it converges
    where both factors lie between -1 and 1, so for rates below 2 / the larger curvature.
    """

    def loss(u: Array, v: Array) -> Array:
        return (curvature_u * u**2 + curvature_v * v**2) / 2

    def gradient(u: float, v: float) -> tuple[float, float]:
        return curvature_u * u, curvature_v * v

    return Surface(
        loss,
        gradient,
        start=(-2.0, 1.1),
        frames=(((-2.4, 2.4), (-1.6, 1.6)),),
        levels=np.array([0.05, 0.2, 0.5, 1, 2, 3.5, 5.5, 8, 11]) * max(curvature_u, curvature_v) / 8,
        losses=(1e-6, 1e3),
        lowest=0.0,
        names=("parameter u", "parameter v"),
        stable_below=2 / max(curvature_u, curvature_v),
    )


def network_slice() -> Surface:
    """Loss of a [2, 3, 1] network (ReLU, sigmoid) on XOR against two of its weights, the others held.

    The held weights are those of a network that computes XOR when u = v = 1 (times a scale of its output),
    so the surface has a minimum there, and it is flat where the first hidden unit is dead (u < 0).
    """
    X, Y = xor()
    x1, x2 = X
    scale = 4.0
    others = -2 * scale * np.maximum(x1 + x2 - 1, 0) - scale / 2

    def forward(u: Array, v: Array) -> tuple[Array, Array]:
        hidden = np.maximum(np.multiply.outer(u, x1) + x2, 0)
        return hidden, scale * np.asarray(v)[..., None] * hidden + others

    def loss(u: Array, v: Array) -> Array:
        _, logit = forward(u, v)
        return np.mean(np.logaddexp(0, logit) - Y[0] * logit, axis=-1)

    def gradient(u: float, v: float) -> tuple[float, float]:
        hidden, logit = forward(np.array(u), np.array(v))
        d_logit = sigmoid(logit) - Y[0]
        d_hidden = scale * v * d_logit * (hidden > 0)
        return float(np.mean(d_hidden * x1)), float(np.mean(d_logit * scale * hidden))

    def dead(u: float, v: float) -> str:
        # The unit's input is u x1 + x2: only the two examples with x1 = 1 have a slope for u.
        return "" if u > 0 else "the example (1, 0)" if u > -1 else "both examples with x1 = 1"

    lowest = np.array([1.0, 1.0])
    for _ in range(300):
        lowest -= 0.3 * np.array(gradient(*lowest))

    return Surface(
        loss,
        gradient,
        start=(2.8, 2.2),
        frames=(((-1.0, 3.0), (-1.0, 3.0)), ((-2.0, 3.2), (-3.6, 3.2)), ((-4.2, 3.2), (-9.8, 3.6))),
        levels=np.array([0.15, 0.2, 0.3, 0.45, 0.65, 0.9, 1.3, 2, 3, 4.5, 7]),
        losses=(0.1, 30),
        lowest=float(loss(*lowest)),
        names=("weight u = W1[0, 0]", "weight v = W2[0, 0] / 4"),
        dead=dead,
    )
