"""Two known mistakes at once are found where exactly one pair gives the whole answer."""

from dataclasses import replace
from functools import partial

import numpy as np

from mlcourse.exercises.base import Mistake, Part
from mlcourse.exercises.edits import apply
from mlcourse.exercises.known_mistakes import known
from mlcourse.feedback.combined import find_pair
from mlcourse.feedback.derivation import Derivations
from mlcourse.feedback.observe import observe
from mlcourse.feedback.run import compute


def backward(Y, A, X):
    m = Y.shape[1]
    dZ = A - Y
    dW = dZ @ X.T / m
    db = dZ.sum(axis=1, keepdims=True) / m
    loss = np.sum(dZ**2) / 2
    return {"dW": dW, "db": db, "loss": loss}


KNOWN = known(
    backward,
    """
    signs-exchanged
        dZ has the wrong sign.
        - A - Y
        + Y - A
    no-mean-dW
        dW is a sum.
        - dZ @ X.T / m
        + dZ @ X.T
    no-mean-db
        db is a sum.
        - dZ.sum(axis=1, keepdims=True) / m
        + dZ.sum(axis=1, keepdims=True)
    no-half
        The half is missing.
        - np.sum(dZ**2) / 2
        + np.sum(dZ**2)
    squared
        dZ is squared.
        - A - Y
        + (A - Y) ** 2
    as-in-dW
        db is a sum, as in dW.
        - dZ.sum(axis=1, keepdims=True) / m
        + 1.0 * dZ.sum(axis=1, keepdims=True)
    as-in-db
        dW is a sum, as in db.
        - dZ @ X.T / m
        + 1.0 * dZ @ X.T
    """,
)
PART = Part("backward", dict, backward, {name: name for name in ("dW", "db", "loss")}, mistakes=KNOWN)
RNG = np.random.default_rng(3)
CASES = [{name: RNG.normal(size=(n, m)) for name, n in (("Y", 2), ("A", 2), ("X", 3))} for m in (4, 6, 5)]


def pair(*made, of=None, cases=CASES, part=PART, right=()):
    """Names of the pair that is found where these mistakes were made, all but in some cases."""
    mistakes = tuple(m for m in KNOWN if of is None or m.name in of)
    wrong = apply(backward, [next(m for m in KNOWN if m.name == name).edit for name in made])
    part = replace(part, mistakes=mistakes)
    seen = [
        observe(
            part,
            case,
            compute("call", backward if number in right else wrong, case),
            partial(compute, "call", backward, case),
        )
        for number, case in enumerate(cases)
    ]
    found = find_pair(part, cases, seen, range(len(cases)), Derivations(part, cases))
    return found and tuple(mistake.name for mistake in found)


def test_two_mistakes_are_told_in_the_order_in_which_they_enter():
    plain = ("signs-exchanged", "no-mean-dW", "no-mean-db", "no-half")
    for of in (plain, plain[::-1]):
        assert pair("signs-exchanged", "no-mean-dW", of=of) == ("signs-exchanged", "no-mean-dW")
        assert pair("no-half", "no-mean-dW", of=of) == ("no-mean-dW", "no-half")
        assert pair("no-mean-db", "no-half", of=of) == ("no-mean-db", "no-half")
        assert pair("squared", "no-half", of=(*of, "squared")) == ("squared", "no-half")


def test_two_inputs_with_both_mistakes_are_needed():
    of = ("signs-exchanged", "no-mean-dW")
    assert pair(*of, of=of, cases=CASES[:2]) == of
    assert pair(*of, of=of, cases=CASES[:1]) is None
    assert pair(*of, of=of, right=(0, 1)) is None
    assert pair(*of, of=of, right=(0,)) is None, "where the learner is right the pair is not"


def test_a_pair_is_found_among_many_mistakes():
    many = "".join(
        f"part-{n}\n    Divided by {n}.\n    - np.sum(dZ**2) / 2\n    + np.sum(dZ**2) / {n}\n"
        for n in range(3, 40)
    )
    (first,), others = [m for m in KNOWN if m.name == "no-mean-dW"], known(backward, many)
    part = replace(PART, mistakes=(first, *others))
    wrong = apply(backward, [first.edit, others[-1].edit])
    seen = [
        observe(part, case, compute("call", wrong, case), partial(compute, "call", backward, case))
        for case in CASES
    ]
    found = find_pair(part, CASES, seen, range(3), Derivations(part, CASES))
    assert [mistake.name for mistake in found] == ["no-mean-dW", "part-39"]


def test_one_mistake_or_three_are_no_pair():
    plain = ("signs-exchanged", "no-mean-dW", "no-mean-db", "no-half")
    assert pair("no-half", of=plain) is None
    assert pair("no-mean-dW", "no-mean-db", "no-half", of=plain) is None
    assert pair("signs-exchanged", "no-half", of=("signs-exchanged",)) is None
    assert pair("signs-exchanged", "no-half", of=()) is None


def test_two_pairs_that_explain_it_are_none():
    of = ("no-mean-dW", "no-mean-db", "as-in-dW")
    assert pair("no-mean-dW", "no-mean-db", of=of) is None
    assert pair("no-mean-dW", "no-mean-db", of=of[:2]) == of[:2]


def test_two_sentences_that_compare_with_the_other_output_are_both_false():
    assert pair("as-in-db", "as-in-dW", of=("as-in-db", "as-in-dW")) is None
    assert pair("no-mean-dW", "as-in-dW", of=("no-mean-dW", "as-in-dW")) == ("no-mean-dW", "as-in-dW")


def test_a_mistake_that_is_no_edit_and_a_class_are_left_out():
    named = Mistake("free", "A function of its own.", lambda Y, A, X: {})
    of = ("signs-exchanged", "no-mean-dW")
    mistakes = (*[m for m in KNOWN if m.name in of], named)
    part = replace(PART, mistakes=mistakes)
    wrong = apply(backward, [m.edit for m in mistakes[:2]])
    seen = [
        observe(part, case, compute("call", wrong, case), partial(compute, "call", backward, case))
        for case in CASES
    ]
    found = find_pair(part, CASES, seen, range(3), Derivations(part, CASES))
    assert [mistake.name for mistake in found] == list(of)
    of_a_class = replace(part, reference=dict)
    assert find_pair(of_a_class, CASES, seen, range(3), Derivations(part, CASES)) is None
    unknown = replace(part, drive="numerical_gradient")
    assert find_pair(unknown, CASES, seen, range(3), Derivations(unknown, CASES)) is None
