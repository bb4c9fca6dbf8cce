"""When two values agree: tolerances, data types, NaN and infinities, containers, another order."""

import numpy as np
import pytest

from mlcourse.feedback.compare import agree, as_array, close, compare
from mlcourse.feedback.plain import Opaque

RTOL, ATOL = 1e-7, 1e-10
NAN, INF = np.nan, np.inf


@pytest.mark.parametrize(
    ("target", "got", "agrees"),
    [
        ([1000.0], [1000.00005], [True]),
        ([1000.0], [1000.0002], [False]),
        ([-1000.0], [-1000.00005], [True]),
        ([0.0], [5e-11], [True]),
        ([0.0], [2e-10], [False]),
        ([1.0, 0.0], [1.0, 1e-3], [True, False]),
        ([NAN, NAN, 1.0], [NAN, 1.0, NAN], [True, False, False]),
        ([INF, INF, INF, -INF, 1.0], [INF, -INF, 1e300, -INF, INF], [True, False, False, True, False]),
        ([], [], []),
    ],
)
def test_entries_agree_within_tolerances_and_what_is_not_finite_only_with_its_like(target, got, agrees):
    assert close(np.array(target), np.array(got), RTOL, ATOL).tolist() == agrees


@pytest.mark.parametrize(
    ("target", "got", "agrees"),
    [
        ([1.0], [1 + 5e-5], [True]),
        ([1.0], [1 + 5e-4], [False]),
        ([0.0], [1e-8], [True]),
        ([0.0], [1e-6], [False]),
        ([100.0, 0.0], [100.0, 5e-4], [True, True]),
        ([100.0, 0.0], [100.0, 5e-3], [True, False]),
        ([INF, 0.0], [INF, 1e-3], [True, False]),
    ],
)
def test_less_precise_numbers_are_compared_by_tolerances_of_their_own_and_the_size_of_the_array(
    target, got, agrees
):
    got = np.array(got, np.float32)
    assert close(np.array(target), got, RTOL, ATOL).tolist() == agrees


def test_wider_tolerances_of_an_exercise_hold_for_less_precise_numbers_too():
    assert close(np.array([1.0]), np.array([1.05], np.float32), 0.1, ATOL).all()
    assert close(np.array([0.0]), np.array([0.05], np.float32), RTOL, 0.1).all()


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (2.0, ()),
        (True, ()),
        ([1, 2.5, True], (3,)),
        (((1, 2), (3, 4), (5, 6)), (3, 2)),
        ([np.ones(3), [1, 2, 3]], (2, 3)),
        ([np.ones(3), np.ones(2)], None),
        ([[1, 2], [3]], None),
        ([[1, 2], ["a", "b"]], None),
        ([], None),
        ({"a": 1}, None),
        ("12", None),
        (None, None),
    ],
)
def test_numbers_and_rectangular_lists_of_them_are_arrays_and_nothing_else_is(value, shape):
    array = as_array(value)
    assert (None if array is None else array.shape) == shape
    if shape == (3, 2):
        assert array.tolist() == [[1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize(
    ("expected", "got", "agrees"),
    [
        (np.ones(2), [1.0, 1.0], True),
        (np.ones(2), [1.0, 2.0], False),
        (1.0, np.ones((1, 1)), False),
        (np.ones((2, 1)), np.ones(2), False),
        ({"a": np.ones(2)}, {"a": np.ones(2)}, True),
        ({"a": np.ones(2)}, {"a": np.zeros(2)}, False),
        ("left", "left", True),
        ("left", "right", False),
        (None, None, True),
        (None, 1.0, False),
        (1.0, None, False),
    ],
)
def test_leaves_agree_only_in_the_same_shape(expected, got, agrees):
    assert agree(expected, got, RTOL, ATOL) is agrees


@pytest.mark.parametrize(
    ("expected", "got", "kind", "sentence", "largest"),
    [
        (np.ones(3), np.array([1.0, 1.5, 0.0]), "value", "is wrong: the largest difference is 1", 1.0),
        (
            np.array([INF, 1.0]),
            np.array([0.0, 1.25]),
            "value",
            "is wrong: the largest difference is 0.25",
            0.25,
        ),
        (np.array([INF, 1.0]), np.array([NAN, 1.0]), "value", "is wrong", None),
        (np.ones(2), np.array([INF, 1.0]), "value", "contains inf", None),
        (1.0, NAN, "value", "is nan", None),
        (np.ones(2), [INF, NAN], "value", "contains nan and inf", None),
        (np.array([1, 2]), np.array([1, 3]), "value", "is wrong: the largest difference is 1", 1.0),
        (3, 3.5, "value", "is wrong: the largest difference is 0.5", 0.5),
        (3.0, 4, "value", "is wrong: the largest difference is 1", 1.0),
        (True, False, "value", "is wrong: the largest difference is 1", 1.0),
        (True, 1, "type", "is a number, expected True or False", None),
        (np.array([1.0, 0.0]), np.array([True, True]), "value", "is wrong: the largest difference is 1", 1.0),
        (np.ones(3), np.ones(2), "shape", "has shape (2,), expected (3,)", None),
        (np.ones((1, 1)), 1.0, "shape", "has the right numbers, but in shape (), expected (1, 1)", None),
        (np.ones(3), (1.0, 1.0), "type", "is a tuple of 2, expected an array of shape (3,)", None),
        (1.0, np.ones(2), "shape", "has shape (2,), expected ()", None),
        (np.ones(2), None, "type", "is None, expected an array of shape (2,)", None),
        (1.0, Opaque("complex", "1j"), "type", "is complex numbers, expected a number", None),
        ("left", "right", "value", "is 'right', expected 'left'", None),
        (None, "right", "type", "is a text, expected None", None),
        ("left", None, "type", "is None, expected a text", None),
        ({"a": 1.0}, 2.0, "type", "is a number, expected a dict with the keys a", None),
        ({"a": 1.0}, {}, "type", "has no key 'a'", None),
        ({"a": 1.0}, {"a": 1.5}, "value", "at ['a'] is wrong: the largest difference is 0.5", 0.5),
        ([[1.0], [2.0, 3.0]], [[1.0], [2.0]], "shape", "at [1] has shape (1,), expected (2,)", None),
        ([[1.0], [2.0, 3.0]], [[1.0]], "shape", "has 1 items, expected 2", None),
        ([[1.0], [2.0, 3.0]], np.zeros(2), "shape", "at [0] has shape (), expected (1,)", None),
        ([[1.0], [2.0, 3.0]], np.array(1.0), "type", "is a number, expected a list of 2", None),
        (
            [{"a": 1.0}, {"a": 2.0}],
            [{"a": 2.0}, {"a": 1.0}],
            "value",
            "has the right items, but in another order",
            None,
        ),
        (
            [{"a": 1.0}, {"a": 1.0}, {"a": 2.0}],
            [{"a": 2.0}, {"a": 1.0}, {"a": 2.0}],
            "value",
            "at [0]['a'] is wrong: the largest difference is 1",
            1.0,
        ),
    ],
)
def test_a_difference_is_said_with_its_kind_and_its_size(expected, got, kind, sentence, largest):
    difference = compare(expected, got, RTOL, ATOL)
    assert (difference.kind, difference.sentence) == (kind, sentence)
    assert difference.largest == pytest.approx(largest) if largest else difference.largest is None


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ([{"a": 1.0}, {"a": np.ones(2)}], [{"a": 1.0}, {"a": [1.0, 1.0]}]),
        (({"a": 1.0}, None), [{"a": 1.0 + 1e-12}, None]),
        ([[1.0], [2.0, 3.0]], ([1.0], [2.0, 3.0])),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}),
        (np.ones((2, 2)), [[1.0, 1.0], [1.0, 1.0]]),
        (np.array([True]), [True]),
        (2, 2.0),
        (2.0, np.array([[2]])),
    ],
)
def test_containers_of_another_kind_and_further_keys_make_no_difference(expected, got):
    assert compare(expected, got, RTOL, ATOL) is None


