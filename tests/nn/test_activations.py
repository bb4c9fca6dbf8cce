import autograd
import numpy as np
import pytest

from mlcourse.nn import (
    ACTIVATIONS,
    leaky_relu,
    leaky_relu_derivative,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
)

Z = np.concatenate([np.linspace(-30, 30, 241), [-1e-300, 1e-300]])
IN_AUTOGRAD = {
    "sigmoid": lambda z: 1 / (1 + autograd.numpy.exp(-z)),
    "tanh": autograd.numpy.tanh,
    "relu": lambda z: autograd.numpy.maximum(z, 0),
    "leaky_relu": lambda z: autograd.numpy.where(z > 0, z, 0.01 * z),
}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_derivatives_agree_with_autograd(name):
    away_from_the_kink = Z[np.abs(Z) > 1e-200]
    ours = ACTIVATIONS[name].derivative(away_from_the_kink)
    theirs = [autograd.grad(IN_AUTOGRAD[name])(float(z)) for z in away_from_the_kink]
    np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_functions_are_finite_without_warnings_and_keep_shape_and_type(name, dtype):
    extreme = np.array([[-1e4, -1000, -1, 0], [0.5, 30, 1000, 1e4]], dtype)
    with np.errstate(all="raise", under="ignore"):
        for function in ACTIVATIONS[name][1:]:
            result = function(extreme)
            assert result.shape == extreme.shape
            assert result.dtype == dtype
            assert np.isfinite(result).all()


def test_sigmoid_is_exact_in_both_tails():
    np.testing.assert_allclose(
        sigmoid([-700.0, -40, 0, 40]), [np.exp(-700.0), np.exp(-40.0), 0.5, 1], rtol=1e-15
    )
    assert sigmoid(-1000.0) == 0
    assert sigmoid(1000.0) == 1
    assert sigmoid_derivative(40.0) == pytest.approx(np.exp(-40.0), rel=1e-14)


def test_the_derivative_at_the_kink_is_that_from_the_left():
    assert relu_derivative(0.0) == 0
    assert leaky_relu_derivative(0.0, 0.2) == 0.2


def test_leaky_relu_has_slope_alpha_below_zero():
    np.testing.assert_allclose(leaky_relu([-2, 0, 3], alpha=0.1), [-0.2, 0, 3])


def test_whole_numbers_become_float64():
    assert all(activation.function([-1, 2]).dtype == np.float64 for activation in ACTIVATIONS.values())


def test_softmax_columns_are_probabilities_even_for_huge_logits():
    with np.errstate(all="raise", under="ignore"):
        A = softmax(np.array([[1000.0, 0], [-1000, 0], [999, 0]]))
    np.testing.assert_allclose(A.sum(axis=0), 1)
    np.testing.assert_allclose(A[:, 0], [1 / (1 + np.exp(-1)), 0, np.exp(-1) / (1 + np.exp(-1))], atol=1e-15)
