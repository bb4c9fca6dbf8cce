"""Known mistakes of cutting examples into mini-batches."""

from collections.abc import Callable

import numpy as np

from mlcourse.exercises.base import Finding, Mistake
from mlcourse.exercises.drawing import Array

Batches = list[tuple[Array, Array]]
LEAF = "batches"


def _wrong(
    order_X: Callable[..., Array] = lambda m, rng: rng.permutation(m),
    order_Y: Callable[..., Array] | None = None,
    starts: Callable[[int, int], range] = lambda m, size: range(0, m, size),
) -> Callable[..., Batches]:
    """Batches with another order of X, of Y, or other places to cut."""

    def wrong(X: Array, Y: Array, batch_size: int, rng: np.random.Generator) -> Batches:
        m = X.shape[1]
        order = order_X(m, rng)
        of_Y = order_Y(m, rng) if order_Y else order
        return [
            (X[:, order[start : start + batch_size]], Y[:, of_Y[start : start + batch_size]])
            for start in starts(m, batch_size)
        ]

    return wrong


def _split_in(X: Array, Y: Array, parts: int, rng: np.random.Generator) -> Batches:
    return [(X[:, chunk], Y[:, chunk]) for chunk in np.array_split(rng.permutation(X.shape[1]), parts)]


def _even(X: Array, Y: Array, batch_size: int, rng: np.random.Generator) -> Batches:
    return _split_in(X, Y, -(-X.shape[1] // batch_size), rng)


def _shuffled_batches(X: Array, Y: Array, batch_size: int, rng: np.random.Generator) -> Batches:
    batches = _wrong(order_X=lambda m, rng: np.arange(m))(X, Y, batch_size, rng)
    return [batches[index] for index in rng.permutation(len(batches))]


def _shuffled_features(X: Array, Y: Array, batch_size: int, rng: np.random.Generator) -> Batches:
    return _wrong(order_X=lambda m, rng: np.arange(m))(X[rng.permutation(len(X))], Y, batch_size, rng)


def _in_place(X: Array, Y: Array, batch_size: int, rng: np.random.Generator) -> Batches:
    order = rng.permutation(X.shape[1])
    X[:], Y[:] = X[:, order], Y[:, order]
    return _wrong(order_X=lambda m, rng: np.arange(m))(X, Y, batch_size, rng)


def _transposed(X: Array, Y: Array, batch_size: int, rng: np.random.Generator) -> Batches:
    return [(X_batch.T, Y_batch.T) for X_batch, Y_batch in _wrong()(X, Y, batch_size, rng)]


MISTAKES = (
    Mistake(
        "last-batch-dropped",
        "You dropped the last, short batch. Every example is in a batch: let the last one have fewer.",
        _wrong(starts=lambda m, size: range(0, m - size + 1, size)),
    ),
    Mistake(
        "last-batch-filled-up",
        "You filled the last batch up with examples that are in other batches. Let it have fewer.",
        _wrong(order_X=lambda m, rng: np.resize(rng.permutation(m), 2 * m)),
    ),
    Mistake(
        "empty-batch",
        "One of your batches has no examples. Cut at range(0, m, batch_size).",
        _wrong(starts=lambda m, size: range(0, m + 1, size) if m % size == 0 else range(0, m + size, size)),
    ),
    Mistake(
        "shuffled-apart",
        "X and Y of an example have come apart. Draw one permutation and use it for both.",
        _wrong(order_Y=lambda m, rng: rng.permutation(m)),
    ),
    Mistake(
        "not-shuffled",
        "Your batches are in the order of X. Shuffle the examples first, with a permutation from rng.",
        _wrong(order_X=lambda m, rng: np.arange(m)),
    ),
    Mistake(
        "batches-shuffled",
        "You shuffled the batches, but examples that are neighbours in X are always together. Shuffle the "
        "examples, then cut.",
        _shuffled_batches,
    ),
    Mistake(
        "features-shuffled",
        "You shuffled the rows of X, which are features. Examples are columns: X[:, order].",
        _shuffled_features,
    ),
    Mistake(
        "with-replacement",
        "Some examples are in your batches twice and others not at all. Draw without replacement: "
        "rng.permutation(m).",
        _wrong(order_X=lambda m, rng: rng.integers(0, m, m)),
    ),
    Mistake(
        "batch-size-as-count",
        "You made batch_size batches. It is the number of examples in a batch.",
        _split_in,
    ),
    Mistake(
        "even-batches",
        "You cut into batches of nearly equal size. Each has batch_size examples; only the last may have "
        "fewer.",
        _even,
    ),
    Mistake(
        "transposed",
        "Your batches have examples as rows. Keep them as columns: X[:, order].",
        _transposed,
    ),
    Mistake(
        "not-from-rng",
        "Two calls with the same rng gave different batches. Shuffle with the rng that you are given.",
        _wrong(order_X=lambda m, rng: np.random.default_rng().permutation(m)),
    ),
    Mistake(
        "own-seed",
        "You get the same batches whatever rng you are given: shuffle with that one.",
        _wrong(order_X=lambda m, rng: np.random.default_rng(0).permutation(m)),
    ),
    Mistake(
        "in-place",
        "Your batches are right, but X and Y themselves have been shuffled too. Make new arrays: X[:, "
        "order].",
        _in_place,
    ),
)


def known_batches(name: str) -> Finding:
    """Return what is said of batches with this known mistake."""
    return Finding(LEAF, next(mistake.sentence for mistake in MISTAKES if mistake.name == name), name)
