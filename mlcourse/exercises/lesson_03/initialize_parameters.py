"""The initial parameters of a two-layer network."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.lesson_03.deviations import DEVIATIONS, Deviation, he_deviation
from mlcourse.exercises.randomness import alike, looks_normal, looks_uniform, shared, units_alike


def initialize_parameters(n_x: int, n_h: int, n_y: int, rng: np.random.Generator) -> dict[str, Array]:
    """Reference of initialize-parameters."""
    return {
        "W1": rng.standard_normal((n_h, n_x)) * np.sqrt(2 / n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": rng.standard_normal((n_y, n_h)) * np.sqrt(2 / n_h),
        "b2": np.zeros((n_y, 1)),
    }


def initializer(
    deviation: Deviation = he_deviation,
    draw: Callable[..., Array] = lambda rng, shape: rng.standard_normal(shape),
    biases: Callable[..., Array] = lambda rng, n: np.zeros((n, 1)),
    generator: Callable[[np.random.Generator], np.random.Generator] = lambda rng: rng,
) -> Callable[..., dict[str, Array]]:
    """Initialization with another deviation, distribution, kind of biases, or source of randomness."""

    def initialize(n_x: int, n_h: int, n_y: int, rng: np.random.Generator) -> dict[str, Array]:
        rng = generator(rng)
        return {
            "W1": draw(rng, (n_h, n_x)) * deviation(n_x, n_h),
            "b1": biases(rng, n_h),
            "W2": draw(rng, (n_y, n_h)) * deviation(n_h, n_y),
            "b2": biases(rng, n_y),
        }

    return initialize


def _transposed(n_x: int, n_h: int, n_y: int, rng: np.random.Generator) -> dict[str, Array]:
    parameters = initialize_parameters(n_x, n_h, n_y, rng)
    return parameters | {"W1": parameters["W1"].T, "W2": parameters["W2"].T}


def _second_first(n_x: int, n_h: int, n_y: int, rng: np.random.Generator) -> dict[str, Array]:
    W2 = rng.standard_normal((n_y, n_h)) * np.sqrt(2 / n_h)
    return initialize_parameters(n_x, n_h, n_y, rng) | {"W2": W2}


_OTHERS: dict[str, tuple[Callable[..., Any], str]] = {
    "zeros": (
        initializer(draw=lambda rng, shape: np.zeros(shape)),
        "Your weights are all zero, and then all hidden units stay equal for ever. A weight is drawn "
        "from rng, times sqrt(2 / number of inputs).",
    ),
    "equal-units": (
        initializer(draw=lambda rng, shape: np.repeat(rng.standard_normal((1, shape[1])), shape[0], axis=0)),
        "All units of a layer have the same weights, so they stay equal for ever. Draw a number for every "
        "weight.",
    ),
    "positive": (
        initializer(draw=lambda rng, shape: rng.random(shape)),
        "None of your weights is negative. Draw from a normal distribution with mean 0, with "
        "rng.standard_normal, not between 0 and 1.",
    ),
    "uniform": (
        initializer(draw=lambda rng, shape: rng.uniform(-np.sqrt(3), np.sqrt(3), shape)),
        "Your weights have the right size, but are uniform, not normally distributed: use "
        "rng.standard_normal.",
    ),
    "biases-drawn": (
        initializer(biases=lambda rng, n: rng.standard_normal((n, 1))),
        "Your biases are not zero. Only the weights have to differ from unit to unit: start biases at 0.",
    ),
    "flat-biases": (
        initializer(biases=lambda rng, n: np.zeros(n)),
        "Your biases have one axis only. They are columns, np.zeros((n, 1)), so that they are added to "
        "every example.",
    ),
    "transposed": (
        _transposed,
        "Your weights are transposed: W1 has a row for each hidden unit and a column for each input, (n_h, "
        "n_x).",
    ),
    "second-layer-first": (
        _second_first,
        "You drew W2 before W1. Draw W1 first: then a generator gives everybody the same parameters.",
    ),
    "not-from-rng": (
        initializer(generator=lambda rng: np.random.default_rng()),
        "Two calls with the same rng gave different weights. Draw every number from the rng that you are "
        "given.",
    ),
    "own-seed": (
        initializer(generator=lambda rng: np.random.default_rng(0)),
        "You get the same weights whatever rng you are given: use that one, not a generator of your own.",
    ),
}

MISTAKES = (
    *(Mistake(name, text, initializer(deviation)) for name, (deviation, text) in DEVIATIONS.items()),
    *(Mistake(name, text, function) for name, (function, text) in _OTHERS.items()),
)


def _known(variable: str, name: str) -> Finding:
    sentence = next(mistake.sentence for mistake in MISTAKES if mistake.name == name)
    return Finding(variable, sentence, name)


@np.errstate(all="ignore")
def compare_initial(case: Case, answer: Any) -> Finding | None:
    """Judge drawn parameters: shapes, biases, size and distribution of the weights, and their source."""
    n_x, n_h, n_y = case["n_x"], case["n_h"], case["n_y"]
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    arrays = {name: np.asarray(answer[name], dtype=float) for name in shapes}
    return (
        _wrong_shape(arrays, shapes)
        or next(
            (not_finite(name, array) for name, array in arrays.items() if not np.isfinite(array).all()), None
        )
        or _wrong_source(arrays, answer)
        or _wrong_weights({name: arrays[name] for name in ("W1", "W2")})
        or _wrong_order(case, arrays)
        or _partly_own(arrays, answer)
        or next((_known(name, "biases-drawn") for name in ("b1", "b2") if arrays[name].any()), None)
    )


def _wrong_shape(arrays: dict[str, Array], shapes: dict[str, tuple[int, int]]) -> Finding | None:
    wrong = {name: arrays[name].shape for name in shapes if arrays[name].shape != shapes[name]}
    for name, shape in wrong.items():
        if name[0] == "W" and shape == shapes[name][::-1]:
            return _known(name, "transposed")
        if name[0] == "b" and shape == shapes[name][:1]:
            return _known(name, "flat-biases")
        letters = {"W1": "(n_h, n_x)", "b1": "(n_h, 1)", "W2": "(n_y, n_h)", "b2": "(n_y, 1)"}[name]
        return Finding(name, f"{name} has shape {shape}, expected {shapes[name]}, which is {letters}.")
    return None


def _wrong_source(arrays: dict[str, Array], answer: Any) -> Finding | None:
    """Whether the same seed gives other weights, or another seed the same."""
    for name in ("W1", "W2"):
        if not np.array_equal(arrays[name], answer["again"][name]):
            return _known(name, "not-from-rng")
    same = all(np.array_equal(arrays[name], answer["other"][name]) for name in ("W1", "W2"))
    return _known("W1", "own-seed") if same and arrays["W1"].any() else None


def _partly_own(arrays: dict[str, Array], answer: Any) -> Finding | None:
    """Whether some of the weights do not come from rng, or only nearly so."""
    other = {name: np.asarray(answer["other"][name], dtype=float) for name in ("W1", "W2")}
    for name, W in other.items():
        if W.shape == arrays[name].shape and same_numbers(arrays[name], W):
            return _known(name, "own-seed")
    return None


def same_numbers(W: Array, other: Array) -> bool:
    """Whether some of the weights are the same, or nearly, under another seed, be it in another order."""
    return bool(np.isclose(W, other, rtol=1e-6, atol=0).mean() > 0.02) or alike(W, other) or shared(W, other)


def _wrong_weights(weights: dict[str, Array]) -> Finding | None:
    deviations = {name: he_deviation(*W.shape[::-1]) for name, W in weights.items()}
    wrong = next((name for name, W in weights.items() if not looks_normal(W, deviations[name])), None)
    if wrong is None:
        return _related_weights(weights)
    W = weights[wrong]
    if not W.any():
        return _known(wrong, "zeros")
    if np.ptp(W, axis=0).max() == 0:
        return _known(wrong, "equal-units")
    if (W >= 0).all():
        return _known(wrong, "positive")
    names = [
        name
        for name, (deviation, _) in DEVIATIONS.items()
        if all(looks_normal(W, deviation(*W.shape[::-1])) for W in weights.values())
    ]
    if len(names) == 1:
        return _known(wrong, names[0])
    if looks_uniform(W, deviations[wrong]):
        return _known(wrong, "uniform")
    return undescribed_weights(wrong, W)


def _wrong_order(case: Case, arrays: dict[str, Array]) -> Finding | None:
    W2 = arrays["W2"]
    first = np.random.default_rng(case["seed"]).standard_normal(W2.shape) * he_deviation(W2.shape[1], 0)
    return _known("W1", "second-layer-first") if np.allclose(W2, first) else None


def _related_weights(weights: dict[str, Array]) -> Finding | None:
    """Weights of the right size that do not come one by one."""
    for name, W in weights.items():
        if units_alike(W):
            return _known(name, "equal-units")
        if not looks_normal(W.T, he_deviation(W.shape[1], 0)):  # in order along the columns
            return undescribed_weights(name, W)
    drawn = [W / he_deviation(W.shape[1], 0) for W in weights.values()]
    if shared(drawn[1], drawn[0]) or _made_of(drawn[1], drawn[0]):
        words = "W2 is made of numbers of W1. Draw new ones for each layer: W1 first, then W2."
        return Finding("W2", words)
    return None


def _made_of(W: Array, larger: Array) -> bool:
    """Whether a matrix goes with a piece of a larger one: is it, or a multiple, or a sum with it."""
    rows, columns = W.shape
    pieces = [larger.ravel()[: W.size], larger.ravel()[-W.size :], larger.T.ravel()[: W.size]]
    pieces += [larger[:rows, :columns], larger[-rows:, -columns:], larger.T[:rows, :columns]]
    return any(piece.size == W.size and alike(W, piece) for piece in pieces)


def not_finite(name: str, array: Array) -> Finding:
    """Say that there is a NaN or an infinity."""
    return Finding(name, f"{name} contains {'nan' if np.isnan(array).any() else 'inf'}.")


def undescribed_weights(name: str, W: Array) -> Finding:
    """Say how weights are distributed that are not He's, nor of any size that has a name."""
    words = f"{name} has mean {W.mean():.3g} and standard deviation {W.std():.3g}. Draw independent"
    size = f"standard deviation sqrt(2 / {W.shape[1]}) = {he_deviation(W.shape[1], 0):.3g}"
    return Finding(name, f"{words} normal numbers with mean 0 and {size}.")


