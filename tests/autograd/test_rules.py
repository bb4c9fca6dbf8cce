"""Each rule against finite differences: a pullback gives the slopes of an inner product."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcourse.autograd import rules

SHAPES = {  # of the operands
    rules.add: [((4, 3), (4, 3)), ((4, 3), (4, 1)), ((3,), (4, 3)), ((), (4, 3)), ((4, 1), (1, 3))],
    rules.subtract: [((4, 3), (4, 3)), ((4, 1), (4, 3)), ((4, 3), (3,)), ((4, 3), ())],
    rules.multiply: [((4, 3), (4, 3)), ((4, 3), (4, 1)), ((3,), (4, 3)), ((), (4, 3)), ((4, 1), (1, 3))],
    rules.matmul: [((4, 3), (3, 2)), ((1, 3), (3, 1)), ((4, 1), (1, 2))],
    rules.total: [((4, 3),), ((3,),), ((),)],
    rules.relu: [((4, 3),), ((3,),), ((),)],
    rules.log_softmax: [((4, 3),), ((3,),), ((4, 1),), ((2, 4, 3),)],
}
OPTIONS = {
    rules.total: [{}, {"axis": 0}, {"axis": -1}, {"axis": 0, "keepdims": True}, {"keepdims": True}],
    rules.log_softmax: [{}, {"axis": -1}],
}
CASES = [
    pytest.param(rule, shapes, options, id=f"{rule.__name__}-{shapes}-{options}")
    for rule, all_shapes in SHAPES.items()
    for shapes in all_shapes
    for options in OPTIONS.get(rule, [{}])
    if not (shapes == ((),) and "axis" in options)
]


@pytest.mark.parametrize("rule, shapes, options", CASES)
def test_a_pullback_gives_the_slopes_of_finite_differences(rule, shapes, options):
    rng = np.random.default_rng(sum(map(len, shapes)))
    operands = [np.asarray(rng.uniform(0.2, 1.5, s) * rng.choice([-1, 1], s)) for s in shapes]
    result, pullback = rule(*operands, **options)
    upstream = rng.standard_normal(np.shape(result))
    gradients = pullback(upstream)
    assert len(gradients) == len(operands)
    for which, (operand, gradient) in enumerate(zip(operands, gradients, strict=True)):
        assert np.shape(gradient) == operand.shape
        for place in np.ndindex(operand.shape):
            ends = []
            for sign in (1, -1):
                moved = [np.array(array) for array in operands]
                moved[which][place] += sign * 1e-5
                ends.append(np.sum(upstream * rule(*moved, **options)[0]))
            assert gradient[place] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-6, abs=1e-8)


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=5), st.floats(-1000, 1000))
def test_log_softmax_neither_overflows_nor_moves_with_a_shift(numbers, shift):
    a = np.array(numbers)[:, None]
    result, pullback = rules.log_softmax(a)
    assert np.isfinite(result).all() and np.exp(result).sum() == pytest.approx(1)
    np.testing.assert_allclose(rules.log_softmax(a + shift)[0], result, atol=1e-9)
    assert pullback(np.ones_like(a))[0].sum() == pytest.approx(0, abs=1e-9)  # what one gains, others lose


def test_log_softmax_of_one_column_is_not_lost_beside_a_much_larger_one():
    result = rules.log_softmax(np.array([[0.0, 2000.0], [0.0, 1000.0]]))[0]
    np.testing.assert_allclose(result, [[-np.log(2), 0], [-np.log(2), -1000]])


def test_without_options_the_sum_is_one_number():
    assert rules.total(np.ones((4, 3)))[0].shape == ()


def test_relu_at_its_kink_has_derivative_0_and_no_minus_0():
    result, pullback = rules.relu(np.array([-1.0, 0.0, 2.0]))
    assert not np.signbit(result).any()
    assert pullback(np.ones(3))[0].tolist() == [0, 0, 1]


@pytest.mark.parametrize("a, b", [((2, 3), (2, 3)), ((3,), (3, 2)), ((2, 3), (3,)), ((), (2, 2))])
def test_matrices_that_do_not_fit_are_named_with_both_shapes(a, b):
    with pytest.raises(ValueError, match=r"@: expected shapes \(p, q\) and \(q, r\), found") as raised:
        rules.matmul(np.ones(a), np.ones(b))
    assert f"{a} and {b}" in str(raised.value)


def test_float32_stays_float32_forward_and_back():
    for rule, all_shapes in SHAPES.items():
        operands = [np.full(shape, 0.5, np.float32) for shape in all_shapes[0]]
        result, pullback = rule(*operands)
        assert result.dtype == np.float32
        assert all(gradient.dtype == np.float32 for gradient in pullback(np.ones_like(result)))
