"""Cutting the examples into mini-batches."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.drawing import Array

Batches = list[tuple[Array, Array]]
_LEAF = "batches"
_FLOAT32 = 1.2e-7
"""Rounding of float32."""


def minibatches(X: Array, Y: Array, batch_size: int, rng: np.random.Generator) -> Batches:
    """Reference of minibatches."""
    order = rng.permutation(X.shape[1])
    chunks = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    return [(X[:, chunk], Y[:, chunk]) for chunk in chunks]


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
    return [(X_batch.T, Y_batch.T) for X_batch, Y_batch in minibatches(X, Y, batch_size, rng)]


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


def _known(name: str) -> Finding:
    return Finding(_LEAF, next(mistake.sentence for mistake in MISTAKES if mistake.name == name), name)


def compare_batches(case: Case, answer: Any) -> Finding | None:
    """Judge batches by what is in them, whatever the order of the examples."""
    X, Y, size = case["X"], case["Y"], case["batch_size"]
    if type(answer) is not list:
        kind = getattr(answer, "type", type(answer).__name__)
        words = f"minibatches returns a value of type {kind}, expected a list of pairs (X_batch, Y_batch)."
        return Finding(_LEAF, words)
    batches = answer[0]
    for index, pair in enumerate(batches):
        finding = _wrong_pair(index, pair, X, Y)
        if finding:
            return finding
    members = [_members(X_batch, X) for X_batch, _ in batches]
    order = np.concatenate([*members, np.zeros(0, int)])
    if (order < 0).any():
        first = np.asarray(batches[0][0], float)
        if np.allclose(np.sort(first, axis=0), np.sort(X[:, : first.shape[1]], axis=0)):
            return _known("features-shuffled")
        return Finding(_LEAF, "A column of an X_batch is not a column of X. Take whole columns: X[:, order].")
    return (
        _wrong_cut(order, [len(m) for m in members], X.shape[1], size)
        or _wrong_labels(batches, members, Y)
        or _wrong_order(order, members, answer)
    )


def _wrong_pair(index: int, pair: Any, X: Array, Y: Array) -> Finding | None:
    if type(pair) not in (tuple, list) or len(pair) != 2:
        return Finding(_LEAF, f"batches[{index}] is not a pair (X_batch, Y_batch).")
    shapes = [np.shape(np.asarray(item, float)) for item in pair]
    wanted = [len(X), len(Y)]
    if any(len(shape) != 2 for shape in shapes):
        return Finding(
            _LEAF, f"batches[{index}] has arrays of shapes {shapes[0]} and {shapes[1]}, expected two axes."
        )
    if [shape[0] for shape in shapes] == wanted and shapes[0][1] == shapes[1][1]:
        return None
    if [shape[1] for shape in shapes] == wanted and shapes[0][0] == shapes[1][0]:
        return _known("transposed")
    words = f"batches[{index}] has shapes {shapes[0]}, {shapes[1]}, not ({wanted[0]}, k), ({wanted[1]}, k)."
    return Finding(_LEAF, words)


def _members(X_batch: Any, X: Array) -> Array:
    """Index in X of every column of a batch, -1 where it is not in X; columns of X are all different."""
    X_batch = np.asarray(X_batch, float)
    distance = np.abs(X_batch[:, :, None] - X[:, None, :]).max(axis=0)
    if not distance.size:
        return np.zeros(0, int)
    nearest = distance.argmin(axis=1)
    # Exactly that column, or what is left of it in float32.
    exact = np.isclose(X_batch, X[:, nearest], rtol=_FLOAT32, atol=0).all(axis=0)
    return np.where(exact, nearest, -1)


def _wrong_cut(order: Array, sizes: list[int], m: int, size: int) -> Finding | None:
    """Whether every example is there once, and the batches have the right sizes."""
    rest = m % size
    wanted = [size] * (m // size) + ([rest] if rest else [])
    counts = np.bincount(order, minlength=m)
    missing, twice = int((counts == 0).sum()), bool((counts > 1).any())
    if 0 in sizes:
        return _known("empty-batch")
    if twice and missing:
        return _known("with-replacement")
    if twice:
        filled = rest and sizes == [size] * len(wanted)
        return (
            _known("last-batch-filled-up") if filled else Finding(_LEAF, "Some examples are in two batches.")
        )
    if missing:
        if rest and sizes == [size] * (m // size):
            return _known("last-batch-dropped")
        return Finding(_LEAF, f"{missing} of {m} examples are in no batch.")
    if sizes == wanted:
        return None
    if sorted(sizes) == sorted(wanted) and _in_runs(np.split(order, np.cumsum(sizes)[:-1])):
        return _known("batches-shuffled")
    if len(sizes) == size != len(wanted):
        return _known("batch-size-as-count")
    if len(sizes) == len(wanted) and max(sizes) - min(sizes) <= 1:
        return _known("even-batches")
    return Finding(_LEAF, f"Your batches have {sizes} examples, expected {wanted}.")


def _in_runs(members: list[Array]) -> bool:
    """Whether every batch is a run of neighbours in X."""
    return all((np.diff(where) == 1).all() for where in members)


def _wrong_labels(batches: Batches, members: list[Array], Y: Array) -> Finding | None:
    pairs = zip(batches, members, strict=True)
    together = all(np.allclose(b[1], Y[:, where], rtol=_FLOAT32, atol=0) for b, where in pairs)
    return None if together else _known("shuffled-apart")


def _wrong_order(order: Array, members: list[Array], answer: list[Any]) -> Finding | None:
    if (np.diff(order) == 1).all():
        return _known("not-shuffled")
    if len(members) > 1 and _in_runs([np.sort(where) for where in members]):
        return _known("batches-shuffled")
    steps = np.diff(order)
    if np.mean((steps == 1) | (steps == -1)) > 0.5:
        words = "Most examples still follow their neighbours in X. Shuffle all of them, with a permutation"
        return Finding(_LEAF, f"{words} from rng.")
    first, again, other = (np.concatenate([b[0] for b in batches], axis=1) for batches in answer)
    if not np.array_equal(first, again):
        return _known("not-from-rng")
    if first.shape == other.shape and np.mean((first == other).all(axis=0)) > 0.5:
        return _known("own-seed")
    return None


def _case(rng: np.random.Generator, m: int, batch_size: int, classes: int) -> Case:
    Y = np.eye(classes)[:, rng.integers(0, classes, m)] if classes > 1 else rng.random((1, m))
    return {
        "X": rng.standard_normal((int(rng.integers(5, 8)), m)),
        "Y": Y,
        "batch_size": batch_size,
        "seed": int(rng.integers(2**31)),
    }


def _inputs(rng: np.random.Generator) -> Case:
    """Some full batches and a short one; sizes with which no two ways of cutting give the same."""
    batch_size, full = int(rng.integers(8, 11)), int(rng.integers(4, 7))
    return _case(rng, batch_size * full + int(rng.integers(2, batch_size - 2)), batch_size, classes=5)


def _edges() -> list[Case]:
    """No short batch (twice); and fewer examples than a batch takes (one target a column)."""
    rng = np.random.default_rng(7)
    return [_case(rng, 24, 6, classes=4), _case(rng, 35, 7, classes=4), _case(rng, 9, 16, classes=1)]


EXERCISE = Exercise(
    id="minibatches",
    lesson="06-optimization",
    points=2,
    title="Mini-batches",
    parts=(
        Part(
            function="minibatches",
            inputs=_inputs,
            reference=minibatches,
            returns=_LEAF,
            shapes={_LEAF: "a list of pairs (n, k), (classes, k)"},
            formulas={
                _LEAF: "order = rng.permutation(m); X[:, order[start:start + batch_size]] and Y likewise"
            },
            section="Mini-batches",
            drive="repeated_list",
            compare=compare_batches,
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
