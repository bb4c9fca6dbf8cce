"""When an answer is right, and what is said of one that is not: data types, containers, infinities."""

import numpy as np
import pytest
from toy_exercise import judge, right, thrice, toy

from mlcourse.exercises import Finding


def test_tolerances_follow_the_data_type():
    noisy = lambda x: {"a": 2 * x * (1 + 1e-6), "b": x.sum()}  # noqa: E731
    assert not judge(toy(), noisy).passed
    assert judge(toy(), lambda x: {"a": (2 * x * (1 + 1e-6)).astype("float32"), "b": x.sum()}).passed
    assert not judge(toy(), lambda x: {"a": (2 * x * (1 + 1e-3)).astype("float32"), "b": x.sum()}).passed


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (
            lambda x: None,
            "double returns None, expected a dict with the keys a, b. Is there a return at the end?",
        ),
        (lambda x: {"a": 2 * x}, "double returns a dict with the keys a; missing: b."),
        (lambda x: {"a": 2 * x.T, "b": x.sum()}, "a has shape (3, 2), expected (2, 3). a is (n, m)."),
        (lambda x: {"a": 2j * x, "b": x.sum()}, "a is complex numbers, expected an array of shape (2, 3)."),
        (
            lambda x: {"a": x * np.nan, "b": x.sum()},
            "a contains nan. Its form is right: an array of shape (2, 3).",
        ),
        (lambda x: {"a": 2 * x, "b": float("inf")}, "b is inf."),
        (lambda x: {"a": 2 * x, "b": "12"}, "b is a text, expected a number."),
    ],
)
def test_what_is_wrong_is_said_with_what_was_expected(function, sentence):
    assert judge(toy(shapes={"a": "(n, m)"}), function).finding.sentence == sentence


def test_numbers_and_arrays_may_come_in_other_containers():
    assert judge(toy(), lambda x: {"b": np.array([[x.sum()]]), "a": (2 * x).tolist()}).passed
    assert judge(toy(), lambda x: {"b": np.array([x.sum(), 0]), "a": 2 * x}).finding.variable == "b"


def test_infinity_agrees_with_infinity_only():
    to_infinity = {"reference": lambda x: {"a": np.where(x > 0, np.inf, x), "b": 0.0}}
    assert judge(toy(**to_infinity), lambda x: {"a": np.where(x > 0, np.inf, x), "b": 0.0}).passed
    assert not judge(toy(**to_infinity), lambda x: {"a": x, "b": 0.0}).passed
    assert not judge(toy(**to_infinity), lambda x: {"a": np.where(x > 0, np.nan, x), "b": 0.0}).passed


def test_the_reference_is_not_computed_where_the_part_judges_by_itself():
    lenient = {"compare": lambda case, answer: None, "reference": lambda x: pytest.fail("computed")}
    assert judge(toy(**lenient), right).passed


def test_a_comparison_of_the_parts_own_may_name_the_mistake_or_leave_the_case_to_equality():
    def compare(case, answer):
        if np.isnan(answer["b"]):
            return Finding("b", "b is not defined.", "undefined")
        return NotImplemented

    exercise = toy(thrice, compare=compare)
    assert judge(exercise, right).passed
    assert judge(exercise, thrice).finding.mistake == "thrice"
    assert judge(exercise, lambda x: {"a": 2 * x, "b": np.nan}).finding.mistake == "undefined"
    unread = judge(exercise, lambda x: {"a": 2 * x, "b": "?"}).finding.sentence
    assert unread.startswith("b is a text, expected")
    exercise = toy(compare=lambda case, answer: 1 / 0)
    assert "cannot be read" in judge(exercise, right).finding.sentence
