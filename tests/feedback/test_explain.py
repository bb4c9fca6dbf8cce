"""What is said of an answer that no known mistake explains: the first thing, in whole sentences."""

from itertools import pairwise

import numpy as np
import pytest

from mlcourse.exercises import Finding
from mlcourse.exercises.base import Part
from mlcourse.feedback.answers import Answer, Failure
from mlcourse.feedback.compare import Difference
from mlcourse.feedback.explain import explain, only_there, says, says_is, with_verb
from mlcourse.feedback.observe import observe

PART = Part(
    "double",
    inputs=dict,
    reference=lambda x, cache: {"a": 2 * x, "b": float(x.sum()), "norms": abs(x)},
    returns={"a": "a", "b": "b", "norms": "norms"},
    shapes={"a": "(n, m)", "norms": "one entry for each x"},
)
ALONE = Part("total", dict, lambda x, cache: float(x.sum()), "total")
X = np.array([[1.0, -2.0, 4.0], [8.0, 16.0, -3.0]])
CASE = {"x": X, "cache": {"Z1": X + 1, "A1": X + 2}}
SMALL = {"x": np.array([[0.5]]), "cache": {"Z1": np.array([[1.5]]), "A1": np.array([[2.5]])}}


def told(*answers, part=PART, cases=(CASE, CASE, SMALL)):
    """What is said where these answers are given to the cases in turn."""
    cases = cases[: len(answers)] if len(answers) > 1 else [CASE]
    seen = [
        observe(part, case, given, lambda case=case: Answer(part.reference(**case)))
        for case, given in zip(cases, answers, strict=True)
    ]
    return explain(part, cases, seen)


def right(case=CASE, **more):
    return Answer(PART.reference(**case), **more)


def other(case=CASE, **outputs):
    return Answer(PART.reference(**case) | outputs)


