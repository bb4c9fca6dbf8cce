"""Right answers to unbroadcast in other people's styles."""

from functools import reduce
from math import prod

import numpy as np


def ones_in_front_then_all_at_once(gradient, shape):
    padded = (1,) * (gradient.ndim - len(shape)) + shape
    axes = tuple(i for i, (g, s) in enumerate(zip(gradient.shape, padded, strict=True)) if g != s)
    return gradient.sum(axis=axes, keepdims=True).reshape(shape)


def range_and_negative_axes(gradient, shape):
    for _ in range(gradient.ndim - len(shape)):
        gradient = np.sum(gradient, axis=0)
    for k in range(-len(shape), 0):
        if shape[k] == 1:
            gradient = np.sum(gradient, axis=k, keepdims=True)
    return gradient


def add_reduce(gradient, shape):
    while len(gradient.shape) > len(shape):
        gradient = np.add.reduce(gradient)
    for i, n in enumerate(shape):
        if n == 1:
            gradient = np.add.reduce(gradient, axis=i, keepdims=True)
    return gradient


def if_unequal(gradient, shape):
    extra = gradient.ndim - len(shape)
    if extra > 0:
        gradient = gradient.sum(axis=tuple(range(extra)))
    for i in range(len(shape)):
        if gradient.shape[i] != shape[i]:
            gradient = gradient.sum(axis=i, keepdims=True)
    return gradient


def nothing_to_do_first(gradient, shape):
    if gradient.shape == shape:
        return gradient
    lead = gradient.ndim - len(shape)
    g = gradient.sum(axis=tuple(range(lead))) if lead else gradient
    axes = tuple(np.where(np.array(shape) == 1)[0]) if shape else ()
    return g.sum(axis=axes, keepdims=True) if axes else g


def by_reshape_and_einsum_ellipsis(gradient, shape):
    flat = gradient.reshape(-1, *gradient.shape[gradient.ndim - len(shape) :])
    summed = np.einsum("i...->...", flat)
    for axis in np.flatnonzero(np.asarray(shape) == 1):
        summed = np.expand_dims(summed.sum(axis), axis)
    return summed


