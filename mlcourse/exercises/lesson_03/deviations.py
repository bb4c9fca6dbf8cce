"""Standard deviations of initial weights: He's, and those that are taken for it."""

from collections.abc import Callable

import numpy as np

Deviation = Callable[[int, int], float]


def he_deviation(n_in: int, n_out: int) -> float:
    """Standard deviation of He's initial weights."""
    return float(np.sqrt(2 / n_in))


# Functions, not edits: they differ in a number that the check measures, and lesson 07's layer shares them.
DEVIATIONS: dict[str, tuple[Deviation, str]] = {
    "small-weights": (
        lambda n_in, n_out: 0.01,
        "Your weights have the standard deviation 0.01, whatever the layer. He's is sqrt(2 / number of "
        "inputs).",
    ),
    "unscaled": (
        lambda n_in, n_out: 1.0,
        "Your weights have the standard deviation 1. Multiply them by sqrt(2 / number of inputs).",
    ),
    "root-forgotten": (
        lambda n_in, n_out: 2 / n_in,
        "You multiplied by 2 / number of inputs. That is the variance: take its square root.",
    ),
    "one-over-n": (
        lambda n_in, n_out: float(np.sqrt(1 / n_in)),
        "You have 1 / number of inputs under the root. For ReLU, He's initialization has 2 / number of "
        "inputs.",
    ),
    "fan-out": (
        lambda n_in, n_out: float(np.sqrt(2 / n_out)),
        "You have the number of outputs of the layer under the root. Take the number of its inputs: n_x for "
        "W1, n_h for W2.",
    ),
    "root-of-the-two": (
        lambda n_in, n_out: float(np.sqrt(2) / n_in),
        "You took the root of the 2 alone. The number of inputs is under the root too: sqrt(2 / number of "
        "inputs).",
    ),
    "divided-by-deviation": (
        lambda n_in, n_out: float(np.sqrt(n_in / 2)),
        "You divided by sqrt(2 / number of inputs), which makes the weights larger. Multiply by it.",
    ),
    "xavier": (
        lambda n_in, n_out: float(np.sqrt(2 / (n_in + n_out))),
        "You used Xavier's initialization, with inputs and outputs under the root. He's has the inputs only.",
    ),
}
"""Standard deviations that are not He's, by the name of the mistake."""
