"""Each optimizer against its rule, written out for one number from the whole history of its gradients."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcourse.nn import Adam, GradientDescent, Momentum, RMSProp

RATE = 0.05
gradient_lists = st.lists(st.floats(-100, 100), min_size=1, max_size=12)


def average(values, beta):
    """Moving average that starts at zero, in closed form: weights (1 - beta) beta^age."""
    newest = len(values) - 1
    return math.fsum((1 - beta) * beta ** (newest - i) * value for i, value in enumerate(values))


def momentum(g):
    return RATE * average(g, 0.8)


def rmsprop(g):
    return RATE * g[-1] / (math.sqrt(average([x * x for x in g], 0.8)) + 1e-8)


def adam(g):
    t = len(g)
    m = average(g, 0.8) / (1 - 0.8**t)
    v = average([x * x for x in g], 0.99) / (1 - 0.99**t)
    return RATE * m / (math.sqrt(v) + 1e-8)


RULES = {
    "gradient descent": (lambda: GradientDescent(RATE), lambda g: RATE * g[-1]),
    "momentum": (lambda: Momentum(RATE, 0.8), momentum),
    "RMSProp": (lambda: RMSProp(RATE, 0.8), rmsprop),
    "Adam": (lambda: Adam(RATE, 0.8, 0.99), adam),
}


@pytest.mark.parametrize("name", RULES)
@given(gradients=gradient_lists)
@settings(max_examples=60)
def test_steps_are_those_of_the_rule(name, gradients):
    make, rule = RULES[name]
    optimizer = make()
    W, b = np.full((2, 3), 1.0), np.full((2, 1), -2.0)
    steps = 0.0
    for t, gradient in enumerate(gradients, 1):
        optimizer.step([W, b], [np.full((2, 3), gradient), np.full((2, 1), -gradient)])
        steps += rule(gradients[:t])
    np.testing.assert_allclose(W, 1 - steps, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(b, -2 + steps, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", RULES)
def test_parameters_change_in_place_and_gradients_do_not(name):
    optimizer = RULES[name][0]()
    W = np.ones((2, 2), np.float32)
    dW = np.full((2, 2), 0.5, np.float32)
    parameters = [W]
    for _ in range(3):
        optimizer.step(parameters, [dW])
    assert parameters[0] is W
    assert W.dtype == np.float32
    assert (W < 1).all()
    assert (dW == 0.5).all()


def test_the_other_common_momentum_rule_takes_the_same_steps_at_one_minus_beta_times_the_rate():
    ours, W = Momentum(0.1, 0.9), np.zeros(1)
    theirs, v = np.zeros(1), np.zeros(1)
    for gradient in np.random.default_rng(0).standard_normal((20, 1)):
        ours.step([W], [gradient])
        v = 0.9 * v + gradient
        theirs -= 0.1 * (1 - 0.9) * v
    np.testing.assert_allclose(W, theirs, rtol=1e-12)


def test_momentum_starts_small_and_adam_does_not():
    W, V = np.zeros(1), np.zeros(1)
    Momentum(0.1, 0.9).step([W], [np.ones(1)])
    Adam(0.1).step([V], [np.ones(1)])
    assert W[0] == pytest.approx(-0.01)
    assert V[0] == pytest.approx(-0.1)


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: GradientDescent(0), "learning_rate: expected a positive number, found 0"),
        (lambda: GradientDescent(-1), "learning_rate: expected a positive number, found -1"),
        (lambda: Momentum(0.1, beta=1), "beta: expected a number from 0 to 1, without 1, found 1"),
        (lambda: RMSProp(0.1, beta=-0.1), "beta: expected .* found -0.1"),
        (lambda: Adam(0.1, beta1=1), "beta1: expected .* found 1"),
        (lambda: Adam(0.1, beta2=1.5), "beta2: expected .* found 1.5"),
        (lambda: Adam(float("nan")), "learning_rate: expected a positive number, found nan"),
    ],
)
def test_bad_settings_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_settings_that_are_not_given_are_the_usual_ones():
    adam = Adam()
    assert (adam.learning_rate, adam.beta1, adam.beta2, adam.epsilon) == (0.001, 0.9, 0.999, 1e-8)
    assert (Momentum(0.1).beta, RMSProp(0.1).beta, RMSProp(0.1).epsilon) == (0.9, 0.9, 1e-8)


def test_without_memory_momentum_is_gradient_descent():
    W, V = np.ones(2), np.ones(2)
    Momentum(0.1, beta=0).step([W], [np.array([1.0, -3])])
    GradientDescent(0.1).step([V], [np.array([1.0, -3])])
    np.testing.assert_array_equal(W, V)


@pytest.mark.parametrize("name", RULES)
def test_no_parameters_are_no_error(name):
    RULES[name][0]().step([], [])


@pytest.mark.parametrize("name", RULES)
def test_as_many_gradients_as_parameters_are_needed(name):
    with pytest.raises(ValueError, match="zip"):
        RULES[name][0]().step([np.zeros(1), np.zeros(1)], [np.zeros(1)])
