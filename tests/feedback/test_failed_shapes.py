"""Shapes that do not fit are told beside those of the formula."""

import pytest
from one_step import CASE, PART

from mlcourse.exercises.base import Part
from mlcourse.feedback.answers import Failure
from mlcourse.feedback.failures import describe_failure, met_shapes

CLASH = "operands could not be broadcast together with shapes (2,5) (3,5) "


@pytest.mark.parametrize(
    ("failure", "variable", "words"),
    [
        (
            Failure("ValueError", CLASH, "dW = dZ * X", "dW", (("dZ", (2, 5)), ("X", (3, 5)))),
            "dW",
            " in the line `dW = dZ * X`: dZ is (2, 5) and X is (3, 5). The formula is dW = dZ @ X.T / m, "
            "where dZ is (n, m) = (2, 5), X.T is (m, n_x) = (5, 3).",
        ),
        (
            Failure("ValueError", CLASH, "dw = dZ * X", "dw"),
            "dW",
            " in the line `dw = dZ * X`: (2,5) meets (3,5). The formula is dW = dZ @ X.T / m, "
            "where dZ is (n, m) = (2, 5), X.T is (m, n_x) = (5, 3).",
        ),
        (
            Failure("ValueError", CLASH, "other = dZ * X", "other"),
            "step",
            " in the line `other = dZ * X`: (2,5) meets (3,5).",
        ),
        (Failure("ValueError", "shape mismatch."), "step", ": shape mismatch."),
        (
            Failure("ValueError", CLASH, "s = dZ * X", "s"),
            "s",
            " in the line `s = dZ * X`: (2,5) meets (3,5). The formula is s = |dZ|, "
            "where dZ is (n, m) = (2, 5).",
        ),
    ],
)
def test_shapes_that_do_not_fit_are_told_beside_those_of_the_formula(failure, variable, words):
    found = describe_failure(PART, CASE, failure)
    assert (found.variable, found.sentence) == (variable, f"Shapes do not fit{words}")


def test_an_operand_whose_shape_is_told_in_words_is_left_out_of_the_shapes():
    part = Part("f", dict, dict, "s", formulas={"s": "s = dA + dZ"}, shapes=PART.shapes)
    told = describe_failure(part, CASE, Failure("ValueError", CLASH, "s = dA + dZ", "s")).sentence
    assert told.endswith("The formula is s = dA + dZ, where dZ is (n, m) = (2, 5).")


def test_letters_that_the_inputs_do_not_give_stay_letters_and_a_row_has_its_comma():
    part = Part(
        "f", dict, dict, "s", formulas={"s": "s = u + v"}, shapes={"u": "(k, m)", "v": "(m,)", "X": "(n, m)"}
    )
    told = describe_failure(part, CASE, Failure("ValueError", CLASH, "s = u + v", "s")).sentence
    assert told.endswith("The formula is s = u + v, where u is (k, m), v is (m,) = (5,).")


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (
            Failure("ValueError", CLASH, "dZ * X", "", (("dZ", (2, 5)), ("X", (3, 5)))),
            "In the line `dZ * X`, dZ is (2, 5) and X is (3, 5).",
        ),
        (Failure("ValueError", CLASH, "dZ * X", "", (("dZ", (2, 5)),)), ""),
        (Failure("ValueError", CLASH, "", "", (("dZ", (2, 5)), ("X", (3, 5)))), ""),
        (Failure("ValueError", "no", "dZ * X", "", (("dZ", (2, 5)), ("X", (3, 5)))), ""),
        (Failure("IndexError", CLASH, "dZ * X", "", (("dZ", (2, 5)), ("X", (3, 5)))), ""),
        (None, ""),
    ],
)
def test_shapes_go_with_a_named_mistake_where_they_were_read(failure, words):
    assert met_shapes(failure) == words
