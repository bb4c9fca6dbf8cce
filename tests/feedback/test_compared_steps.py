"""One case taken apart: which of the reference's steps the learner has, when they had them, what is wrong."""

import numpy as np
import pytest
from small_network import CASE, RIGHT, STEPS, X, at, compared, place, value


@pytest.fixture(scope="module")
def right():
    return compared()


def test_each_step_that_the_learner_has_is_found_where_a_variable_got_it(right):
    found = {STEPS[number]: place(moment) for number, moment in right.right.items()}
    assert found == {
        "Z": ("pre", 3),
        "A": ("A", 4),
        "dA": ("error", 5),
        "dZ": ("delta", 6),
        "dW": ("grad", 7),
        "db": ("total", 8),
        "norm": ('["norm"]', 9),
    }
    assert len(right.held) == len(STEPS) - 1, "m is a whole number, of which no line is known"


def test_what_is_returned_right_is_right_and_what_is_wrong_is_not():
    unseen = compared()
    unseen.moments = []  # nothing is known of its variables
    assert unseen.right == {at("dW"): None, at("db"): None, at("norm"): None}
    assert unseen.held == frozenset()
    halved = compared(RIGHT, ('"db": total', '"db": 0.5 * total'))
    assert halved.right[at("db")].name == "total", "a variable had it"
    unwatched = compared(RIGHT, ('"db": total', '"db": 0.5 * total'))
    unwatched.moments = []
    assert set(unwatched.right) == {at("dW"), at("norm")}


def test_the_expressions_of_a_wrong_output_are_not_held():
    halved = compared(RIGHT, ('"db": total', '"db": 0.5 * total'))
    expression = halved.derivation.steps[at("db")].expression
    assert expression not in halved.held and len(halved.held) == len(STEPS) - 2


def test_a_value_is_recognised_by_its_numbers_at_the_first_moment_it_was_there(right):
    Z = value(right, "Z")
    assert place(right.moment(Z)) == ("pre", 3)
    assert place(right.moment(Z + 1e-12)) == ("pre", 3)
    assert right.moment(Z + 1e-3) is None
    assert right.moment(Z + np.where(np.arange(15).reshape(3, 5) == 7, 1e-3, 0)) is None
    assert right.moment(Z.ravel()) is None
    assert right.moment(Z.T) is None
    assert right.moment(Z.astype(str)) is None
    assert right.moment(np.zeros(0)) is None
    assert place(right.moment(float(value(right, "norm")))) == ('["norm"]', 9)


def test_a_number_is_recognised_in_an_array_of_one_entry_and_an_array_not_in_a_number():
    one = compared(RIGHT, ("total = delta", "one = np.array([[2.625]])\n    two = 3.5\n    total = delta"))
    assert place(one.moment(2.625)) == ("one", 8)
    assert place(one.moment(np.array([[2.625]]))) == ("one", 8)
    assert one.moment(np.array([2.625])) is None
    assert place(one.moment(3.5)) == ("two", 9)
    assert one.moment(np.array([[3.5]])) is None


HELPER = """\
def gate(G, S):
    mask = S > 0
    return G * mask
"""
HELPED = HELPER + RIGHT.replace("error * (pre > 0)", "gate(error * 1.5, pre)")


def test_what_is_handed_to_a_helper_is_told_of_the_line_that_computed_it():
    helped = compared(HELPED)
    handed = value(helped, "dA") * 1.5
    assert place(helped.moment(handed)) == ("G", 9)
    named = compared(
        HELPED, ("    delta = gate(error * 1.5", "    more = error * 1.5\n    delta = gate(more")
    )
    assert place(named.moment(handed)) == ("more", 9)
    later = compared(HELPED, ("    grad =", "    again = error * 1.5\n    grad ="))
    assert place(later.moment(handed)) == ("again", 10)


@pytest.mark.parametrize(
    ("known", "of"),
    [
        (True, lambda c: X),
        (True, lambda c: CASE["cache"]["P"]),
        (True, lambda c: 1.75),
        (True, lambda c: value(c, "Z")),
        (True, lambda c: float(value(c, "norm"))),
        (False, lambda c: X.T),
        (False, lambda c: 2 * X),
        (False, lambda c: value(c, "Z").ravel()),
        (False, lambda c: 1.8),
        (False, lambda c: 5),
    ],
)
def test_inputs_and_right_values_are_known_and_nothing_else_is(known, of, right):
    assert right.is_known(of(right)) is known


@pytest.mark.parametrize(
    ("harmless", "of"),
    [
        (True, lambda c: X),
        (True, lambda c: value(c, "Z")),
        (True, lambda c: value(c, "Z") > 0),  # a part of the formula of dZ
        (True, lambda c: X.T),  # a part of the formula of dW
        (True, lambda c: value(c, "dZ") / 5),  # divided by m
        (True, lambda c: value(c, "dZ") * -3),  # times k
        (True, lambda c: -value(c, "dZ")),
        (True, lambda c: value(c, "db").ravel()),  # of another shape
        (True, lambda c: value(c, "dA")[:, 2]),  # a column of it
        (True, lambda c: value(c, "dA")[1]),  # a row of it
        (True, lambda c: X[0]),
        (True, lambda c: np.asarray(5.0)),  # may be a size
        (True, lambda c: np.asarray(11)),  # a whole number
        (True, lambda c: np.asarray(True)),
        (False, lambda c: np.asarray(0.7)),
        (False, lambda c: 4 * value(c, "dZ")),
        (False, lambda c: value(c, "dZ") + 0.5),
        (False, lambda c: value(c, "dA")[1] + 0.5),
        (False, lambda c: value(c, "dA")[:2, 2]),
        (False, lambda c: np.abs(value(c, "dA"))),
    ],
)
def test_what_is_part_of_a_right_computation_is_harmless(harmless, of, right):
    assert right.is_harmless(np.asarray(of(right))) is harmless