@pytest.mark.parametrize(
    ("answer", "variable", "words"),
    [
        (Answer(None), "double", "double returns None, expected a dict with the keys a, b, norms. "
         "Is there a return at the end?"),
        (Answer(1.0), "double", "double returns a number, expected a dict with the keys a, b, norms."),
        (other(a=2 * X.T), "a", "a has shape (3, 2), expected (2, 3). a is (n, m)."),
        (other(norms=np.ones(2)), "norms", "norms have shape (2,), expected (2, 3). "
         "It is to have one entry for each x."),
        (other(b=np.ones(2)), "b", "b has shape (2,), expected ()."),
        (other(a=X**2), "a", "a is wrong: the largest difference is 224. "
         "Its form is right: an array of shape (2, 3)."),
        (other(b=25.5), "b", "b is wrong: the largest difference is 1.5."),
        (other(norms=X * np.nan), "norms", "norms contain nan. Its form is right: an array of shape (2, 3)."),
        (other(norms=X), "norms", "norms are the input x as it came."),
        (other(a=0 * X), "a", "a is 0 everywhere."),
        (other(norms=np.where(X > 0, X, 7.0)), "norms",
         "norms are wrong where x is negative, and right elsewhere."),
        (other(b="24"), "b", "b is a text, expected a number."),
        (right(inputs_after={"x": X + 1, "cache": CASE["cache"]}), "double",
         "The values are right, but double changes x in place: compute new arrays and leave the inputs."),
        (right(inputs_after={"x": X + 1, "cache": {"Z1": X, "A1": X}}), "double",
         'The values are right, but double changes x in place and changes cache["Z1"] in place: '
         "compute new arrays and leave the inputs."),
        (right(inputs_after={"x": X, "cache": {"A1": X + 2, "dZ": X}}), "double",
         'The values are right, but double takes cache["Z1"] out of cache and adds the entry "dZ" to cache: '
         "compute new arrays and leave the inputs."),
        (right(inputs_after={"cache": CASE["cache"]}), "double",
         "The values are right, but double takes x out of the inputs: "
         "compute new arrays and leave the inputs."),
        (right(inputs_after=1), "double",
         "The values are right, but double changes its arguments: compute new arrays and leave the inputs."),
        (right(warnings=("overflow encountered in exp",)), "double",
         "The values are right, but NumPy warns: overflow encountered in exp. Compute them without it."),
        (right(warnings=("overflow encountered in exp",), warned="a = np.exp(x)"), "double",
         "The values are right, but NumPy warns: overflow encountered in exp in the line `a = np.exp(x)`. "
         "Compute them without it."),
        *(
            (right(warnings=("overflow encountered in exp",), warned=f"a = {numpy}.where(x > 0, 0, 1)"),
             "double",
             f"The values are right, but NumPy warns: overflow encountered in exp in the line "
             f"`a = {numpy}.where(x > 0, 0, 1)`. np.where computes both of its branches "
             "for every entry, and only then chooses. "
             "Compute each branch for its own entries alone.")
            for numpy in ("np", "numpy")
        ),
        (right(changed_error_state=True), "double",
         "double changes NumPy's error state for everybody after it: use `with np.errstate(...)`."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_whole_sentences(answer, variable, words):
    found = told(answer)
    assert (found.variable, found.sentence, found.mistake) == (variable, words, None)


def test_a_warning_beside_a_wrong_value_is_said_too():
    answer = Answer({**right().returned, "b": 25.5}, warnings=("overflow encountered in exp",))
    words = "b is wrong: the largest difference is 1.5. NumPy warned: overflow encountered in exp."
    assert told(answer).sentence == words


def test_one_value_of_another_type_is_said_of_the_function():
    assert told(Answer("24"), part=ALONE).sentence == "total returns a text, expected a number."
    words = "total returns None, expected a number. Is there a return at the end?"
    assert told(Answer(None), part=ALONE).sentence == words
    assert told(Answer(25.5), part=ALONE).sentence == "total is wrong: the largest difference is 1.5."


def test_a_failure_is_told_before_a_wrong_value_and_that_before_what_happens_beside():
    failure = Answer(failure=Failure("ValueError", "no"))
    wrong, changed = other(b=25.5), right(inputs_after={"x": X + 1, "cache": CASE["cache"]})
    warned, reset = right(warnings=("overflow",)), right(changed_error_state=True)
    kinds = [
        (reset, "error state"),
        (warned, "warns"),
        (changed, "in place"),
        (wrong, "is wrong"),
        (failure, "no."),
    ]
    for (less, _), (more, words) in pairwise(kinds):
        assert words in told(less, more).sentence
        assert words in told(more, less).sentence


def test_what_is_special_is_said_where_all_inputs_before_were_right():
    small = told(right(), right(), other(SMALL, b=7.0))
    assert small.sentence.startswith(
        "b is wrong: the largest difference is 6.5. Other inputs were right; special"
    )
    assert "Other inputs" not in told(other(b=25.5), right(), other(SMALL, b=7.0)).sentence
    assert "Other inputs" not in told(right(warnings=("overflow",)), other(b=25.5)).sentence
    assert "Other inputs" not in told(other(b=25.5), right()).sentence


def test_a_name_of_a_mistake_stays_with_what_is_special():
    judged = Part(
        "f", dict, PART.reference, "a", compare=lambda case, a: a and Finding("a", "It is odd.", "odd")
    )
    found = told(Answer(0), Answer(0), Answer(1), part=judged)
    assert found.mistake == "odd"
    assert found.sentence.startswith("It is odd. Other inputs were right; special about these")


def test_where_an_output_is_wrong_on_some_inputs_alone_is_said():
    cases = [CASE, CASE, SMALL]

    def seen(*answers):
        return [
            observe(PART, c, a, lambda c=c: Answer(PART.reference(**c)))
            for c, a in zip(cases, answers, strict=True)
        ]

    last = seen(right(), right(), other(SMALL, b=7.0))
    assert only_there(PART, cases, last, "b").startswith("Other inputs were right; special about these: ")
    assert only_there(PART, cases, last, "a") == ""
    assert only_there(PART, cases, seen(other(b=7.0), right(), right(SMALL)), "b") == ""
    beside = seen(right(), other(a=X), other(SMALL, b=7.0))
    assert only_there(PART, cases, beside, "b").startswith("Other inputs were right")


@pytest.mark.parametrize(
    ("variable", "is_", "has", "contains", "other"),
    [
        ("norms", "are wrong", "have shape", "contain nan", "equals"),
        ("losses in epoch 3", "are wrong", "have shape", "contain nan", "equals"),
        ("loss", "is wrong", "has shape", "contains nan", "equals"),
        ("dW1", "is wrong", "has shape", "contains nan", "equals"),
        ("bias", "is wrong", "has shape", "contains nan", "equals"),
        ("axis", "is wrong", "has shape", "contains nan", "equals"),
        ("xs", "is wrong", "has shape", "contains nan", "equals"),
        ("rates", "are wrong", "have shape", "contain nan", "equals"),
    ],
)
def test_the_verb_has_the_number_of_the_name(variable, is_, has, contains, other):
    for singular, words in (
        ("is wrong", is_),
        ("has shape", has),
        ("contains nan", contains),
        ("equals", other),
    ):
        assert with_verb(variable, singular) == f"{variable} {words}"
        assert says(variable, Difference("value", singular, "", "")) == f"{variable} {words}"
    assert says_is(variable) == f"{variable} {is_.split()[0]}"
