"""Right values in the wrong places are told as that, and nothing else is."""

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.observe import observe
from mlcourse.feedback.permuted import permuted
from mlcourse.feedback.run import compute

CASES = [{"x": np.array([1.0, 2.0])}, {"x": np.array([3.0, -4.0, 5.0])}, {"x": np.array([-1.0, 0.5])}]
NAMES = tuple("abcde")


def values(x):
    return [x + 1, x + 2, float(x.sum()), x + 4, x + 5]


def told(answer, keys=False, cases=CASES, of=values, compare=None):
    """The sentence about an answer that gives these entries of the right ones."""
    shape = dict(zip(NAMES, NAMES, strict=True)) if keys else NAMES
    arranged = (lambda items: dict(zip(NAMES, items, strict=True))) if keys else tuple

    def reference(x):
        return arranged(of(x))

    part = Part("f", dict, reference, shape, compare=compare)
    seen = [
        observe(
            part,
            case,
            compute("call", lambda x: arranged(answer(x)), case),
            lambda c=case: compute("call", reference, c),
        )
        for case in cases
    ]
    found = permuted(part, cases, seen)
    return found and (found.variable, found.sentence)


def places(*numbers):
    return lambda x: [values(x)[number] for number in numbers]


def test_another_order_is_told_with_the_one_that_is_asked_for():
    assert told(places(1, 0, 2, 3, 4)) == (
        "a",
        "The values are right, but in another order: you returned `b`, `a`, `c`, `d`, `e`. "
        "Return `a`, `b`, `c`, `d`, `e`.",
    )
    assert told(lambda x: [*values(x)[:2], values(x)[3], np.array([values(x)[2]]), values(x)[4]])[0] == "c"


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ((1, 0, 2, 3, 4), "your `a` is `b`, your `b` is `a`."),
        ((1, 2, 0, 3, 4), "your `a` is `b`, your `b` is `c`, your `c` is `a`."),
        ((1, 2, 3, 0, 4), "your `a` is `b`, your `b` is `c`, your `c` is `d`, and so on."),
    ],
)
def test_exchanged_names_are_told(order, said):
    assert told(places(*order), keys=True)[1] == (
        f"The values are right, but under each other's names: {said}"
    )


@pytest.mark.parametrize(
    "answer",
    [
        places(0, 1, 2, 3, 4),
        places(1, 1, 2, 3, 4),  # b twice
        lambda x: [x + 2, x + 1, 0.0, x + 4, x + 5],  # one is nobody's
        lambda x: [x + 2, x + 1, float(x.sum()), x + 4, "text"],
        lambda x: values(x) if len(x) == 2 else places(1, 0, 2, 3, 4)(x),  # on one input alone
        lambda x: (places(1, 0, 2, 3, 4) if len(x) == 2 else places(0, 1, 2, 4, 3))(x),
    ],
)
def test_what_is_not_the_same_exchange_on_all_inputs_is_not_told(answer):
    assert told(answer) is None


def test_where_a_case_says_nothing_of_the_order_nothing_is_told():
    def fails_once(x):
        if len(x) == 3:
            raise ValueError
        return places(1, 0, 2, 3, 4)(x)

    assert told(fails_once) is None
    assert told(places(1, 0, 2, 3, 4), compare=lambda case, answer: None) is None
    assert told(places(1, 0, 2, 3, 4), cases=CASES[:1]) is None
    assert told(places(1, 0, 2, 3, 4), of=lambda x: [x, x, x + 2, x + 4, x + 5]) is None


def test_an_input_on_which_two_right_values_are_equal_decides_nothing():
    def sometimes_equal(x):
        return [x + 1, x + (1 if len(x) == 3 else 2), float(x.sum()), x + 4, x + 5]

    def exchanged(x):
        a, b, *others = sometimes_equal(x)
        return [b, a, *others]

    assert told(exchanged, of=sometimes_equal)[1].startswith("The values are right, but in another order")
