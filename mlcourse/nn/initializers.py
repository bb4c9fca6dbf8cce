"""Initial weights. An initializer is a function ``(n_out, n_in, rng) -> W`` of shape (n_out, n_in)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Initializer = Callable[[int, int, np.random.Generator], NDArray[np.float64]]


def he(n_out: int, n_in: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Normal weights of variance 2 / n_in, which keeps signals' size through ReLU layers (He et al. 2015)."""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


def xavier(n_out: int, n_in: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Normal weights of variance 2 / (n_in + n_out), made for tanh layers (Glorot and Bengio 2010)."""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))


def scaled_normal(scale: float) -> Initializer:
    """Initializer of normal weights with standard deviation `scale`, whatever the size of the layer."""

    def initializer(n_out: int, n_in: int, rng: np.random.Generator) -> NDArray[np.float64]:
        return rng.standard_normal((n_out, n_in)) * scale

    return initializer


INITIALIZERS: dict[str, Initializer] = {"he": he, "xavier": xavier}
