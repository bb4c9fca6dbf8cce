"""Back through a broadcast."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def unbroadcast(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Reference of unbroadcast."""
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


MISTAKES = known(
    unbroadcast,
    """
    nothing-summed
        You returned the slope as it is. Sum over the axes along which the array was repeated, until it has
        the shape that was asked for.
        - while gradient.ndim > len(shape):
        -     gradient = gradient.sum(axis=0)
        - for axis, size in enumerate(shape):
        -     if size == 1:
        -         gradient = gradient.sum(axis=axis, keepdims=True)
        + pass
    new-axes-kept
        You summed over the axes of size 1, but not over those that the array did not have at all. NumPy puts
        them in front: sum over axis 0 until the number of axes is right.
        - enumerate(shape)
        + enumerate(shape, gradient.ndim - len(shape))
        - while gradient.ndim > len(shape):
        -     gradient = gradient.sum(axis=0)
    new-axes-kept-and-counted-from-the-left
        You did not sum over the axes that the array did not have at all, and the others are counted from the
        left. NumPy puts new axes in front: sum over axis 0 until the number of axes is right.
        - while gradient.ndim > len(shape):
        -     gradient = gradient.sum(axis=0)
    axes-of-size-1-left-out
        You summed over the new axes, but not over those where the array has size 1 and was repeated.
        - for axis, size in enumerate(shape):
        -     if size == 1:
        -         gradient = gradient.sum(axis=axis, keepdims=True)
        + pass
    keepdims-forgotten
        Your sum drops the axis of size 1. It has to stay: keepdims=True.
        - gradient.sum(axis=axis, keepdims=True)
        + gradient.sum(axis=axis)
    new-axes-at-the-end
        You took the new axes for the last ones. NumPy puts missing axes in front: sum over axis 0.
        - gradient.sum(axis=0)
        + gradient.sum(axis=-1)
    mean-for-sum
        You took means. An entry that is used n times gets n shares, and shares are added: sum.
        - gradient.sum(axis=0)
        + gradient.mean(axis=0)
        - gradient.sum(axis=axis, keepdims=True)
        + gradient.mean(axis=axis, keepdims=True)
    mean-over-axes-of-size-1
        Over the axes of size 1 you took the mean. Shares are added: sum.
        - gradient.sum(axis=axis, keepdims=True)
        + gradient.mean(axis=axis, keepdims=True)
    mean-over-new-axes
        Over the new axes you took the mean. Shares are added: sum.
        - gradient.sum(axis=0)
        + gradient.mean(axis=0)
    first-use-only
        You took the first slope along the repeated axes. An entry gets a share from each of its uses: sum.
        - gradient.sum(axis=0)
        + gradient[0]
        - gradient.sum(axis=axis, keepdims=True)
        + gradient.take([0], axis=axis)
    all-summed
        You summed over everything. Sum only over the axes along which the array was repeated.
        - return gradient
        + return gradient.sum()
    all-summed-and-spread
        You summed over everything and gave each entry the whole. Sum only over the axes along which the array
        was repeated: each entry gets the shares of its own uses.
        - return gradient
        + return np.full(shape, gradient.sum())
    axes-of-size-1-first
        Your sums do not all run over the axes of size 1. Take the new axes away first: then axis k of the
        slope is axis k of the shape, and where the shape has a 1 the sum runs over that axis.
        - while gradient.ndim > len(shape):
        -     gradient = gradient.sum(axis=0)
        + pass
        - return gradient
        + while gradient.ndim > len(shape):
        +     gradient = gradient.sum(axis=0)
        + return gradient
    one-new-axis-only
        You take one new axis away. There may be several: while gradient.ndim > len(shape), not if.
        - while gradient.ndim > len(shape):
        -     gradient = gradient.sum(axis=0)
        + if gradient.ndim > len(shape):
        +     gradient = gradient.sum(axis=0)
    new-axes-kept-with-size-1
        Your sum over a new axis keeps it with size 1, so the number of axes stays. There it has to go: no
        keepdims for the new axes.
        - while gradient.ndim > len(shape):
        -     gradient = gradient.sum(axis=0)
        + gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))), keepdims=True)
        - enumerate(shape)
        + enumerate(shape, gradient.ndim - len(shape))
    other-axes-summed
        You summed over the axes where the array has its full size. Sum over those where it has size 1.
        - size == 1
        + size != 1
    broadcast-again
        You broadcast once more. The way back is the other way round: from the large shape to the small one,
        with a sum.
        - while gradient.ndim > len(shape):
        -     gradient = gradient.sum(axis=0)
        - for axis, size in enumerate(shape):
        -     if size == 1:
        -         gradient = gradient.sum(axis=axis, keepdims=True)
        - return gradient
        + return np.broadcast_to(gradient, shape)
    """,
)


def _case(rng: np.random.Generator, gradient: tuple[int, ...], shape: tuple[int, ...]) -> Case:
    return {"gradient": rng.standard_normal(gradient), "shape": shape}


def _inputs(rng: np.random.Generator) -> Case:
    """A new axis, two of size 1 and one between them in every case, so that each oversight shows."""
    j, k, n, m = (int(size) for size in rng.permutation(np.arange(2, 7))[:4])
    return _case(rng, (j, k, n, m), (1, n, 1))


def _edges() -> list[Case]:
    """Nothing to sum; a number; a row and a column; several axes of size 1, one of them in both shapes."""
    rng = np.random.default_rng(9)
    pairs: list[Any] = [
        ((3, 4), (3, 4)),
        ((3, 4), ()),
        ((), ()),
        ((3, 4), (4,)),
        ((3, 4), (3, 1)),
        ((3, 3), (1, 3)),
        ((3, 3), (3,)),
        ((3, 4), (1, 1)),
        ((1, 4), (1, 4)),
        ((2, 3, 4), (1, 3, 1)),
        ((2, 3, 4), (1,)),
    ]
    return [_case(rng, *pair) for pair in pairs]


EXERCISE = Exercise(
    id="unbroadcast",
    lesson="09-tensors",
    points=2,
    title="Back through a broadcast",
    parts=(
        Part(
            function="unbroadcast",
            inputs=_inputs,
            reference=unbroadcast,
            returns="slope",
            shapes={"slope": "the argument shape"},
            formulas={"slope": "slope = the sum of the gradient over the axes that were repeated"},
            section="A broadcast, backward",
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
