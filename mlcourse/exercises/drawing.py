"""What cases are drawn from: arrays, labels, and small networks that tell mistakes apart.

Inputs are drawn again until the network is well mixed: where every ReLU is open, a forgotten mask would be
right.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case
from mlcourse.nn.activations import sigmoid

Array = Any
Activation = Callable[[Array], Array]


def relu(Z: Array) -> Array:
    """ReLU without a name for its type: references use it as a learner would."""
    return np.maximum(Z, 0)


def draw_sizes(rng: np.random.Generator, n_layers: int, n_outputs: int = 1) -> list[int]:
    """Numbers of units n0, ..., nL and the number of examples m at the end, all different.

    Different numbers make every wrong transpose and every wrong layer show in a shape.
    """
    sizes = rng.choice(np.arange(2, 12), size=n_layers + 1, replace=False) + 1
    return [*(int(n) for n in sizes[:-1]), n_outputs, int(sizes[-1])]


def draw_parameters(rng: np.random.Generator, sizes: Sequence[int]) -> dict[str, Array]:
    """W1, b1, ..., WL, bL of He's size for n0, ..., nL units; biases are not zero: zeros hide errors."""
    parameters = {}
    for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        parameters[f"b{layer}"] = rng.standard_normal((n_out, 1)) * 0.3
    return parameters


def forward(
    X: Array, parameters: dict[str, Array], hidden: Activation = relu, output: Activation = sigmoid
) -> dict[str, Array]:
    """Cache of a forward pass of any depth: X, Z1, A1, ..., ZL, AL."""
    cache, A = {"X": X}, X
    n_layers = len(parameters) // 2
    for layer in range(1, n_layers + 1):
        Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
        A = output(Z) if layer == n_layers else hidden(Z)
        cache |= {f"Z{layer}": Z, f"A{layer}": A}
    return cache


def draw_number(rng: np.random.Generator) -> float:
    """A number of either sign, not near 0 and 1, where mistakes would not show."""
    return float(rng.choice([-1, 1]) * rng.uniform(1.2, 2.5))


def draw_arrays(rng: np.random.Generator, names: str) -> dict[str, Array]:
    """Arrays of one rectangular shape, no entry near 0, by name."""
    shape = tuple(int(n) for n in rng.permutation(np.arange(2, 7))[:2])
    return {name: rng.uniform(0.3, 1.5, shape) * rng.choice([-1, 1], shape) for name in names.split()}


def draw_labels(rng: np.random.Generator, m: int) -> Array:
    """Labels of shape (1, m), 0.0 and 1.0, at least one of each."""
    Y = (rng.random((1, m)) < 0.5).astype(float)
    Y[0, rng.permutation(m)[:2]] = 0, 1
    return Y


def mixed(Z: Array) -> bool:
    """Whether every ReLU layer passes some of its inputs on and holds some back, both more than a few."""
    return bool(0.25 <= np.mean(Z > 0) <= 0.75)


LARGE = (300, 400, 1, 4)
"""n0, n1, n2, m with 120,000 weights: formulas take milliseconds, nudging each weight takes far too long."""


def draw_until(draw: Callable[[], Case], good: Callable[[Case], bool]) -> Case:
    """Draw cases until one is good.

    Raises
    ------
    RuntimeError
        If a thousand are not: the condition is too strict for the draw.
    """
    for _ in range(1000):
        case = draw()
        if good(case):
            return case
    raise RuntimeError("no good case in a thousand draws")


def draw_network(
    rng: np.random.Generator, n_layers: int, hidden: Activation = relu, sizes: Sequence[int] = ()
) -> tuple[Array, dict[str, Array], dict[str, Array]]:
    """Draw labels, the cache of a forward pass and parameters, well mixed in every hidden layer.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of everything.
    n_layers : int
        Number of layers with weights.
    hidden : callable
        Activation of the hidden layers.
    sizes : sequence of int
        n0, ..., nL, m where they are not to be drawn.

    Returns
    -------
    Y, cache, parameters
    """

    def draw() -> Case:
        *units, m = sizes or draw_sizes(rng, n_layers)
        parameters = draw_parameters(rng, units)
        cache = forward(rng.standard_normal((units[0], m)), parameters, hidden)
        return {"Y": draw_labels(rng, m), "cache": cache, "parameters": parameters}

    def good(case: Case) -> bool:
        return all(mixed(case["cache"][f"Z{layer}"]) for layer in range(1, n_layers))

    return tuple(draw_until(draw, good).values())  # type: ignore[return-value]
