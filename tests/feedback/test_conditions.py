"""Where the wrong entries of an output are: told only where it holds of all of them, and of no right one."""

from types import SimpleNamespace

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.conditions import condition

PART = Part("f", inputs=dict, reference=dict, returns="A")
Z = np.array([[-3.0, 0.0, 2.0, -0.5], [1.0, 5.0, 0.0, -2.0]])
V = np.array([[7.0, 9.0, 8.0, 1.0], [9.5, 9.25, 6.0, 3.0]])
A = np.arange(8.0).reshape(2, 4)


def observed(wrong, *, expected=A, got=None, **more):
    options = {"trouble": False, "judged": False} | more
    got = np.where(wrong, expected + 1, expected) if got is None else got
    return SimpleNamespace(expected={"A": expected}, leaves={"A": got}, **options)


def told(*wrong, case=None, **more):
    """What is said where these entries are wrong, on one input each."""
    case = case or {"Z": Z}
    return condition(PART, [case] * len(wrong), [observed(mask, **more) for mask in wrong], "A")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (Z < 0, "is wrong where Z is negative, and right elsewhere"),
        (Z > 0, "is wrong where Z is positive, and right elsewhere"),
        (Z == 0, "is wrong where Z is exactly 0, and right elsewhere"),
        (Z <= 0, "is wrong where Z is 0 or negative, and right elsewhere"),
        (np.abs(Z) >= 2, "is right where Z is up to 1 in size, wrong where it is 2 or more"),
        (np.abs(Z) >= 3, "is right where Z is up to 2 in size, wrong where it is 3 or more"),
        (np.abs(Z) <= 2, ""),
        (Z < 1000, ""),
        (Z == 5, ""),
        (A % 2 == 0, ""),
    ],
)
def test_the_entries_that_are_wrong_are_told_by_the_sign_or_the_size_of_an_input(wrong, words):
    assert told(wrong) == words


def test_all_inputs_together_decide():
    negative = "is wrong where Z is negative, and right elsewhere"
    assert told(Z < 0, Z < 0) == negative
    assert told(Z < 0, Z < -1) == ""
    assert told(Z < 0, Z > 0) == ""
    assert told(Z > -9, Z > 9) == "", "it differs between the inputs, not the entries"
    few = {"Z": Z[:1, :3]}
    observations = [observed(Z[:1, :3] < 0, expected=A[:1, :3])] * 2
    assert condition(PART, [few] * 2, observations, "A") == negative, "of 6 entries two are wrong"
    assert condition(PART, [few], observations[:1], "A") == "", "of so few they may lie so by chance"
    assert condition(PART, [], [], "A") == ""


def test_what_cannot_be_compared_is_passed_over_and_the_rest_counts():
    negative = "is wrong where Z is negative, and right elsewhere"
    good, cases = observed(Z < 0), [{"Z": Z}] * 3
    for odd in (
        observed(Z > 0, trouble=True),
        observed(Z > 0, judged=True),
        observed(Z > 0, got=A.ravel()),
        observed(Z > 0, got=None, expected=np.asarray(3.0)),
        SimpleNamespace(expected={}, leaves={"A": A}, trouble=False, judged=False),
        SimpleNamespace(expected={"A": A}, leaves={}, trouble=False, judged=False),
        SimpleNamespace(expected={"A": A}, leaves={"A": "text"}, trouble=False, judged=False),
    ):
        assert condition(PART, cases, [good, odd, good], "A") == negative


def test_an_input_comes_before_another_output_and_counts_only_where_it_is_there_each_time():
    observation = observed(Z < 0)
    observation.expected["Q"] = Z
    assert condition(PART, [{"X": V}] * 2, [observation] * 2, "A").startswith("is wrong where Q is negative")
    both = condition(PART, [{"Z": Z}] * 2, [observation] * 2, "A")
    assert both.startswith("is wrong where Z is negative")
    seen = [observation, observed(Z < 0)]
    assert condition(PART, [{"Z": Z}, {"P": Z}], seen, "A") == ""
    assert condition(PART, [{"Q": Z}, {"P": Z}], [observation] * 2, "A").startswith("is wrong where Q")
    assert told(Z < 0, case={"Z": Z.astype(int)}) == "", "of whole numbers nothing is said"


def test_sizes_that_rounding_cannot_tell_apart_are_not_told():
    near = np.where(V >= 9, 1.0000001 * V, V)
    limit = {"Z": np.where(V >= 9, 9.0001, 8.9999)}
    assert told(near > 8.99, case=limit) == ""
    tiny = {"Z": np.where(V >= 9, 2e-10, 1e-10)}
    assert told(V >= 9, case=tiny) == ""
    assert told(V >= 9, case={"Z": V}) == ("is right where Z is up to 8 in size, wrong where it is 9 or more")
    assert told(V >= 9, case={"Z": -V}) == (
        "is right where Z is up to 8 in size, wrong where it is 9 or more"
    )
