"""Wrong answers to unbroadcast, none of them a known mistake."""

import numpy as np


def _right(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


def transposed(gradient, shape):
    return _right(gradient, shape).T


def smallest_share(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.min(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.min(axis=axis, keepdims=True)
    return gradient


def product_of_shares(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.prod(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.prod(axis=axis, keepdims=True)
    return gradient


def median_share(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = np.median(gradient, axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = np.median(gradient, axis=axis, keepdims=True)
    return gradient


def squares(gradient, shape):
    return _right(gradient**2, shape)


def length_of_the_shares(gradient, shape):
    return np.sqrt(_right(gradient**2, shape))


def flipped(gradient, shape):
    found = _right(gradient, shape)
    return np.flip(found)


def ones_of_the_shape(gradient, shape):
    return np.ones(shape)


def counts(gradient, shape):
    return _right(np.ones_like(gradient), shape)


def reshaped_and_cut(gradient, shape):
    return np.resize(gradient, shape)


def shape_returned(gradient, shape):
    return shape


def nothing_returned(gradient, shape):
    _right(gradient, shape)


def in_a_tuple(gradient, shape):
    return (_right(gradient, shape), shape)


def text(gradient, shape):
    return f"slope of shape {shape}"


def rounded(gradient, shape):
    return np.round(_right(gradient, shape), 2)


def whole_numbers(gradient, shape):
    return _right(gradient, shape).astype(int)


def plus_a_little(gradient, shape):
    return _right(gradient, shape) + 1e-3


def clipped(gradient, shape):
    return np.clip(_right(gradient, shape), -1, 1)


def positive_shares_only(gradient, shape):
    return _right(np.maximum(gradient, 0), shape)


def without_the_last(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient[:-1].sum(axis=0)
    return _right(gradient, shape)


def differences(gradient, shape):
    return _right(np.diff(gradient, axis=0, prepend=0), shape)


def column_sums_only(gradient, shape):
    return gradient.sum(axis=-1, keepdims=True)


def two_new_axes_at_most(gradient, shape):
    if shape == gradient.shape:
        return gradient
    return gradient.sum(axis=(0, 1))


def only_tuples_of_two(gradient, shape):
    rows, columns = shape
    return _right(gradient, (rows, columns))


def squeezed(gradient, shape):
    return np.squeeze(_right(gradient, shape))


def flattened(gradient, shape):
    return _right(gradient, shape).ravel()


def normalised(gradient, shape):
    found = _right(gradient, shape)
    return found / max(1e-12, np.abs(found).max())


def softmaxed(gradient, shape):
    found = np.exp(_right(gradient, shape))
    return found / found.sum()


def sum_of_the_sorted_halves(gradient, shape):
    return _right(np.sort(gradient, axis=0)[::-2], shape)


def cumulative(gradient, shape):
    return np.cumsum(_right(gradient, shape)).reshape(shape)


def infinite_for_a_number(gradient, shape):
    return _right(gradient, shape) if shape else np.inf


def complex_numbers(gradient, shape):
    return _right(gradient, shape) * (1 + 1j)


def prints_it(gradient, shape):
    print(_right(gradient, shape))
