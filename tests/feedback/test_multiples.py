"""What is said of a multiple is true: each expression is evaluated, each number read back."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcourse.feedback.multiples import Factor, common_factor, is_multiple_of_any, number, ratio

m = 7
constants = st.sampled_from([1.0, -1.0, 2.0, -3.0, 0.5, -0.25, 1.5, 0.1, 2 / 3, 12.0])
factors = st.builds(
    lambda constant, power: Factor(constant, "m" if power else "", power, constant * m**power),
    constants,
    st.sampled_from([-1, 0, 1]),
)
expressions = st.sampled_from(
    ["Z", "Z + 1", "Z / m", "Z * 3", "Z * 0.5 / m", "Z * 4 * 2", "m / Z", "Z @ Z / m"]
)
Z = np.array([[2.0, -1.0], [0.5, 3.0]])


def value(expression):
    return eval(expression, {"Z": Z, "m": m})


@given(factors, expressions)
def test_a_product_is_that_many_times_the_expression(factor, expression):
    np.testing.assert_allclose(value(factor.on(expression)), factor.here * value(expression))
    np.testing.assert_allclose(value(factor.times("Z")), factor.here * Z)
    np.testing.assert_allclose(value(factor.added_to("Z", "m")), Z + factor.here * m)
    assert value(factor.text) == pytest.approx(factor.here)


@pytest.mark.parametrize(
    ("factor", "expression", "written"),
    [
        (Factor(1.0, "m", 1), "dZ @ A.T / m", "dZ @ A.T"),
        (Factor(2.0, "m", 1), "dZ / m", "2 * dZ"),
        (Factor(2.0, "m", -1), "dZ / m", "2 * (dZ / m) / m"),
        (Factor(2.0, "n", 1), "dZ / m", "2 * (dZ / m) * n"),
        (Factor(2.0), "dZ * 3", "6 * dZ"),
        (Factor(0.5), "dZ * 2", "dZ"),
        (Factor(0.5, "m", 1), "dZ * 2.0", "dZ * m"),
        (Factor(1 / 3), "dZ + 1", "1/3 * (dZ + 1)"),
        (Factor(1 / 3), "dZ * 0.1", "0.03333333 * dZ"),
        (Factor(-1.0), "dZ", "-dZ"),
    ],
)
def test_what_cancels_is_not_written(factor, expression, written):
    assert factor.on(expression).replace("(dZ @ A.T)", "dZ @ A.T") == written


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (Factor(-1.0), "Your `dW` has the wrong sign, everything else about it is right."),
        (Factor(-2.0), "Your `dW` is exactly -2 times what it should be."),
        (Factor(1 / 3), "Your `dW` is exactly 1/3 times what it should be."),
        (Factor(1.0, "m", 1, 5.0), "Your `dW` is m times what it should be; here m is 5."),
        (Factor(1.0, "m", -1, 0.2), "Your `dW` is `1 / m` times what it should be."),
        (Factor(-1.0, "m", 1, -5.0), "Your `dW` is `-m` times what it should be."),
        (Factor(2.0, "m", 1, 10.0), "Your `dW` is `2 * m` times what it should be."),
    ],
)
def test_a_multiple_is_told_in_a_sentence(factor, words):
    assert factor.sentence("dW") == words


@given(st.integers(-60, 60).filter(bool), st.integers(1, 12))
def test_a_plain_number_is_written_as_it_is(above, below):
    written = number(above / below)
    assert float(Fraction(written)) == pytest.approx(above / below, rel=1e-6)
    exact = Fraction(above, below)
    assert written == (str(exact) if exact.denominator < 10 else f"{above / below:.7g}")


def test_a_number_that_nobody_would_write_is_none():
    assert common_factor([np.pi, np.pi], [{}, {}]) is None
    assert common_factor([0.123, 0.123], [{}, {}]) == Factor(0.123, here=0.123)
    assert common_factor([1 / 10**6, 1 / 10**6], [{}, {}]) is None


@given(st.floats(-100, 100).filter(lambda x: abs(x) > 1e-3), st.integers(0, 10**6))
def test_a_multiple_is_found_and_nothing_else_is_called_one(factor, seed):
    rng = np.random.default_rng(seed)
    base = rng.standard_normal((3, 4))
    assert ratio(base, factor * base) == pytest.approx(factor)
    off = factor * base
    off[rng.integers(3), rng.integers(4)] += 0.001
    assert ratio(base, off) is None
    others = rng.standard_normal((2, 12))
    assert is_multiple_of_any(np.vstack([others, base.ravel()]), factor * base)
    assert not is_multiple_of_any(np.vstack([others, base.ravel()]), off)


@pytest.mark.parametrize(
    ("base", "value"),
    [
        (np.ones(3), np.zeros(3)),
        (np.zeros(3), np.ones(3)),
        (np.ones(3), np.ones((3, 1))),
        (np.ones(0), np.ones(0)),
        (np.ones(2), np.array([np.inf, 1.0])),
        (np.array([np.nan, 1.0]), np.ones(2)),
        (np.ones(2), np.array(["1", "1"])),
        (np.ones(2), [[1.0], [1.0, 2.0]]),
    ],
)
def test_what_is_no_multiple(base, value):
    with np.errstate(all="ignore"):
        assert ratio(base, value) is None


def test_nothing_is_a_multiple_of_zeros_or_of_what_is_not_finite():
    value = np.array([1.0, 2.0])
    assert not is_multiple_of_any(np.array([[0.0, 0.0], [np.inf, 1.0], [np.nan, 2.0]]), value)
    assert not is_multiple_of_any(np.array([[1.0, 2.0]]), np.zeros(2))
    assert not is_multiple_of_any(np.array([[1.0, 2.0]]), np.array([np.inf, 2.0]))


@pytest.mark.parametrize(
    ("found", "sizes", "rule"),
    [
        ([5.0, 9.0], [{"m": 5}, {"m": 9}], Factor(1.0, "m", 1, 5.0)),
        ([-0.4, -0.2], [{"m": 5}, {"m": 10}], Factor(-2.0, "m", -1, -0.4)),
        ([5.0, 9.0], [{"m": 5, "n": 5}, {"m": 9, "n": 9}], None),  # which of the two is not known
        ([5.0, 9.0], [{"m": 5, "n": 2}, {"m": 9, "n": 2}], Factor(1.0, "m", 1, 5.0)),
        ([5.0, 9.0], [{"m": 5}, {"n": 9}], None),
        ([5.0, 8.0], [{"m": 5}, {"m": 9}], None),
        ([1.0, 1.0], [{"m": 5}, {"m": 9}], None),
        ([3.0, 3.0], [{"m": 5}, {"m": 9}], Factor(3.0, here=3.0)),
        ([1e-3, 1e-3 * (1 + 1e-7)], [{}, {}], None),
        ([1e4, 1e4 * (1 + 1e-10)], [{}, {}], Factor(1e4, here=1e4)),
        ([3.0], [{"m": 5}], None),
        ([3.0, None, 3.0], [{"m": 5}] * 3, None),
    ],
)
def test_one_rule_for_all_inputs_or_none(found, sizes, rule):
    assert common_factor(found, sizes) == rule
