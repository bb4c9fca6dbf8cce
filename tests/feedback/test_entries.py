"""What is said of a wrong array as a whole, and which of its entries are shown as wrong."""

from types import SimpleNamespace

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.entries import fact, grid

PART = Part("f", inputs=dict, reference=dict, returns={"dW": "dW", "db": "db"})
A = np.array([[1.0, 2.0], [3.0, 4.0]])
B = np.array([[5.0, 7.0, 6.0], [8.0, 1.0, 9.0]])


def said(*answers, case=None, other=None):
    """The fact about ``dW``, each answer a pair: what was expected, what came."""
    seen = [
        SimpleNamespace(
            wrong=() if wanted is got else ("dW",),
            expected={"dW": wanted, "db": 3.0 if other is None else other},
            leaves={"dW": got},
        )
        for wanted, got in answers
    ]
    return fact(PART, [case or {"X": A + 10}] * len(seen), seen, "dW")


@pytest.mark.parametrize(
    ("wanted", "got", "words"),
    [
        (A, 0 * A, "is 0 everywhere"),
        (2.0, 0.0, "is 0, and should be another number"),
        (3, 0, ""),
        (B, np.array([[5.0, 7.0, 6.0]] * 2), "has the same numbers in every row"),
        (B, B[:, :1] + np.zeros(3), "has the same numbers in every column"),
        (np.array([[1.0, 2.0, 3.0]] * 2), np.array([[4.0, 5.0, 6.0]] * 2), ""),
        (np.array([[1.0, 2.0, 3.0]]), np.array([[5.0] * 3]), "is 5 everywhere"),
        (np.array([[1.0] * 3, [2.0] * 3]), np.array([[4.0] * 3, [5.0] * 3]), ""),
        (A, A.T, "is transposed: rows and columns are exchanged"),
        (A, A.T + 1, ""),
        (A, A + 10, "is the input X as it came"),
        (A, (A + 10).tolist(), "is the input X as it came"),
        (A, A.ravel(), ""),
        (A, None, ""),
        (A, np.array([["a", "b"], ["c", "d"]]), ""),
        (2.0, 3.0, "is what db should be"),
    ],
)
def test_a_fact_about_the_whole_array(wanted, got, words):
    assert said((wanted, got)) == words


def test_only_what_holds_on_all_inputs_where_it_is_wrong_is_told_and_the_shortest_of_it():
    assert said((A, A), (A, 0 * A), (B, 0 * B)) == "is 0 everywhere"
    assert said((A, 0 * A), (A, A.T)) == ""
    assert said((A, A)) == ""
    symmetric = np.array([[1.0, 2.0], [3.0, 1.0]])
    assert said((symmetric, symmetric.T), case={"X": symmetric.T}) == "is the input X as it came"
    assert said((A, A + 10), case={"X": A + 10, "a_longer_name": A + 10}) == "is the input X as it came"


def test_a_number_that_the_learner_was_to_compute_too_is_told_by_its_name():
    assert said((A, A + 5), other=A + 5) == "is what db should be"


@pytest.mark.parametrize(
    ("expected", "got", "rows"),
    [
        (A, A + np.array([[0, 1], [0, 0]]), ("· ✗", "· ·")),
        ([1.0, 2.0, 3.0], [1.0, 0.0, 3.0], ("· ✗ ·",)),
        (A, A, ()),
        (A, A + 1, ()),
        (A, A.ravel(), ()),
        (A, None, ()),
        (1.0, 2.0, ()),
        (np.ones((1, 1, 2)), np.array([[[1.0, 2.0]]]), ()),
        (np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1j]), ()),
        (np.array([1.0, np.nan]), np.array([np.nan, np.nan]), ("✗ ·",)),
    ],
)
def test_entries_are_shown_where_some_are_right(expected, got, rows):
    assert grid(expected, got, 1e-7, 1e-10) == rows


def test_what_is_too_large_to_be_read_is_not_shown():
    for shape, shown in (((8, 8), True), ((40, 2), False), ((2, 40), False)):
        got = np.ones(shape)
        got[0, 0] = 2
        assert bool(grid(np.ones(shape), got, 1e-7, 1e-10)) is shown
