"""A shape error is explained: which shapes met, and which the formula has."""

import numpy as np

from mlcourse.exercises import get
from mlcourse.feedback import cases, evaluate
from mlcourse.feedback.run import answer

EXERCISE = get("backward-propagation")
PART = EXERCISE.parts[0]


def judge(function):
    part_cases = cases(EXERCISE)[0]
    return evaluate(EXERCISE, PART, part_cases, [answer("call", function, case) for case in part_cases])


def sizes():
    case = cases(EXERCISE)[0][0]
    return (*case["W1"].shape, case["Y"].shape[1])


def test_the_shapes_that_met_and_those_of_the_formula():
    def wrong(Y, cache, W1, b1, W2, b2):
        dZ2 = cache["A2"] - Y
        dA1 = W1.T @ dZ2
        return dA1

    n1, n0, m = sizes()
    assert judge(wrong).finding.variable == "dA1"
    assert judge(wrong).finding.sentence == (
        f"Shapes do not fit in the line `dA1 = W1.T @ dZ2`: W1.T is ({n0}, {n1}) and dZ2 is (1, {m}). "
        f"The formula is dA1 = W2.T @ dZ2, where W2.T is (n1, n2) = ({n1}, 1), dZ2 is (n2, m) = (1, {m})."
    )


def test_a_variable_in_other_spelling_is_recognised():
    def wrong(Y, cache, W1, b1, W2, b2):
        dz_1 = np.multiply(W1, cache["Z1"] > 0)
        return dz_1

    assert "The formula is dZ1 = dA1 * (Z1 > 0)" in judge(wrong).finding.sentence


def test_no_formula_is_guessed_for_a_variable_of_another_name():
    def wrong(Y, cache, W1, b1, W2, b2):
        help = W1 @ W1
        return help

    n1, n0, _ = sizes()
    assert judge(wrong).finding.sentence == (
        f"Shapes do not fit in the line `help = W1 @ W1`: W1 is ({n1}, {n0}) and W1 is ({n1}, {n0})."
    )


def test_a_known_mistake_keeps_its_sentence_and_adds_the_shapes():
    def wrong(Y, cache, W1, b1, W2, b2):
        dZ2 = cache["A2"] - Y
        dA1 = np.dot(W2, dZ2)
        return dA1

    n1, _, m = sizes()
    result = judge(wrong)
    assert result.finding.mistake == "W2-not-transposed"
    assert result.detail == f"In the line `dA1 = np.dot(W2, dZ2)`, W2 is (1, {n1}) and dZ2 is (1, {m})."


def test_other_errors_are_shown_with_what_they_mean():
    def wrong(Y, cache, W1, b1, W2, b2):
        return cache["A3"]

    words = "backward_propagation raises KeyError in the line `return cache[\"A3\"]`: 'A3'."
    assert judge(wrong).finding.sentence == f"{words} The entries go from A1 to A2."


def test_a_call_with_too_few_parameters_is_shown_with_the_arguments():
    words = judge(lambda Y, cache: None).finding.sentence
    assert words.endswith("It is called as backward_propagation(Y, cache, W1, b1, W2, b2).")
    assert "drives" not in words