def _inputs(rng: np.random.Generator) -> Case:
    """Layers large enough for the size of the weights to be measured."""
    return {
        "n_x": int(rng.integers(100, 141)),
        "n_h": int(rng.integers(40, 61)),
        "n_y": int(rng.integers(18, 26)),
        "seed": int(rng.integers(2**31)),
    }


EXERCISE = Exercise(
    id="initialize-parameters",
    lesson="03-training",
    points=1,
    title="Initial weights",
    parts=(
        Part(
            function="initialize_parameters",
            inputs=_inputs,
            reference=initialize_parameters,
            returns={"W1": "W1", "b1": "b1", "W2": "W2", "b2": "b2"},
            order=("W1", "b1", "W2", "b2"),
            shapes={"W1": "(n_h, n_x)", "b1": "(n_h, 1)", "W2": "(n_y, n_h)", "b2": "(n_y, 1)"},
            formulas={
                "W1": "W1 = rng.standard_normal((n_h, n_x)) * np.sqrt(2 / n_x)",
                "b1": "b1 = np.zeros((n_h, 1))",
                "W2": "W2 = rng.standard_normal((n_y, n_h)) * np.sqrt(2 / n_h)",
                "b2": "b2 = np.zeros((n_y, 1))",
            },
            section="Where to start",
            drive="repeated",
            compare=compare_initial,
            mistakes=MISTAKES,
        ),
    ),
)
