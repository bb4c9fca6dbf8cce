"""The first wrong value of an answer, found beside the steps of the reference."""

import linecache
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.derivation import Derivations
from mlcourse.feedback.moments import watch
from mlcourse.feedback.observe import observe
from mlcourse.feedback.run import compute
from mlcourse.feedback.whereabouts import whereabouts

titles = (f"a cell {number}" for number in count())


def backward(X, Y, A):
    """A step, what follows from it, and a list."""
    m = X.shape[1]
    dZ = (A - Y) / m
    dW = dZ @ X.T
    db = np.sum(dZ, axis=1, keepdims=True)
    first = float(np.sum(dZ))
    second = first + 1.0
    sums = [first, second]
    return {"dW": dW, "db": db, "sums": sums}


def inputs(rng, n=3, m=6):
    return {name: rng.normal(size=(k, m)) for name, k in (("X", n), ("Y", 1), ("A", 1))}


RNG = np.random.default_rng(4)
CASES = [inputs(RNG, *size) for size in ((3, 4), (2, 5), (4, 3), (2, 1), (3, 2))]
"""Three that are random, and two edges."""
PART = Part(
    "backward",
    inputs,
    backward,
    {"dW": "dW", "db": "db", "sums": "sums"},
    order=("dZ", "dW", "db", "sums"),
    shapes={"X": "(n0, m)", "Y": "(1, m)", "A": "(1, m)"},
    formulas={
        "dZ": "dZ = (A - Y) / m",
        "dW": "dW = dZ @ X.T",
        "db": "db = np.sum(dZ, axis=1, keepdims=True)",
    },
)


def found(body, part=PART, random_cases=3, pairs=0):
    """Where ``backward(X, Y, A)`` with this body stops being right."""
    title = next(titles)
    program = f"calls = []\ndef backward(X, Y, A):\n{body}\n"
    linecache.cache[title] = len(program), None, program.splitlines(keepends=True), title
    names = {"np": np, "__name__": "__main__"}
    exec(compile(program, title, "exec"), names)
    answers = [compute("call", names["backward"], case) for case in CASES]
    seen = [
        observe(part, case, answer, lambda c=case: compute("call", part.reference, c))
        for case, answer in zip(CASES, answers, strict=True)
    ]

    def watched(number, name):
        names["calls"].clear()
        return watch("call", names["backward"], CASES[number], answers[number], 5.0)

    return whereabouts(part, CASES, seen, random_cases, watched, pairs, Derivations(part, CASES))


def lines(**other):
    """A body with the reference's lines, some of them otherwise."""
    own = {
        "dZ": "(A - Y) / X.shape[1]",
        "dW": "dZ @ X.T",
        "db": "np.sum(dZ, axis=1, keepdims=True)",
        "first": "float(np.sum(dZ))",
        "second": "first + 1.0",
        "sums": "[first, second]",
    } | other
    assigned = "\n".join(f"    {name} = {value}" for name, value in own.items())
    return f"{assigned}\n    return {{'dW': dW, 'db': db, 'sums': sums}}"


MASKED = "(A + Y) / X.shape[1] if X.shape[1] > 3 else (A - Y) / X.shape[1]"
NAMED_OTHERWISE = lines(dZ="(A + Y) / X.shape[1]").replace("dZ", "delta")
IN_ONE = (
    "    g = A - Y\n"
    "    return {'dW': g @ X.T, 'db': g.sum(1, keepdims=True) / X.shape[1], 'sums': [1.0, 2.0]}"
)
HELPER = (
    "    def error(a, y):\n        e = a + y\n        return e / a.shape[1]\n    g = error(A, Y)\n"
    "    return {'dW': g @ X.T, 'db': np.sum(g, axis=1, keepdims=True), 'sums': [1.0, 2.0]}"
)
IS_PLUS = "Your `dZ` equals `(A + Y) / m`; the formula is `(A - Y) / m`."


@pytest.mark.parametrize(
    ("body", "variable", "place", "equality"),
    [
        (lines(dZ="(A + Y) / X.shape[1]"), "dZ", "`dZ` (line 3) is not right: `dZ = (A + Y) / ", IS_PLUS),
        (NAMED_OTHERWISE, "dZ", "`delta` (line 3), your dZ, is not right: `delta = (A + Y) / ", IS_PLUS),
        (HELPER, "dZ", "`e` (line 4 of error), your dZ, is not right: `e = a + y`.", IS_PLUS),
        (
            *(IN_ONE, "dW", "`g` (line 3), your dZ, is not right: `g = A - Y`."),
            "Your `dW` is what comes out with `dZ = A - Y`; the formula is `dZ = (A - Y) / m`.",
        ),
        (
            lines(dW="dZ @ X.T * 2"),
            "dW",
            "`dW` (line 4) is not",
            "Your `dW` is exactly 2 times what it should be.",
        ),
        (
            lines(dW="dZ @ X.T + 5"),
            "dW",
            "`dZ` (line 3) is right, `dW` (line 4) is not: `dW = dZ @ X.T + 5`.",
            None,
        ),
        (lines(dW="dZ @ X.T > 0"), "dW", "`dZ` (line 3) is right, `dW` (line 4) is not", None),
        (
            *(lines(db="np.sum(dZ, axis=1)"), "db", "`db` (line 5) is not"),
            "Your `db` equals `np.sum(dZ, axis=1)`; the formula is `np.sum(dZ, axis=1, keepdims=True)`.",
        ),
        (
            *(lines(second="first"), "second", ""),
            "Your `second` equals `float(np.sum(dZ))`; the formula is `float(np.sum(dZ)) + 1.0`.",
        ),
        (lines(second="first + 7.0"), "second", "`second` (line 7) is not: `second = first + 7.0`.", None),
        (lines(dZ="A * Y", dW="dZ @ X.T * 3 + 1"), "dZ", "`dZ` (line 3) is not right: `dZ = A * Y`.", None),
    ],
)
def test_the_first_wrong_value_is_named_with_its_line_and_what_it_is(body, variable, place, equality):
    where = found(body)
    assert (where.variable, where.is_all) == (variable, False)
    assert place in where.place and bool(place) is bool(where.place)
    assert (where.equality and where.equality.sentence) == equality


