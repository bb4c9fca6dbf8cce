"""How far two gradients are apart."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def relative_difference(a: Array, b: Array) -> float:
    """Distance, relative to the sizes of both; 0 where both are zero."""
    distance = np.sqrt(np.sum((a - b) ** 2))
    size = np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(b**2))
    if size == 0:
        return 0.0
    return float(distance / size)


_POWERS = ("1e-6", "1e-7", "1e-9", "1e-10", "1e-12", "1e-15", "1e-16")
PADDINGS = {"": "1e-8", "-eps": "np.finfo(float).eps"} | {f"-{epsilon}": epsilon for epsilon in _POWERS}

MISTAKES = known(
    relative_difference,
    """
    not-relative
        You returned ||a - b|| by itself. Whether that is large depends on the gradients: divide by ||a|| +
        ||b||.
        - distance / size
        + distance
    squared
        You left out the square roots of the norms: ||a|| is np.linalg.norm(a), not np.sum(a**2).
        - np.sqrt(np.sum((a - b) ** 2))
        + np.sum((a - b) ** 2)
        - np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(b**2))
        + np.sum(a**2) + np.sum(b**2)
    one-norm-below
        You divided by ||a|| alone. Divide by ||a|| + ||b||, so that a and b may be exchanged.
        - distance / size
        + distance / np.linalg.norm(a)
    other-norm-below
        You divided by ||b|| alone. Divide by ||a|| + ||b||, so that a and b may be exchanged.
        - distance / size
        + distance / np.linalg.norm(b)
    largest-norm-below
        You divided by the larger of the two norms. Divide by their sum, ||a|| + ||b||.
        - np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(b**2))
        + max(np.linalg.norm(a), np.linalg.norm(b))
    norm-of-sum
        You divided by ||a + b||. Divide by ||a|| + ||b||: where a and b cancel, the norm of their sum is
        small.
        - distance / size
        + distance / np.linalg.norm(a + b)
    difference-of-norms
        You compared the norms, | ||a|| - ||b|| |. Two arrays of equal norm may differ: take ||a - b||.
        - np.sqrt(np.sum((a - b) ** 2))
        + abs(np.linalg.norm(a) - np.linalg.norm(b))
    sums-for-norms
        You summed absolute values. ||a|| is the square root of the sum of squares: np.linalg.norm(a).
        - np.sqrt(np.sum((a - b) ** 2))
        + np.sum(abs(a - b))
        - np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(b**2))
        + np.sum(abs(a)) + np.sum(abs(b))
    mean-of-ratios
        You averaged the relative difference of every entry. Take the norms first, then one quotient.
        - distance / size
        + np.mean(abs(a - b) / (abs(a) + abs(b)))
    largest-ratio
        You took the largest relative difference of an entry, which one small entry decides. Take the norms
        first, then one quotient.
        - distance / size
        + np.max(abs(a - b) / (abs(a) + abs(b)))
    largest-padded-ratio
        You took the largest relative difference of an entry, and 1e-8 for what is smaller below. Take the
        norms first, then one quotient: ||a - b|| / (||a|| + ||b||).
        - distance / size
        + np.max(abs(a - b) / np.maximum(1e-8, abs(a) + abs(b)))
    zero-where-one-is-zero
        You returned 0 where only one of the arrays is zero: there the difference is as large as can be, 1.
        Return 0 where both are zero.
        - size == 0
        + not a.any() or not b.any()
    tiny-counts-as-zero
        Where a and b are tiny, your difference comes out too small: a number is added to the denominator or
        taken in its place, or what is tiny counts as 0. Divide by ||a|| + ||b|| wherever that is not 0.
        - size == 0
        + size < 1e-30
        or
        - size == 0
        + size < 1e-8
        or
        - distance / size
        + distance / max(size, 1e-8)
        or
        - distance / size
        + distance / max(size, 1e-10)
    zero-by-zero
        Right, but not where both arrays are zero: 0 / 0 is NaN. Return 0.0 there.
        - if size == 0:
        -     return 0.0
    """
    + "".join(
        f"""
    padded-denominator{name}
        You added {epsilon} to the denominator, which hides errors in small gradients. Return 0 where both
        norms are 0, and divide by ||a|| + ||b|| elsewhere.
        - distance / size
        + distance / (size + {epsilon})
    """
        for name, epsilon in PADDINGS.items()
    ),
)


def draw(rng: np.random.Generator) -> Case:
    """Two gradients of which one is a disturbed copy of the other; small, as they are near a minimum."""
    shape = tuple(int(n) for n in rng.permutation(np.arange(2, 7))[:2])
    a = rng.uniform(0.2, 1, shape) * rng.choice([-1, 1], shape) * 10 ** rng.uniform(-6, -4)
    return {"a": a, "b": a * rng.uniform(1.2, 2.5, shape)}


def edges() -> list[Case]:
    """Both zero; one zero; equal; other numbers of dimensions; tiny."""
    rng = np.random.default_rng(2)
    a = rng.standard_normal((3, 2))
    return [
        {"a": np.zeros((2, 3)), "b": np.zeros((2, 3))},
        {"a": np.zeros(4), "b": np.zeros(4)},
        {"a": a, "b": np.zeros((3, 2))},
        {"a": np.zeros((3, 2)), "b": a.copy()},
        {"a": a, "b": a.copy()},
        {"a": a[0], "b": -a[0]},
        {"a": rng.standard_normal((2, 3, 2)), "b": rng.standard_normal((2, 3, 2))},
        *({"a": a * size, "b": a * 3 * size} for size in (1e-12, 1e-140)),
    ]


EXERCISE = Exercise(
    id="relative-difference",
    lesson="04-gradient-checking",
    points=1,
    title="How far two gradients are apart",
    parts=(
        Part(
            function="relative_difference",
            inputs=draw,
            reference=relative_difference,
            returns="difference",
            shapes={"difference": "a number"},
            formulas={"difference": "||a - b|| / (||a|| + ||b||), and 0 where both are zero"},
            section="Comparing two gradients",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
