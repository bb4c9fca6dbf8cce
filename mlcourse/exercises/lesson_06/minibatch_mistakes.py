"""Cutting examples into mini-batches, right and wrong."""

import numpy as np

from mlcourse.exercises.base import Finding
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known

Batches = list[tuple[Array, Array]]
LEAF = "batches"


def minibatches(X: Array, Y: Array, batch_size: int, rng: np.random.Generator) -> Batches:
    """Reference of minibatches."""
    m = X.shape[1]
    order = rng.permutation(m)
    chunks = [order[start : start + batch_size] for start in range(0, m, batch_size)]
    return [(X[:, chunk], Y[:, chunk]) for chunk in chunks]


MISTAKES = known(
    minibatches,
    """
    last-batch-dropped
        You dropped the last, short batch. Every example is in a batch: let the last one have fewer.
        - range(0, m, batch_size)
        + range(0, m - batch_size + 1, batch_size)
    last-batch-filled-up
        You filled the last batch up with examples that are in other batches. Let it have fewer.
        - rng.permutation(m)
        + np.resize(rng.permutation(m), 2 * m)
    empty-batch
        One of your batches has no examples. Cut at range(0, m, batch_size).
        - range(0, m, batch_size)
        + range(0, m + batch_size, batch_size)
    shuffled-apart
        X and Y of an example have come apart. Draw one permutation and use it for both.
        - return [(X[:, chunk], Y[:, chunk]) for chunk in chunks]
        + apart = rng.permutation(m)
        + of_Y = [apart[start : start + batch_size] for start in range(0, m, batch_size)]
        + return [(X[:, chunk], Y[:, other]) for chunk, other in zip(chunks, of_Y, strict=True)]
    not-shuffled
        Your batches are in the order of X. Shuffle the examples first, with a permutation from rng.
        - rng.permutation(m)
        + np.arange(m)
    batches-shuffled
        You shuffled the batches, but examples that are neighbours in X are always together. Shuffle the
        examples, then cut.
        - rng.permutation(m)
        + np.arange(m)
        - return [(X[:, chunk], Y[:, chunk]) for chunk in chunks]
        + return [(X[:, chunks[k]], Y[:, chunks[k]]) for k in rng.permutation(len(chunks))]
    features-shuffled
        You shuffled the rows of X, which are features. Examples are columns: X[:, order].
        - order = rng.permutation(m)
        + order = np.arange(m)
        + X = X[rng.permutation(len(X))]
    with-replacement
        Some examples are in your batches twice and others not at all. One rng.permutation(m), cut into
        batches, has each of them once.
        - rng.permutation(m)
        + rng.integers(0, m, m)
    batch-size-as-count
        You made batch_size batches. It is the number of examples in a batch.
        - [order[start : start + batch_size] for start in range(0, m, batch_size)]
        + np.array_split(order, batch_size)
    even-batches
        You cut into batches of nearly equal size. Each has batch_size examples; only the last may have fewer.
        - [order[start : start + batch_size] for start in range(0, m, batch_size)]
        + np.array_split(order, -(-m // batch_size))
    transposed
        Your batches have examples as rows. Keep them as columns: X[:, order].
        - (X[:, chunk], Y[:, chunk])
        + (X[:, chunk].T, Y[:, chunk].T)
    not-from-rng
        Two calls with the same rng gave different batches. Shuffle with the rng that you are given.
        - rng.permutation(m)
        + np.random.default_rng().permutation(m)
    own-seed
        You get the same batches whatever rng you are given: shuffle with that one.
        - rng.permutation(m)
        + np.random.default_rng(0).permutation(m)
    in-place
        Your batches are right, but X and Y themselves have been shuffled too. Make new arrays: X[:, order].
        - order = rng.permutation(m)
        + order = rng.permutation(m)
        + X[:], Y[:] = X[:, order], Y[:, order]
        + order = np.arange(m)
    """,
)


def known_batches(name: str) -> Finding:
    """Return what is said of batches with this known mistake."""
    return Finding(LEAF, next(mistake.sentence for mistake in MISTAKES if mistake.name == name), name)