def test_a_difference_carries_the_types_of_both():
    for expected, got in ((np.ones(2), np.zeros(2)), (np.ones(2), [NAN, 1.0]), (np.ones(2), np.ones(3))):
        difference = compare(expected, got, RTOL, ATOL)
        assert difference.expected == "an array of shape (2,)"
        assert difference.got == ("a list of 2" if type(got) is list else f"an array of shape {got.shape}")
    inner = compare([{"a": np.ones(2)}], [{"a": "no"}], RTOL, ATOL)
    assert (inner.kind, inner.expected, inner.got) == ("type", "an array of shape (2,)", "a text")
    number = compare(3, 4, RTOL, ATOL)
    assert (number.expected, number.got) == ("a number", "a number")
    missing = compare({"a": 1.0}, {"b": 1.0}, RTOL, ATOL)
    assert (missing.expected, missing.got) == ("a dict with the keys a", "a dict with the keys b")
    few = compare([[1.0], [2.0, 3.0]], [[1.0]], RTOL, ATOL)
    assert (few.expected, few.got) == ("a list of 2", "a list of 1")
    text = compare("left", "right", RTOL, ATOL)
    assert (text.expected, text.got) == ("text", "text")
    moved = compare([{"a": 1.0}, {"a": 2.0}], [{"a": 2.0}, {"a": 1.0}], RTOL, ATOL)
    assert (moved.expected, moved.got) == ("a list of 2", "a list of 2")


@pytest.mark.parametrize(
    ("expected", "got", "enough"),
    [
        (1.0, 2.0, False),
        (np.ones(2), [NAN, 1.0], False),
        (3, 4, True),
        ("left", "right", True),
        (np.ones(2), np.ones(3), True),
        (np.ones(2), None, True),
    ],
)
def test_a_sentence_says_enough_where_it_tells_what_was_expected(expected, got, enough):
    assert compare(expected, got, RTOL, ATOL).says_enough is enough


def test_a_long_list_is_not_sorted_out():
    items = [{"a": float(n)} for n in range(60)]
    assert compare(items, items[::-1], RTOL, ATOL).sentence.startswith("at [0]['a'] is wrong")
    few = items[:8]
    assert compare(few, few[::-1], RTOL, ATOL).sentence == "has the right items, but in another order"


def test_the_tolerances_are_used_inside_of_containers():
    for expected, got in ((2.0, 2.1), ({"a": 2.0}, {"a": 2.1}), ([{"a": 2.0}], [{"a": 2.1}])):
        assert compare(expected, got, 0.1, 0.0) is None
        assert compare(expected, got, 0.0, 0.2) is None
        assert compare(expected, got, 1e-3, 1e-3) is not None
        assert agree(expected, got, 0.1, 0.0) and agree(expected, got, 0.0, 0.2)
    loose = compare([[2.0], [3.0, 4.0]], [[3.05, 4.0], [2.0]], 0.1, 0.0)
    assert loose.sentence == "has the right items, but in another order"
