"""What a card says of the inputs: their sizes by letters, and what is special where others were right."""

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.inputs import letters, special

SHAPES = {"X": "(n0, m)", "W1": "(n1, n0)", "row": "(1, m)", "v": "(n0,)", "dW[l]": "(n1, n0)"}
PART = Part("f", inputs=dict, reference=dict, returns="y", shapes=SHAPES)
USUAL = {"X": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), "rate": 0.5}


def test_letters_are_read_from_the_shapes_of_all_inputs():
    case = {"X": np.ones((2, 5)), "p": {"W1": np.ones((3, 2)), "deeper": {"dW4": np.ones((7, 2))}}, "n": 3}
    assert letters(PART, case) == {"n0": 2, "m": 5, "n1": 7}
    assert letters(PART, {"row": np.ones((1, 4)), "v": np.ones(6)}) == {"m": 4, "n0": 6}
    assert letters(PART, {"X": np.ones(5), "unknown": np.ones(2)}) == {}, "other axes than announced"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"X": np.array([[1.0, 0.0, 3.0], [4.0, 5.0, 6.0]])}, "X has entries that are exactly 0"),
        ({"X": np.zeros((2, 3))}, "X is 0 everywhere"),
        ({"X": np.full((2, 3), 2.0)}, "all entries of X are equal"),
        ({"X": np.full((2, 3), -21.0) * [1, 2, 3]}, "X has entries as large as 63 in size"),
        ({"X": USUAL["X"] * 1e-6}, "X has no entry larger than 6e-06 in size"),
        ({"X": np.ones((2, 0))}, "X is empty"),
        ({"X": USUAL["X"][:, :1]}, "X has shape (2, 1) and m is 1"),
        ({"X": USUAL["X"][0]}, "X has shape (3,)"),
        ({"X": np.array([["a", "b"]])}, "n0 is 1"),
        ({"rate": 0}, "rate is 0"),
        ({"rate": 0.0}, "rate is 0"),
        ({"rate": 21.0}, "rate is 21"),
        ({"rate": -21.0}, "rate is -21"),
        ({"rate": 1e-7}, "rate is 1e-07"),
        ({"rate": True}, ""),
        ({"rate": 10**6}, ""),
        ({"cache": {"W1": np.array([[1.0, 2.0]]), "W2": 1.0}}, "cache has 2 entries and W1 has shape (1, 2)"),
        ({"grads": {"dW1": 1.0, "db1": 2.0}}, "grads has 2 entries"),
        ({"grads": {"dW": 1.0, "db": 2.0}}, ""),
        ({"batch_size": 2}, "batch_size does not divide the number of examples"),
        ({"batch_size": 3}, "batch_size divides the number of examples"),
        (
            {"batch_size": 4},
            "batch_size does not divide the number of examples and "
            "batch_size is larger than the number of examples",
        ),
    ],
)
def test_what_is_special_is_told_the_most_telling_first(changed, told):
    text = special(PART, USUAL | changed, [USUAL])
    expected = f"special about these: {told}." if told else "this happened with X (2, 3)."
    assert text == f"Other inputs were right; {expected}"


def test_what_other_inputs_had_too_is_not_special():
    zeros = USUAL | {"rate": 0.0}
    assert special(PART, zeros, [USUAL, zeros]) == "Other inputs were right; this happened with X (2, 3)."
    assert special(PART, {"n": 3}, [{"n": 3}]) == "Other inputs were right."
    small, tiny = ({"X": USUAL["X"] * size} for size in (1e-6, 1e-140))
    assert special(PART, small, [small]).endswith("this happened with X (2, 3).")
    assert special(PART, tiny, [small]).endswith("about these: X has no entry larger than 6e-140 in size.")
    many = {name: np.array([[1.0, 2.0], [3.0, 4.0]]) for name in "abcde"}
    shown = ", ".join(f"{name} (2, 2)" for name in "abcd")
    assert special(PART, many, [many]) == f"Other inputs were right; this happened with {shown}."


def test_examples_are_counted_in_the_columns_where_no_letter_says_how_many():
    part = Part("f", inputs=dict, reference=dict, returns="y")
    case = {"v": np.array([1.0, 2.0]), "X": USUAL["X"], "batch_size": 2}
    text = special(part, case, [{"v": case["v"], "X": case["X"]}])
    assert text.endswith("special about these: batch_size does not divide the number of examples.")
