"""What the size of the initial weights does to the gradients."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.drawing import Activation, Array, forward, overflowing_sigmoid
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.replaceable_passes import BackwardPass

_FEATURES, _EXAMPLES = 10, 50


def gradient_norms(scale: float, depth: int, rng: np.random.Generator) -> Array:
    """Reference of initialization-study."""
    X = rng.standard_normal((10, 50))
    Y = (X[:1] > 0).astype(float)
    sizes = [10] * depth + [1]
    parameters = {}
    for layer in range(1, depth + 1):
        n_in, n_out = sizes[layer - 1], sizes[layer]
        parameters[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale * np.sqrt(2 / n_in)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    grads = BackwardPass()(Y, forward(X, parameters), parameters)
    return np.array([np.linalg.norm(grads[f"dW{layer}"]) for layer in range(1, depth + 1)])


def _wrong(
    weight: Callable[[float, int, int], float] = lambda scale, n_in, n_out: scale * np.sqrt(2 / n_in),
    size: Callable[[dict[str, Array], int], Any] = lambda found, layer: np.linalg.norm(found[f"dW{layer}"]),
    backward: Callable[..., dict[str, Array]] | None = None,
    weights_first: bool = False,
    reverse: bool = False,
    sigmoid: Activation | None = None,
) -> Callable[..., Any]:
    """Study with another size of the weights, another measure, or another order."""

    def study(scale: float, depth: int, rng: np.random.Generator) -> Array:
        sizes = [_FEATURES] * depth + [1]
        X = None if weights_first else rng.standard_normal((_FEATURES, _EXAMPLES))
        parameters = {}
        for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
            parameters[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * weight(scale, n_in, n_out)
            parameters[f"b{layer}"] = np.zeros((n_out, 1))
        X = rng.standard_normal((_FEATURES, _EXAMPLES)) if X is None else X
        Y = (X[:1] > 0).astype(float)
        options = {"output": sigmoid} if sigmoid else {}
        found = parameters | (backward or BackwardPass())(Y, forward(X, parameters, **options), parameters)
        norms = np.array([size(found, layer) for layer in range(1, depth + 1)])
        return norms[::-1] if reverse else norms

    return study


def _summed(Y: Array, cache: dict[str, Array], parameters: dict[str, Array]) -> dict[str, Array]:
    return {name: value * Y.shape[1] for name, value in BackwardPass()(Y, cache, parameters).items()}


def _inputs(rng: np.random.Generator) -> Case:
    return {
        "scale": float(rng.uniform(0.6, 0.9) if rng.random() < 0.5 else rng.uniform(1.2, 1.8)),
        "depth": int(rng.integers(3, 8)),
        "seed": int(rng.integers(2**31)),
    }


def _edges() -> list[Case]:
    """One layer only; and scales so large that a plain exp(-Z) overflows."""
    return [
        {"scale": 1.0, "depth": 1, "seed": 11},
        {"scale": 5.0, "depth": 9, "seed": 12},
        {"scale": 10.0, "depth": 6, "seed": 13},
    ]


EXERCISE = Exercise(
    id="initialization-study",
    lesson="05-deep-networks",
    points=4,
    title="Gradients and initial weights",
    parts=(
        Part(
            function="gradient_norms",
            inputs=_inputs,
            reference=gradient_norms,
            returns="norms",
            shapes={"norms": "(depth,)"},
            formulas={"norms": "norms[l-1] = np.linalg.norm(dW[l])"},
            section="Initial weights and deep networks",
            drive="with_generator",
            mistakes=(
                *known(
                    gradient_norms,
                    """
                    xavier
                        You used Xavier's size, with inputs and outputs under the root. He's has the inputs
                        only: np.sqrt(2 / n_in).
                        - np.sqrt(2 / n_in)
                        + np.sqrt(2 / (n_in + n_out))
                    root-mean-square
                        You returned the root of the mean square of the entries. The norm is the root of
                        their sum: np.linalg.norm(dW).
                        - np.linalg.norm(grads[f"dW{layer}"])
                        + np.sqrt(np.mean(grads[f"dW{layer}"] ** 2))
                    transposed-draw
                        You drew the weights with the shape (n_in, n_out) and transposed them, so the numbers
                        are in other places. Draw (n_out, n_in).
                        - rng.standard_normal((n_out, n_in))
                        + rng.standard_normal((n_in, n_out)).T
                    """,
                ),
                Mistake(
                    "scale-alone",
                    "Your weights are scale times the drawn numbers. Multiply by np.sqrt(2 / n_in) as well.",
                    _wrong(weight=lambda scale, n_in, n_out: scale),
                ),
                Mistake(
                    "scale-ignored",
                    "Your result does not depend on scale: multiply the weights of every layer by it.",
                    _wrong(weight=lambda scale, n_in, n_out: np.sqrt(2 / n_in)),
                ),
                Mistake(
                    "root-forgotten",
                    "You multiplied the weights by scale * 2 / n_in. It is the square root: scale * "
                    "np.sqrt(2 / n_in).",
                    _wrong(weight=lambda scale, n_in, n_out: scale * 2 / n_in),
                ),
                Mistake(
                    "one-over-n",
                    "You used 1 / n_in under the root. He's initialization, for ReLU, has 2 / n_in.",
                    _wrong(weight=lambda scale, n_in, n_out: scale * np.sqrt(1 / n_in)),
                ),
                Mistake(
                    "fan-out",
                    "You used the number of outputs of a layer under the root. He's initialization has the "
                    "number of its inputs, n_in.",
                    _wrong(weight=lambda scale, n_in, n_out: scale * np.sqrt(2 / n_out)),
                ),
                Mistake(
                    "norms-of-W",
                    "You measured the weights W. Measure their gradients dW.",
                    _wrong(size=lambda found, layer: np.linalg.norm(found[f"W{layer}"])),
                ),
                Mistake(
                    "norms-squared",
                    "You returned the sums of squares. The norm is the square root of that.",
                    _wrong(size=lambda found, layer: np.sum(found[f"dW{layer}"] ** 2)),
                ),
                Mistake(
                    "mean-size",
                    "You returned the mean size of the entries of dW. Return the norm, np.linalg.norm(dW).",
                    _wrong(size=lambda found, layer: np.mean(np.abs(found[f"dW{layer}"]))),
                ),
                Mistake(
                    "spectral-norm",
                    "You took the spectral norm, np.linalg.norm(dW, 2). Take the Frobenius norm, "
                    "np.linalg.norm(dW).",
                    _wrong(size=lambda found, layer: np.linalg.norm(found[f"dW{layer}"], 2)),
                ),
                Mistake(
                    "no-mean",
                    "Your norms are those of sums over the batch, m times too large: divide the gradients "
                    "by m.",
                    _wrong(backward=_summed),
                ),
                Mistake(
                    "mask-forgotten",
                    "Your backward pass leaves out ReLU's derivative: dZ = dA * (Z > 0).",
                    _wrong(backward=BackwardPass(hidden=lambda s: s.dA[s.layer])),
                ),
                Mistake(
                    "weights-before-data",
                    "You drew the weights before X. Draw X first: otherwise the numbers are others.",
                    _wrong(weights_first=True),
                ),
                Mistake(
                    "output-first",
                    "Your norms begin with the output layer. Begin with layer 1.",
                    _wrong(reverse=True),
                ),
                Mistake(
                    "sigmoid-overflows",
                    "Right, but with large weights exp(-Z) overflows in your sigmoid. Use one that takes "
                    "exp(Z) where Z is negative, such as that of lesson 02.",
                    _wrong(sigmoid=overflowing_sigmoid),
                ),
            ),
            edges=_edges,
        ),
    ),
)
