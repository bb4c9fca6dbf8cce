"""One answer beside the right one: what is wrong, in the order in which it is computed, and what counts."""

import numpy as np
import pytest

from mlcourse.exercises.base import Finding, Part
from mlcourse.feedback.observe import observe
from mlcourse.feedback.run import compute

CASE = {"x": np.array([1.0, 2.0])}


def reference(x):
    return {"dZ": 2 * x, "dW": 6 * x, "db": float(x.sum())}


def observed(answer, **more):
    more = {"returns": {"db": "db", "dW": "dW"}, "order": ("dZ", "dW", "db")} | more
    part = Part("f", dict, more.pop("reference", reference), **more)
    return observe(part, CASE, compute("call", answer, CASE), lambda: compute("call", part.reference, CASE))


def right_but(**other):
    return lambda x: reference(x) | {name: how(x) for name, how in other.items()}


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({}, []),
        ({"db": lambda x: 9.0}, ["db"]),
        ({"db": lambda x: 9.0, "dW": lambda x: x}, ["dW", "db"]),
        ({"dZ": lambda x: x + 1}, []),  # nothing that was asked for is wrong
        ({"dZ": lambda x: x + 1, "dW": lambda x: x}, ["dZ", "dW"]),
        ({"dZ": lambda x: x / 2, "dW": lambda x: x}, ["dW"]),  # the 1/m may stand there
        ({"dZ": lambda x: x + 1, "db": lambda x: 9.0}, ["db"]),  # the next one, dW, is right
        ({"dZ": lambda x: x * np.inf, "dW": lambda x: x}, ["dZ", "dW"]),
        ({"dZ": lambda x: np.ones(3), "dW": lambda x: x}, ["dZ", "dW"]),
        ({"dZ": lambda x: "text", "dW": lambda x: x}, ["dW"]),
    ],
)
def test_a_step_between_counts_where_what_follows_from_it_is_wrong(other, wrong):
    assert list(observed(right_but(**other)).wrong) == wrong


def test_a_step_that_should_be_zero_is_no_multiple():
    def nothing(x):
        return {"dZ": 0 * x, "dW": 6 * x, "db": 0.0}

    seen = observed(lambda x: nothing(x) | {"dZ": x, "dW": x}, reference=nothing)
    assert list(seen.wrong) == ["dZ", "dW"]


def test_what_was_asked_for_comes_in_the_order_of_the_steps():
    assert observed(reference).required == ("dW", "db")
    assert observed(lambda x: 1 / 0).required == ("dW", "db")


def test_the_right_answer_is_at_hand_whatever_came():
    for answer in (reference, lambda x: 1 / 0, lambda x: None, right_but(db=lambda x: 9.0)):
        assert observed(answer).reference().returned["db"] == 3.0


def test_right_is_what_is_right_in_its_values_and_beside_them():
    assert observed(reference).right and observed(reference).values_right

    def changes_its_input(x):
        x += 1
        return reference(x - 1)

    def warns(x):
        np.exp(np.array([1e4]))
        return reference(x)

    def sets(x):
        np.seterr(all="ignore")
        return reference(x)

    for beside in (changes_its_input, warns, sets):
        assert not observed(beside).right and observed(beside).values_right


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda x: 1 / 0, ""),
        (lambda x: None, "returns None, expected a dict with the keys db, dW"),
        (lambda x: {"db": 1.0}, "returns a dict with the keys db; missing: dW"),
    ],
)
def test_what_fails_or_has_another_form_is_trouble(answer, said):
    seen = observed(answer)
    assert seen.trouble and not seen.right and not seen.values_right
    assert seen.form_error == said
    assert seen.reference().returned["db"] == 3.0
    assert not seen.wrong


def test_one_array_for_several_is_taken_apart_where_its_rows_have_the_right_shape():
    def pair(x):
        return 2 * x, 3 * x

    asked = {"returns": ("y", "z"), "order": (), "reference": pair}
    assert observed(lambda x: np.array(pair(x)), **asked).right
    assert list(observed(lambda x: np.array([2 * x, x]), **asked).wrong) == ["z"]
    alone = observed(lambda x: 2 * x, **asked)
    assert alone.form_error == ("returns an array of shape (2,), expected a tuple of 2 values (y, z)")


def test_a_comparison_of_the_parts_own_decides_and_may_leave_it_to_the_reference():
    finding = Finding("dW", "dW is too small.")
    seen = observed(reference, compare=lambda case, answer: finding)
    assert (seen.judged, seen.finding, seen.wrong, seen.right) == (True, finding, {}, False)
    content = observed(right_but(dW=lambda x: x), compare=lambda case, answer: None)
    assert content.right and content.judged
    left = observed(right_but(dW=lambda x: x), compare=lambda case, answer: NotImplemented)
    assert list(left.wrong) == ["dW"] and not left.judged
    stumbled = observed(reference, compare=lambda case, answer: answer["missing"])
    assert "cannot be read as what was asked for" in stumbled.finding.sentence
