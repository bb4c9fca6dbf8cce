"""The same to the last bit: what decides whether a function changed its inputs or gives two answers."""

import numpy as np
import pytest

from mlcourse.feedback.identical import identical

SMALL, LARGE = np.arange(6.0).reshape(2, 3), np.arange(3000.0)


def with_entry(array, number):
    changed = array.copy()
    changed.flat[-1] = number
    return changed


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (SMALL, with_entry(SMALL, 9.0)),
        (SMALL, with_entry(SMALL, np.nextafter(5.0, 6.0))),
        (SMALL, SMALL.reshape(3, 2)),
        (SMALL, SMALL.astype(np.float32)),
        (LARGE, with_entry(LARGE, 9.0)),
        (LARGE, with_entry(LARGE, np.nextafter(2999.0, 3000.0))),
        (np.zeros(1), -np.zeros(1)),
        (1, 1.0),
        (1, True),
        (1.0, 2.0),
        (float("nan"), 1.0),
        (1.0, float("nan")),
        ("a", "b"),
        ([1.0], (1.0,)),
        ([1.0], [1.0, 2.0]),
        ([1.0, 2.0], [1.0, 3.0]),
        ({"a": 1.0}, {"a": 2.0}),
        ({"a": 1.0}, {"b": 1.0}),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}),
        ({"a": [SMALL]}, {"a": [with_entry(SMALL, 9.0)]}),
    ],
)
def test_what_differs_anywhere_is_not_identical(a, b):
    assert not identical(a, b)
    assert not identical(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (SMALL, SMALL.copy()),
        (LARGE, LARGE.copy()),
        (with_entry(SMALL, np.nan), with_entry(SMALL, np.nan)),
        (with_entry(LARGE, np.nan), with_entry(LARGE, np.nan)),
        (SMALL.T, SMALL.T.copy()),
        (float("nan"), float("nan")),
        (None, None),
        ({"a": [1.0, (SMALL, "x")]}, {"a": [1.0, (SMALL.copy(), "x")]}),
    ],
)
def test_what_is_the_same_is_identical_nan_too(a, b):
    assert identical(a, b)