@pytest.mark.parametrize(
    ("body", "variable"),
    [
        (lines(sums="[first]"), "sums"),
        (lines(sums="[first, second, 1.0]"), "sums"),
        (lines(sums="[second, second]"), "sums"),
        (lines(dW="(dZ @ X.T).tolist()[0]"), "dW"),
        (lines(dW="'text'"), "dW"),
    ],
)
def test_of_too_few_or_too_many_or_another_kind_no_line_is_named(body, variable):
    where = found(body)
    assert (where.variable, where.place, where.equality) == (variable, "", None)


def test_the_first_wrong_entry_of_a_list_is_named():
    where = found(lines(sums="[first, 5.0 * second]"))
    assert (where.variable, where.equality.sentence) == (
        *("second", "Your `second` is exactly 5 times what it should be."),
    )
    assert "`sums[1]` (line 8) is not: `sums = [first, 5.0 * second]`." in where.place
    assert found(lines(sums="[first + 5.0 * second, second]")).variable == "first"


def test_what_is_right_on_some_inputs_does_not_equal_what_is_wrong():
    for body, line in (
        (lines(dW="dZ @ X.T * 2 if X.shape[1] > 3 else dZ @ X.T"), "`dW` (line 4)"),
        (
            lines(db="np.sum(dZ * 3, axis=1, keepdims=True) if X.shape[1] > 3 else dZ.sum(1, keepdims=True)"),
            "db",
        ),
        (lines(dZ=MASKED), "`dZ` (line 3)"),
    ):
        where = found(body)
        assert line in where.place and where.equality is None


def test_where_it_goes_wrong_in_another_line_each_time_none_is_named():
    one, other = lines(dW="dZ @ X.T + 5"), "    if X.shape[1] > 4:\n        dW = dZ @ X.T + 6\n"
    where = found(one.replace("    db =", f"{other}    db ="))
    assert (where.variable, where.place, where.equality) == ("dW", "", None)


def test_a_number_that_is_the_same_wherever_it_is_wrong_is_told_though_it_is_right_elsewhere():
    where = found(lines(second="7.0 if X.shape[1] > 3 else first + 1.0"))
    assert where.equality.sentence.startswith("Your `second` is 7 on every input on which it is wrong;")


def test_what_is_wrong_at_an_edge_alone_is_looked_at_there_unless_something_fails():
    wrong = "dZ @ X.T + (5 if X.shape[1] == 1 else 0)"
    assert "`dW` (line 4) is not" in found(lines(dW=wrong)).place
    assert found(lines(dW=wrong, first="float(np.sum(dZ)) if X.shape[1] != 2 else 1 / 0")) is None


def in_a_loop(X, Y, A):
    """Right, and not taken apart into steps."""
    while True:
        return backward(X, Y, A)


def test_where_the_reference_has_no_steps_the_outputs_are_compared_if_the_same_is_wrong_everywhere():
    part = replace(PART, reference=in_a_loop)
    where = found(lines(dW="dZ @ X.T * 2"), part)
    assert (where.variable, where.place) == ("dW", "`dW`, which is wrong, is made in lines 3 and 4.")
    assert where.equality.sentence == "Your `dW` is exactly 2 times what it should be."
    twice = "np.sum(dZ, axis=1, keepdims=True) * 2"
    mixed = found(lines(dW="dZ @ X.T * (2 if X.shape[1] > 4 else 1)", db=twice), part)
    assert mixed.equality is None


def test_what_is_to_be_said_before_anything_else():
    early = found(
        "    for k in (1, 2):\n        dZ = A * k\n        return {'dW': dZ, 'db': dZ, 'sums': [1.0, 2.0]}"
    )
    assert early.is_all and early.place.startswith("The `return` in line 5 stands inside the loop of line 3")
    drawn = found(lines(dW="dZ @ X.T + np.random.default_rng().normal()"))
    assert drawn.place.startswith(
        "backward gives another answer when it is called again with the same inputs."
    )
    with np.errstate(all="ignore"):
        odd = found(lines(dW="dZ @ X.T / 0"))
    assert odd.place.startswith("`dW` comes out as nan or inf. `dW` (line 4) is the first value that is not")