def test_a_multiple_is_told_by_its_factor_for_each_value_that_it_is_a_multiple_of(right):
    Z = value(right, "Z")
    assert right.ratios(-2.5 * Z) == [pytest.approx(-2.5)]
    assert right.ratios(Z + 1) == []
    assert right.ratios(0 * Z) == []
    assert right.ratios(Z.ravel()) == []


@pytest.mark.parametrize(
    ("step", "part", "of"),
    [
        ("dW", True, lambda c: value(c, "dZ") @ X.T),
        ("dW", True, lambda c: value(c, "dZ")),
        ("dW", False, lambda c: value(c, "dW")),
        ("dW", False, lambda c: value(c, "Z")),
        ("dZ", True, lambda c: value(c, "Z") > 0),
        ("dZ", False, lambda c: value(c, "dZ") @ X.T),
    ],
)
def test_a_part_of_a_formula_is_one_of_its_own_step_and_less_than_the_whole(step, part, of, right):
    assert right.is_part(at(step), of(right)) is part


def test_the_variable_that_is_called_as_a_step_is_found_before_a_wrong_value():
    named = compared(
        RIGHT,
        ("delta = error * (pre > 0)", "d_z = error * 2.5\n    dz = error * 3.5"),
        ("delta", "dz"),
        ("    total", "    dZ = 9 * dz\n    total"),
    )
    wrong = 3.5 * value(named, "dA") @ X.T / 5
    assert place(named.named_so(at("dZ"), wrong)) == ("dz", 7)
    assert place(named.named_so(at("dZ"), np.ones(7))) == ("dZ", 9), "of all that there is, the last"
    assert named.named_so(at("Z"), wrong) is None
    assert place(named.named_so(at("A"), wrong)) == ("A", 4)


def test_what_stood_in_the_place_of_a_step_is_what_a_later_value_follows_from():
    wrong = compared(RIGHT, ("error * (pre > 0)", "error * (pre > 0.4)"))
    dZ = value(wrong, "dA") * (value(wrong, "Z") > 0.4)
    dW = dZ @ X.T / 5
    theirs, moment = wrong.standing_for(at("dZ"), at("dW"), dW)
    assert place(moment) == ("delta", 6)
    np.testing.assert_allclose(theirs, dZ)
    assert wrong.standing_for(at("dA"), at("dW"), dW + 1) is None
    assert wrong.standing_for(at("m"), at("dW"), dW) is None
    carried = compared(
        RIGHT,
        ("error * (pre > 0)", "error * (pre > 0.4) / m"),
        ("@ X.T / m", "@ X.T"),
        ("keepdims=True) / m", "keepdims=True)"),
    )
    theirs, moment = carried.standing_for(at("dZ"), at("dW"), dW)
    assert place(moment) == ("delta", 6)
    np.testing.assert_allclose(theirs, dZ)  # without the 1/m that is carried along
    turned = compared(RIGHT, ("error * (pre > 0)", "-error * (pre > 0.4)"), ("grad = delta", "grad = -delta"))
    theirs, moment = turned.standing_for(at("dZ"), at("dW"), dW)
    assert place(moment) == ("delta", 6)
    np.testing.assert_allclose(theirs, dZ)
    late = compared(
        RIGHT, ("    return", "    late = error * (pre > 0.4)\n    return"), ('"dW": grad', '"dW": grad * 2')
    )
    assert late.standing_for(at("dZ"), at("dW"), value(late, "dW")) is None, "it came too late"


def test_a_number_that_is_part_of_a_formula_was_computed_where_it_is_called_as_the_step():
    part = compared(RIGHT, ("    return", "    size = np.linalg.norm(grad)\n    norm = size\n    return"))
    assert place(part.computed(at("norm"), value(part, "norm") / 1.75)) == ("norm", 10)
    assert place(part.computed(at("dZ"), value(part, "dZ"))) == ("delta", 6)
    assert part.computed(at("dZ"), np.ones(3)) is None


def test_what_a_helper_computed_is_received_in_the_function_that_was_asked_for():
    helped = compared(HELPED)
    inner = next(m for m in helped.moments if m.function == "gate" and m.name == "")
    assert place(helped.received(inner)) == ("delta", 9)
    mask = next(m for m in helped.moments if m.name == "mask")
    assert helped.received(mask) is None


def test_suspects_are_what_a_wrong_value_comes_from_without_what_is_right():
    wrong = compared(RIGHT, ("error * (pre > 0)", "error * (pre > 0.4)"))
    assert wrong.suspects(at("dW")) == {at("m"), at("dZ"), at("dW")}
    assert wrong.suspects(at("dZ")) == {at("dZ")}
    nothing = compared(RIGHT)
    nothing.moments = []
    nothing.seen.wrong["dW"] = nothing.seen.wrong["db"] = None
    assert nothing.suspects(at("dA")) == {at("Z"), at("A"), at("dA")}
