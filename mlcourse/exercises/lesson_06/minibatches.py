"""Cutting the examples into mini-batches."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.lesson_06.minibatch_mistakes import (
    LEAF,
    MISTAKES,
    Batches,
    known_batches,
    minibatches,
)

_FLOAT32 = 1.2e-7
"""Rounding of float32."""
_ENOUGH = 20
"""Examples; fewer may come in any order by chance."""


def compare_batches(case: Case, answer: Any) -> Finding | None:
    """Judge batches by what is in them, whatever the order of the examples."""
    X, Y, size = case["X"], case["Y"], case["batch_size"]
    if type(answer) is not list:
        kind = getattr(answer, "type", type(answer).__name__)
        words = f"minibatches returns a value of type {kind}, expected a list of pairs (X_batch, Y_batch)."
        return Finding(LEAF, words)
    for batches in answer:  # with a generator, with the same again, and with another one
        finding = _wrong_examples(batches, X, Y, size)
        if finding:
            return finding
    first, again, other = ([_members(X_batch, X) for X_batch, _ in batches] for batches in answer)
    return (
        _wrong_order(np.concatenate(first), first)
        or _wrong_source(first, again, other)
        or _by_values(np.concatenate(first), X, Y)
    )


def _wrong_examples(batches: Any, X: Array, Y: Array, size: int) -> Finding | None:
    """Whether each example is there once, with its label, in batches of the right size."""
    for index, pair in enumerate(batches):
        finding = _wrong_pair(index, pair, X, Y)
        if finding:
            return finding
    members = [_members(X_batch, X) for X_batch, _ in batches]
    order = np.concatenate([*members, np.zeros(0, int)])
    if (order < 0).any():
        first = np.asarray(batches[0][0], float)
        if np.allclose(np.sort(first, axis=0), np.sort(X[:, : first.shape[1]], axis=0)):
            return known_batches("features-shuffled")
        return Finding(LEAF, "A column of an X_batch is not a column of X. Take whole columns: X[:, order].")
    sizes = [len(m) for m in members]
    return _wrong_cut(order, sizes, X.shape[1], size) or _wrong_labels(batches, members, Y)


def _wrong_pair(index: int, pair: Any, X: Array, Y: Array) -> Finding | None:
    if type(pair) not in (tuple, list) or len(pair) != 2:
        return Finding(LEAF, f"batches[{index}] is not a pair (X_batch, Y_batch).")
    shapes = [np.shape(np.asarray(item, float)) for item in pair]
    wanted = [len(X), len(Y)]
    if any(len(shape) != 2 for shape in shapes):
        return Finding(
            LEAF, f"batches[{index}] has arrays of shapes {shapes[0]} and {shapes[1]}, expected two axes."
        )
    if [shape[0] for shape in shapes] == wanted and shapes[0][1] == shapes[1][1]:
        return None
    if [shape[1] for shape in shapes] == wanted and shapes[0][0] == shapes[1][0]:
        return known_batches("transposed")
    words = f"batches[{index}] has shapes {shapes[0]}, {shapes[1]}, not ({wanted[0]}, k), ({wanted[1]}, k)."
    return Finding(LEAF, words)


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
        return known_batches("empty-batch")
    if twice and missing:
        return known_batches("with-replacement")
    if twice:
        filled = rest and sizes == [size] * len(wanted)
        return (
            known_batches("last-batch-filled-up")
            if filled
            else Finding(LEAF, "Some examples are in two batches.")
        )
    if missing:
        if rest and sizes == [size] * (m // size):
            return known_batches("last-batch-dropped")
        return Finding(LEAF, f"{missing} of {m} examples are in no batch.")
    if sizes == wanted:
        return None
    if sorted(sizes) == sorted(wanted) and _in_runs(np.split(order, np.cumsum(sizes)[:-1])):
        return known_batches("batches-shuffled")
    if len(sizes) == size != len(wanted):
        return known_batches("batch-size-as-count")
    if len(sizes) == len(wanted) and max(sizes) - min(sizes) <= 1:
        return known_batches("even-batches")
    return Finding(LEAF, f"Your batches have {sizes} examples, expected {wanted}.")


def _in_runs(members: list[Array]) -> bool:
    """Whether every batch is a run of neighbours in X."""
    return all((np.diff(where) == 1).all() for where in members)


def _wrong_labels(batches: Batches, members: list[Array], Y: Array) -> Finding | None:
    pairs = zip(batches, members, strict=True)
    together = all(np.allclose(b[1], Y[:, where], rtol=_FLOAT32, atol=0) for b, where in pairs)
    return None if together else known_batches("shuffled-apart")


def _wrong_order(order: Array, members: list[Array]) -> Finding | None:
    """Whether examples that follow each other in X still do, or come at fixed distances."""
    if len(members) > 1 and (np.diff(order) == 1).all():  # of one batch the order is no matter
        return known_batches("not-shuffled")
    if len(members) > 1 and _in_runs([np.sort(where) for where in members]):
        return known_batches("batches-shuffled")
    if len(order) < _ENOUGH:
        return None
    steps = np.diff(order)
    if np.mean((steps == 1) | (steps == -1)) > 0.5 or (not _sorted_inside(members) and _in_few_steps(order)):
        words = "Most examples still follow their neighbours in X. Shuffle all of them, with a permutation"
        return Finding(LEAF, f"{words} from rng.")
    return None


def _sorted_inside(members: list[Array]) -> bool:
    """Whether each batch is in the order of X, as a mask cuts it: that is no matter to training."""
    return len(members) > 1 and all((np.diff(where) > 0).all() for where in members)


def _in_few_steps(order: Array) -> bool:
    """Whether three steps from an example to the next one make up most of an order."""
    counts = np.sort(np.bincount(np.diff(order) % len(order)))
    return bool(len(order) >= _ENOUGH and counts[-3:].sum() > 0.6 * (len(order) - 1))


def _wrong_source(first: list[Array], again: list[Array], other: list[Array]) -> Finding | None:
    """Whether the order is not that of rng: not the same under its seed, or nearly the same under another."""
    order, same, elsewhere = (np.concatenate(members) for members in (first, again, other))
    if len(first) == 1 and (np.diff(order) == 1).all():
        return None
    if not np.array_equal(order, same):
        return known_batches("not-from-rng")
    if np.mean(order == elsewhere) > 0.5:
        return known_batches("own-seed")
    if len(first) > 1 and set(map(frozenset, first)) == set(map(frozenset, other)):
        words = (
            "Your batches hold the same examples whatever rng you are given. Draw the whole order from it."
        )
        return Finding(LEAF, words)
    if not _sorted_inside(first) and _in_few_steps(np.argsort(elsewhere)[order]):
        words = "Most examples follow the same ones whatever rng you are given. Draw the whole order from it."
        return Finding(LEAF, words)
    return None


def _by_values(order: Array, X: Array, Y: Array) -> Finding | None:
    """Whether the order is that of the numbers in X, or of the labels."""
    rising = np.mean(np.diff(X[:, order]) > 0, axis=1)
    together = np.mean((Y[:, order[1:]] == Y[:, order[:-1]]).all(axis=0)) if len(Y) > 1 else 0.0
    if len(order) >= _ENOUGH and (np.abs(rising - 0.5).max() > 0.35 or together > 0.65):
        words = "Your order goes by the numbers in X or Y. Shuffle with a permutation from rng."
        return Finding(LEAF, words)
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
            returns=LEAF,
            shapes={LEAF: "a list of pairs (n, k), (classes, k)"},
            formulas={
                LEAF: "order = rng.permutation(m); X[:, order[start:start + batch_size]] and Y likewise"
            },
            section="Mini-batches",
            drive="repeated_list",
            compare=compare_batches,
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
