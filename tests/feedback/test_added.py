"""What was added to a right value, and a number in the place of an argument: told only where it is sure."""

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.added import added, number_for_an_argument
from mlcourse.feedback.derivation import derive
from mlcourse.feedback.equality import Sample
from mlcourse.feedback.inputs import letters


def step(W, dW, rate, power):
    m = W.shape[1]
    moved = W - rate * dW
    curved = W * rate**2
    total = np.sum(W) * rate
    plain = dW / m
    both = power * rate * dW
    return {"moved": moved, "curved": curved, "total": total, "plain": plain, "both": both}


NAMES = ("moved", "curved", "total", "plain", "both")
PART = Part(
    "step",
    inputs=dict,
    reference=step,
    returns={name: name for name in NAMES},
    shapes={"W": "(n, m)", "dW": "(n, m)"},
)
RNG = np.random.default_rng(4)
CASES = [
    {"W": RNG.normal(size=(2, m)), "dW": RNG.normal(size=(2, m)), "rate": rate, "power": 10 * rate**2}
    for m, rate in ((3, 0.3), (5, 0.7))
]


def samples(name, value, cases=CASES):
    """A learner's value of an output, given as a function of the case, on each case."""
    found = []
    for case in cases:
        derivation = derive(PART, case)
        got = np.asarray(value(**case))
        found.append(Sample(derivation, derivation.leaves[name], got, frozenset({0, 1}), letters(PART, case)))
    return found


def sentence(equality):
    return equality and equality.sentence


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("moved", lambda W, dW, **_: W - 0.01 * dW, "`W - 0.01 * dW`; the formula is `W - rate * dW`."),
        ("moved", lambda W, dW, **_: W - 3 * dW, "`W - 3 * dW`; the formula is `W - rate * dW`."),
        ("moved", lambda W, dW, **_: W + dW / 4, "`W - -1 / 4 * dW`; the formula is `W - rate * dW`."),
        ("moved", lambda W, dW, rate, **_: W - rate * dW + 1, None),
        ("moved", lambda W, dW, **_: W - W.shape[1] * dW, None),  # not the same number each time
        ("moved", lambda W, dW, **_: (W - 0.01 * dW).ravel(), None),
        ("moved", lambda W, dW, **_: W, None),  # it would be 0
        ("curved", lambda W, **_: W * 0.01, None),  # not along a straight line
        ("total", lambda W, **_: np.sum(W) * 0.01, "`np.sum(W) * 0.01`; the formula is `np.sum(W) * rate`."),
        ("plain", lambda dW, **_: dW / 7, None),  # a size is no argument
        ("both", lambda dW, **_: dW * 0.01, None),
        (
            "both",
            lambda dW, rate, **_: 0.25 * rate * dW,
            "`1 / 4 * rate * dW`; the formula is `power * rate * dW`.",
        ),
        (
            "both",
            lambda dW, power, **_: power * 0.5 * dW,
            "`power * (1 / 2) * dW`; the formula is `power * rate * dW`.",
        ),
    ],
)
def test_a_number_of_their_own_for_an_argument_is_solved_for(name, value, told):
    assert sentence(number_for_an_argument(samples(name, value))) == (told and f"Your `{name}` equals {told}")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("plain", lambda W, dW, **_: dW / W.shape[1] + 0.5 * W,
         "`dW / m + 1/2 * W`; the formula is `dW / m`."),
        ("plain", lambda W, dW, **_: dW / W.shape[1] - W, "`dW / m - W`; the formula is `dW / m`."),
        ("plain", lambda W, dW, rate, **_: dW / W.shape[1] + rate * W,
         "`dW / m + rate * W`; the formula is `dW / m`."),
        ("plain", lambda W, dW, rate, **_: dW / W.shape[1] + 2 * rate * W,
         "`dW / m + 2 * rate * W`; the formula is `dW / m`."),
        ("moved", lambda W, dW, rate, **_: W - rate * dW + W / W.shape[1],
         "`W - rate * dW + W / m`; the formula is `W - rate * dW`."),
        ("plain", lambda W, dW, **_: dW / W.shape[1] + W, "`dW / m + W`; the formula is `dW / m`."),
        ("plain", lambda W, dW, **_: dW / W.shape[1] + W**2, None),
        ("plain", lambda W, dW, **_: dW / W.shape[1] + 1.0, None),
        ("plain", lambda W, dW, **_: (dW / W.shape[1] + W).T, None),
        ("total", lambda W, rate, **_: np.sum(W) * rate + rate, None),  # a number is always a multiple
    ],
)  # fmt: skip
def test_an_array_on_top_of_what_is_right_is_solved_for(name, value, told):
    assert sentence(added(samples(name, value))) == (told and f"Your `{name}` equals {told}")


def test_what_fits_two_arrays_is_told_of_none():
    same = [case | {"dW": case["W"] * (2 + n)} for n, case in enumerate(CASES)]
    found = samples("plain", lambda W, dW, rate, **_: dW / W.shape[1] + 0.5 * W, same)
    assert sentence(added(found)).endswith("+ 1/2 * W`; the formula is `dW / m`.")
    equal = [case | {"dW": case["W"] * 2} for case in CASES]
    found = samples("plain", lambda W, dW, rate, **_: dW / W.shape[1] + 0.5 * W, equal)
    assert added(found) is None


def test_one_input_is_no_evidence():
    one = samples("plain", lambda W, dW, **_: dW / W.shape[1] + 0.5 * W, CASES[:1])
    assert added(one) is None
    one = samples("moved", lambda W, dW, **_: W - 0.01 * dW, CASES[:1])
    assert number_for_an_argument(one) is None
