"""Comparing two gradients, and where not to (statements in `mlcourse.exercises.gradient_checking`)."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.drawing import Array


def relative_difference(a: Array, b: Array) -> float:
    """Reference of relative-difference."""
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size > 0 else 0.0


def _ratio(
    numerator: Callable[[Array, Array], Any], denominator: Callable[[Array, Array], Any]
) -> Callable[..., Any]:
    """Quotient that is 0 where both arrays are zero."""
    return lambda a, b: float(numerator(a, b) / denominator(a, b)) if a.any() or b.any() else 0.0


def _norm(a: Array) -> Any:
    return np.sqrt(np.sum(a**2))


def _distance(a: Array, b: Array) -> Any:
    return _norm(a - b)


def _sizes(a: Array, b: Array) -> Any:
    return _norm(a) + _norm(b)


def _unguarded(a: Array, b: Array) -> Any:
    return _distance(a, b) / _sizes(a, b)


_DIFFERENCE_MISTAKES = (
    Mistake(
        "not-relative",
        "You returned ||a - b|| by itself. Whether that is large depends on the gradients: divide by ||a|| "
        "+ ||b||.",
        _distance,
    ),
    Mistake(
        "squared",
        "You left out the square roots of the norms: ||a|| is np.linalg.norm(a), not np.sum(a**2).",
        _ratio(lambda a, b: np.sum((a - b) ** 2), lambda a, b: np.sum(a**2) + np.sum(b**2)),
    ),
    Mistake(
        "one-norm-below",
        "You divided by ||a|| alone. Divide by ||a|| + ||b||, so that a and b may be exchanged.",
        _ratio(_distance, lambda a, b: _norm(a)),
    ),
    Mistake(
        "other-norm-below",
        "You divided by ||b|| alone. Divide by ||a|| + ||b||, so that a and b may be exchanged.",
        _ratio(_distance, lambda a, b: _norm(b)),
    ),
    Mistake(
        "largest-norm-below",
        "You divided by the larger of the two norms. Divide by their sum, ||a|| + ||b||.",
        _ratio(_distance, lambda a, b: max(_norm(a), _norm(b))),
    ),
    Mistake(
        "norm-of-sum",
        "You divided by ||a + b||. Divide by ||a|| + ||b||: where a and b cancel, the norm of their sum is "
        "small.",
        _ratio(_distance, lambda a, b: _norm(a + b)),
    ),
    Mistake(
        "difference-of-norms",
        "You compared the norms, | ||a|| - ||b|| |. Two arrays of equal norm may differ: take ||a - b||.",
        _ratio(lambda a, b: abs(_norm(a) - _norm(b)), _sizes),
    ),
    Mistake(
        "sums-for-norms",
        "You summed absolute values. ||a|| is the square root of the sum of squares: np.linalg.norm(a).",
        _ratio(lambda a, b: np.sum(abs(a - b)), lambda a, b: np.sum(abs(a)) + np.sum(abs(b))),
    ),
    Mistake(
        "mean-of-ratios",
        "You averaged the relative difference of every entry. Take the norms first, then one quotient.",
        _ratio(lambda a, b: np.mean(abs(a - b) / (abs(a) + abs(b))), lambda a, b: 1),
    ),
    Mistake(
        "padded-denominator",
        "You added 1e-8 to the denominator, which hides errors in small gradients. Return 0 where both "
        "norms are 0, and divide by ||a|| + ||b|| elsewhere.",
        lambda a, b: _distance(a, b) / (_sizes(a, b) + 1e-8),
    ),
    Mistake(
        "zero-by-zero",
        "Right, but not where both arrays are zero: 0 / 0 is NaN. Return 0.0 there.",
        _unguarded,
    ),
)


def _small_pair(rng: np.random.Generator) -> Case:
    """Two gradients of which one is a disturbed copy of the other; small, as they are near a minimum."""
    shape = tuple(int(n) for n in rng.permutation(np.arange(2, 7))[:2])
    a = rng.uniform(0.2, 1, shape) * rng.choice([-1, 1], shape) * 10 ** rng.uniform(-6, -4)
    return {"a": a, "b": a * rng.uniform(1.2, 2.5, shape)}


def _difference_edges() -> list[Case]:
    """Both zero; one zero; equal; other numbers of dimensions."""
    rng = np.random.default_rng(2)
    a = rng.standard_normal((3, 2))
    return [
        {"a": np.zeros((2, 3)), "b": np.zeros((2, 3))},
        {"a": np.zeros(4), "b": np.zeros(4)},
        {"a": a, "b": np.zeros((3, 2))},
        {"a": a, "b": a.copy()},
        {"a": a[0], "b": -a[0]},
        {"a": rng.standard_normal((2, 3, 2)), "b": rng.standard_normal((2, 3, 2))},
    ]


def crosses_kink(Z_minus: Array, Z_plus: Array) -> Array:
    """Reference of kinks."""
    return ((Z_minus < 0) & (Z_plus > 0)) | ((Z_minus > 0) & (Z_plus < 0))


_KINK_MISTAKES = (
    Mistake(
        "upwards-only",
        "You found the inputs that go from negative to positive. Those that go from positive to negative "
        "cross the kink too.",
        lambda Z_minus, Z_plus: (Z_minus < 0) & (Z_plus > 0),
    ),
    Mistake(
        "downwards-only",
        "You found the inputs that go from positive to negative. Those that go from negative to positive "
        "cross the kink too.",
        lambda Z_minus, Z_plus: (Z_minus > 0) & (Z_plus < 0),
    ),
    Mistake(
        "same-side",
        "You have it the wrong way round: True is for inputs that change sign.",
        lambda Z_minus, Z_plus: ~crosses_kink(Z_minus, Z_plus),
    ),
    Mistake(
        "zero-counts-as-negative",
        "Your answer is True between 0 and a positive number. There ReLU is a straight line: True only "
        "where one is negative and the other positive.",
        lambda Z_minus, Z_plus: (Z_minus > 0) != (Z_plus > 0),
    ),
    Mistake(
        "zero-counts-as-positive",
        "Your answer is True between 0 and a negative number. There ReLU is a straight line: True only "
        "where one is negative and the other positive.",
        lambda Z_minus, Z_plus: (Z_minus >= 0) != (Z_plus >= 0),
    ),
    Mistake(
        "zero-is-a-third-sign",
        "Your answer is True wherever the signs differ, also from 0. True only where one is negative and "
        "the other positive.",
        lambda Z_minus, Z_plus: np.sign(Z_minus) != np.sign(Z_plus),
    ),
    Mistake(
        "zero-always-crosses",
        "Your answer is True wherever one of the two is 0. True only where one is negative and the other "
        "positive: the product < 0, not <= 0.",
        lambda Z_minus, Z_plus: Z_minus * Z_plus <= 0,
    ),
    Mistake(
        "zeros-only",
        "You looked for inputs that are exactly 0. The kink is crossed where the inputs have opposite signs.",
        lambda Z_minus, Z_plus: (Z_minus == 0) | (Z_plus == 0),
    ),
    Mistake(
        "any-change",
        "You found the inputs that change at all. They cross the kink only where they change sign.",
        lambda Z_minus, Z_plus: Z_minus != Z_plus,
    ),
    Mistake(
        "one-answer",
        "You returned one answer for all. Return one for each entry, in the shape of Z_minus.",
        lambda Z_minus, Z_plus: crosses_kink(Z_minus, Z_plus).any(),
    ),
    Mistake(
        "numbers",
        "Your answer is right, but made of numbers. Return booleans, so that ~ and indexing work.",
        lambda Z_minus, Z_plus: crosses_kink(Z_minus, Z_plus).astype(int),
    ),
)


def _kink_inputs(rng: np.random.Generator) -> Case:
    """All nine pairs of signs, zero included, among others; in a random place."""
    rows, columns = (int(n) for n in rng.permutation(np.arange(4, 8))[:2])
    signs = np.array([(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)])
    rest = rng.choice([-1, 1], (rows * columns - len(signs), 2))
    pairs = rng.permutation(np.concatenate([signs, rest])) * rng.uniform(0.1, 2, (rows * columns, 2))
    return {"Z_minus": pairs[:, 0].reshape(rows, columns), "Z_plus": pairs[:, 1].reshape(rows, columns)}


def _kink_edges() -> list[Case]:
    """Steps as small as a check makes them; and one row of examples without a dimension for units."""
    Z = np.array([[-3e-6, 4e-6, 0.5], [-0.5, 0.0, 9e-6]])
    return [
        {"Z_minus": Z - 1e-5, "Z_plus": Z + 1e-5},
        {"Z_minus": np.array([-1.0, 2.0, 0.0]), "Z_plus": np.array([1.0, -2.0, 0.0])},
    ]


RELATIVE_DIFFERENCE = Exercise(
    id="relative-difference",
    lesson="04-gradient-checking",
    points=1,
    title="How far two gradients are apart",
    parts=(
        Part(
            function="relative_difference",
            inputs=_small_pair,
            reference=relative_difference,
            returns="difference",
            shapes={"difference": "a number"},
            formulas={"difference": "||a - b|| / (||a|| + ||b||), and 0 where both are zero"},
            section="Comparing two gradients",
            mistakes=_DIFFERENCE_MISTAKES,
            edges=_difference_edges,
        ),
    ),
)

KINKS = Exercise(
    id="kinks",
    lesson="04-gradient-checking",
    points=2,
    title="Where a central difference fails",
    parts=(
        Part(
            function="crosses_kink",
            inputs=_kink_inputs,
            reference=crosses_kink,
            returns="crossed",
            shapes={"crossed": "the shape of Z_minus"},
            formulas={"crossed": "True where one of Z_minus, Z_plus is negative and the other positive"},
            section="The false alarm",
            mistakes=_KINK_MISTAKES,
            edges=_kink_edges,
        ),
    ),
)
