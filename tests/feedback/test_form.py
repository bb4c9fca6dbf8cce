"""Forms and differences in words: what was returned, what was asked for, and where they differ first."""

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.compare import compare, describe
from mlcourse.feedback.form import FormError, describe_form, form, known_variable, names, order, split
from mlcourse.feedback.plain import Opaque

KEYS = {letter: 1 for letter in "abcdefghijkl"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        (np.ones((2, 3)), "an array of shape (2, 3)"),
        (np.ones(3, bool), "an array of booleans of shape (3,)"),
        (np.ones(3, int), "an array of integers of shape (3,)"),
        (np.ones(3, np.uint8), "an array of integers of shape (3,)"),
        (np.array(3.0), "a number"),
        (3, "a number"),
        (3.5, "a number"),
        (True, "True or False"),
        ("abc", "a text"),
        ({}, "an empty dict"),
        ({"a": 1, "b" * 40: 2}, f"a dict with the keys a, {'b' * 30}"),
        ({key: 1 for key in "abcdefghij"}, "a dict with the keys a, b, c, d, e, f, g, h, i, j"),
        (KEYS, "a dict with the keys a, b, c, d, e, f, g, h, i, j, ..."),
        ([1, 2], "a list of 2"),
        ((1,), "a tuple of 1"),
        (Opaque("complex", "1j"), "complex numbers"),
    ],
)
def test_plain_data_is_described_by_type_and_shape(value, words):
    assert describe(value) == words


@pytest.mark.parametrize(
    ("form", "words", "leaves"),
    [
        ("A", "A", ("A",)),
        (("A", "B"), "a tuple of 2 values (A, B)", ("A", "B")),
        (("A", {"Z1": "Z1", "A1": "Z"}), "a tuple of 2 values (A, dict Z1, A1)", ("A", "Z1", "Z")),
        (("A", ("B", "C")), "a tuple of 2 values (A, (B, C))", ("A", "B", "C")),
        ({"dW": "dW", "db": "db"}, "a dict with the keys dW, db", ("dW", "db")),
    ],
)
def test_a_form_is_described_with_the_names_of_its_values(form, words, leaves):
    assert describe_form(form) == words
    assert names(form) == leaves


@pytest.mark.parametrize(
    ("form", "value", "said"),
    [
        (("A", "B"), 1.0, "returns a number, expected a tuple of 2 values (A, B)"),
        (("A", "B"), (1.0,), "returns a tuple of 1, expected a tuple of 2 values (A, B)"),
        (("A", {"Z": "Z"}), (1.0, 2.0), "returns at place 2 a number, expected a dict with the keys Z"),
        (("A", {"Z": "Z"}), (1.0, {"X": 2.0}), "returns at place 2 a dict with the keys X; missing: Z"),
        (
            {"a": "a", "b": ("c", "d")},
            {"a": 1, "b": 2},
            "returns as 'b' a number, expected a tuple of 2 values",
        ),
        ({"a": "a", "b": "b", "c": "c"}, {"b": 2}, "returns a dict with the keys b; missing: a, c"),
        (("A", {"Z": "Z"}), np.ones(2), "returns an array of shape (2,), expected a tuple of 2 values"),
        (("A", "B"), np.array(1.0), "returns a number, expected a tuple of 2 values (A, B)"),
    ],
)
def test_the_first_place_of_another_form_is_named(form, value, said):
    with pytest.raises(FormError) as caught:
        split(form, value)
    assert str(caught.value).startswith(said)


def test_an_answer_is_taken_apart_into_leaves_and_further_keys_that_are_asked_for():
    assert split(("A", {"Z": "z"}), [1, {"Z": 2, "X": 3}]) == {"A": 1, "z": 2}
    assert split({"a": "a"}, {"a": 1, "b": 2, "c": object(), "d": 4}, ("b", "c", "a")) == {"a": 1, "b": 2}
    assert {k: v.tolist() for k, v in split(("A", "B"), np.array([[1, 2], [3, 4]])).items()} == {
        "A": [1, 2],
        "B": [3, 4],
    }


def test_leaves_come_in_the_order_of_the_steps_and_a_spelling_leads_to_the_courses_name():
    part = Part("f", dict, dict, "y", order=("Z1", "A1"), formulas={"dW1": "dW1 = 1", "dZ[l]": "dZ[l] = 1"})
    assert order(part, {}, ("A2", "A1")) == ("Z1", "A1", "A2")
    assert form(Part("f", dict, dict, lambda case: tuple(case)), {"W1": 1, "W2": 2}) == ("W1", "W2")
    moving = Part("f", dict, dict, "y", order=lambda case: tuple(case))
    assert order(moving, {"Z": 1}, ("A",)) == ("Z", "A")
    found = {name: known_variable(part, name) for name in ("dW1", "dw_1", "DW1", "dZ3", "dW2", "_", "")}
    assert found == {"dW1": "dW1", "dw_1": "dW1", "DW1": "dW1", "dZ3": "dZ3", "dW2": "", "_": "", "": ""}


@pytest.mark.parametrize(
    ("expected", "got", "sentence"),
    [
        (1.0, 1.0 + 1e-9, None),
        (1.0, 1.5, "is wrong: the largest difference is 0.5"),
        (3, 4, "is 4, expected 3"),
        (3, 4.0, "is wrong: the largest difference is 1"),
        (1.0, float("nan"), "is nan"),
        (np.ones(2), np.array([np.nan, np.inf]), "contains nan and inf"),
        (np.array([np.inf, 1.0]), np.array([1.0, 1.0]), "is wrong"),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.0]), None),
        (np.ones((2, 3)), np.ones(6), "has the right numbers, but in shape (6,), expected (2, 3)"),
        (np.ones((2, 3)), 2 * np.ones((3, 2)), "has shape (3, 2), expected (2, 3)"),
        (1.0, np.array([[1.0]]), None),
        (1.0, (1.0, 2.0), "is a tuple of 2, expected a number"),
        (
            np.array([True, False]),
            np.array([1, 0]),
            "is an array of integers of shape (2,), expected an array of b",
        ),
        ("left", "right", "is 'right', expected 'left'"),
        ("left", 3, "is a number, expected a text"),
        ("l" * 50, "r", f"is 'r', expected '{'l' * 37}...'"),
        ("l" * 40, "r", f"is 'r', expected '{'l' * 40}'"),
        ({"a": 1.0}, {"b": 1.0}, "has no key 'a'"),
        ({"a": 1.0}, [1.0], "is a list of 1, expected a dict with the keys a"),
        (
            {"a": [1.0, {"b": 2.0}]},
            {"a": [1.0, {"b": 3.0}]},
            "at ['a'][1]['b'] is wrong: the largest difference",
        ),
        ([[1.0], [2.0, 3.0]], [[1.0]], "has 1 items, expected 2"),
        ([[1.0], [2.0, 3.0]], 1.0, "is a number, expected a list of 2"),
        ([[1.0], [2.0, 3.0]], [[1.0], [2.0, 4.0]], "at [1] is wrong: the largest difference is 1"),
    ],
)
def test_the_first_difference_is_said_with_its_place(expected, got, sentence):
    difference = compare(expected, got, 1e-7, 1e-10)
    if sentence is None:
        assert difference is None
    else:
        assert difference.sentence.startswith(sentence)