def python_sum(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = sum(gradient)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = np.expand_dims(sum(np.moveaxis(gradient, axis, 0)), axis)
    return np.asarray(gradient)


def slices_of_size_1(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis)[(slice(None),) * axis + (None,)]
    return gradient


def bincount(gradient, shape):
    owner = np.broadcast_to(np.arange(prod(shape)).reshape(shape), gradient.shape)
    return np.bincount(owner.ravel(), gradient.ravel(), prod(shape)).reshape(shape)


def matrix_of_zeros_and_ones(gradient, shape):
    owner = np.broadcast_to(np.arange(prod(shape)).reshape(shape), gradient.shape).ravel()
    uses = np.eye(prod(shape))[owner]
    return (uses.T @ gradient.ravel()).reshape(shape)


def into_a_view_of_zeros(gradient, shape):
    result = np.zeros(shape)
    for place in np.ndindex(gradient.shape):
        tail = place[len(place) - len(shape) :]
        result[tuple(min(i, n - 1) for i, n in zip(tail, shape, strict=True))] += gradient[place]
    return result


def tuple_of_a_list(gradient, shape):
    axes = list(range(gradient.ndim - len(shape)))
    axes += [len(axes) + i for i, s in enumerate(shape) if s == 1]
    return np.reshape(np.sum(gradient, tuple(axes)), shape)


def with_reduce(gradient, shape):
    gradient = reduce(lambda g, _: g.sum(axis=0), range(gradient.ndim - len(shape)), gradient)
    ones = (axis for axis, size in enumerate(shape) if size == 1)
    return reduce(lambda g, axis: g.sum(axis=axis, keepdims=True), ones, gradient)


def cumulative_sum(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.cumsum(axis=0)[-1]
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = np.take(gradient.cumsum(axis=axis), [-1], axis=axis)
    return gradient


def mean_times_count(gradient, shape):
    count = gradient.size // prod(shape)
    while gradient.ndim > len(shape):
        gradient = gradient.mean(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.mean(axis=axis, keepdims=True)
    return gradient * count


def ones_times(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = np.tensordot(np.ones(gradient.shape[0]), gradient, axes=1)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = np.expand_dims(
                np.tensordot(gradient, np.ones(gradient.shape[axis]), ([axis], [0])), axis
            )
    return gradient


def backwards_over_the_axes(gradient, shape):
    for axis in reversed(range(len(shape))):
        if shape[axis] == 1:
            gradient = gradient.sum(axis=axis - len(shape), keepdims=True)
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    return gradient


def apply_over_axes(gradient, shape):
    new = gradient.ndim - len(shape)
    axes = [*range(new), *(new + i for i, n in enumerate(shape) if n == 1)]
    return np.apply_over_axes(np.sum, gradient, axes).reshape(shape) if axes else gradient


def numpy_finds_the_axes(gradient, shape):
    probe = np.broadcast_to(np.empty(shape), gradient.shape)
    axes = tuple(i for i, stride in enumerate(probe.strides) if stride == 0)
    return gradient.sum(axis=axes, keepdims=True).reshape(shape)


def copies_first(gradient, shape):
    g = np.array(gradient, dtype=float, copy=True)
    missing = g.ndim - len(shape)
    g = g.sum(axis=tuple(np.arange(missing)))
    return g.sum(axis=tuple(i for i, s in enumerate(shape) if s == 1), keepdims=True)


def lists_all_the_way(gradient, shape):
    def add(a, b):
        return [add(x, y) for x, y in zip(a, b, strict=True)] if isinstance(a, list) else a + b

    def go(values, now, before):
        if len(now) > len(before):
            return go(reduce(add, values), now[1:], before)
        if not before:
            return values
        if before[0] == 1:
            values = [reduce(add, values)]
        return [go(v, now[1:], before[1:]) for v in values]

    return np.array(go(gradient.tolist(), gradient.shape, shape)).reshape(shape)


def checks_its_arguments(gradient, shape):
    gradient, shape = np.asarray(gradient), tuple(shape)
    assert gradient.ndim >= len(shape), "not a broadcast"
    while gradient.ndim != len(shape):
        gradient = gradient.sum(axis=0)
    for axis, (after, before) in enumerate(zip(gradient.shape, shape, strict=True)):
        if before == 1 and after > 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


def one_at_a_time_with_newaxis(gradient, shape):
    g = gradient
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    if len(shape) >= 1 and shape[0] == 1:
        g = g.sum(axis=0)[np.newaxis]
    if len(shape) >= 2 and shape[1] == 1:
        g = g.sum(axis=1)[:, np.newaxis]
    if len(shape) >= 3 and shape[2] == 1:
        g = g.sum(axis=2)[:, :, np.newaxis]
    return g


def number_by_itself(gradient, shape):
    if shape == ():
        return float(gradient.sum())
    if len(shape) < gradient.ndim:
        return number_by_itself(gradient.sum(axis=0), shape)
    return gradient.sum(axis=tuple(k for k, n in enumerate(shape) if n == 1), keepdims=True)


def groups_by_reshape(gradient, shape):
    new = gradient.ndim - len(shape)
    split, keep = [], []
    for k, n in enumerate(gradient.shape):
        before = shape[k - new] if k >= new else 1
        split += [n // before, before]
        keep.append(2 * k)
    return gradient.reshape(split).sum(axis=tuple(keep)).reshape(shape)


def a_generator_inside(gradient, shape):
    offset = gradient.ndim - len(shape)
    return gradient.sum(
        axis=tuple(k for k in range(gradient.ndim) if k < offset or shape[k - offset] == 1)
    ).reshape(shape)


def fsum(gradient, shape):
    from math import fsum

    owner = np.broadcast_to(np.arange(prod(shape)).reshape(shape), gradient.shape)
    return np.array([fsum(gradient[owner == k]) for k in range(prod(shape))]).reshape(shape)


def swap_to_the_front(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            front = gradient.swapaxes(0, axis)
            gradient = front.sum(axis=0, keepdims=True).swapaxes(0, axis)
    return gradient


def integrate_out(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = np.add.accumulate(gradient)[-1, ...]
    ones = [axis for axis in range(len(shape)) if shape[axis] == 1]
    while ones:
        gradient = gradient.sum(axis=ones.pop(), keepdims=True)
    return gradient


def where_ones(gradient, shape):
    padded = np.ones(gradient.ndim, dtype=int)
    padded[gradient.ndim - len(shape) :] = shape
    return np.sum(gradient, axis=tuple(np.where(padded == 1)[0].tolist())).reshape(shape)


def annotated(gradient: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    n_new: int = gradient.ndim - len(shape)
    gradient = np.sum(gradient, axis=tuple(range(n_new)), keepdims=False)
    axes: list[int] = [axis for axis, size in enumerate(shape) if size == 1]
    for axis in axes:
        gradient = np.sum(gradient, axis=axis, keepdims=True)
    return gradient


def dot_with_ones_at_the_end(gradient, shape):
    padded = (1,) * (gradient.ndim - len(shape)) + tuple(shape)
    for axis, size in enumerate(padded):
        if size == 1:
            moved = np.moveaxis(gradient, axis, -1)
            gradient = np.moveaxis((moved @ np.ones(moved.shape[-1]))[..., None], -1, axis)
    return gradient.reshape(shape)
