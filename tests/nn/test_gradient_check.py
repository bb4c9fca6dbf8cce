import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcourse.datasets import xor
from mlcourse.nn import (
    Dense,
    GradientDescent,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    binary_cross_entropy_from_logits,
    gradient_check,
    mean_squared_error,
    numerical_gradients,
    relative_difference,
    scaled_normal,
    softmax_cross_entropy,
    train,
)

LOSS = binary_cross_entropy_from_logits


def one_at_a_time(network, X, Y, loss, epsilon=1e-5):
    """Central differences as they are defined: change one parameter, go forward, twice."""
    gradients = []
    for parameter in network.parameters():
        gradient = np.zeros_like(parameter)
        for place in np.ndindex(parameter.shape):
            old = parameter[place]
            losses = []
            for parameter[place] in (old - epsilon, old + epsilon):
                losses.append(loss(network.forward(X), Y)[0])
            parameter[place] = old
            gradient[place] = (losses[1] - losses[0]) / (2 * epsilon)
        gradients.append(gradient)
    return gradients


def test_batched_differences_are_those_of_one_parameter_at_a_time(random_problems):
    @given(random_problems)
    @settings(max_examples=60)
    def check(problem):
        network, X, Y, loss, _ = problem
        expected = one_at_a_time(network, X, Y, loss)
        for batched, single in zip(numerical_gradients(network, X, Y, loss), expected, strict=True):
            assert batched.shape == single.shape
            np.testing.assert_allclose(batched, single, atol=1e-8 * max(1, np.abs(single).max()))

    check()


def test_large_layers_are_checked_in_several_stacks():
    rng = np.random.default_rng(0)
    network = Network.dense([40, 30, 20, 3], rng=rng)
    X, Y = rng.standard_normal((40, 30)), np.eye(3)[:, rng.integers(3, size=30)]
    result = gradient_check(network, X, Y, softmax_cross_entropy)
    assert result.passed
    assert result.compared + result.kinks == sum(p.size for p in network.parameters())


def test_any_layer_without_weights_may_follow_not_only_the_known_activations():
    class Centre:
        """Mixes the units, which an activation does not."""

        def forward(self, A):
            return A - A.mean(axis=0)

        backward = forward

    rng = np.random.default_rng(0)
    network = Network([Dense(2, 3, rng), Centre(), Sigmoid(), Dense(3, 2, rng), Centre()])
    X, Y = rng.standard_normal((2, 5)), rng.standard_normal((2, 5))
    assert gradient_check(network, X, Y, mean_squared_error).passed
    expected = one_at_a_time(network, X, Y, mean_squared_error)
    for batched, single in zip(numerical_gradients(network, X, Y, mean_squared_error), expected, strict=True):
        np.testing.assert_allclose(batched, single, atol=1e-8 * max(1, np.abs(single).max()))


def test_such_a_layer_may_follow_one_that_is_checked_in_several_stacks():
    class Reversed:
        def forward(self, A):
            return A[::-1]

        backward = forward

    rng = np.random.default_rng(0)
    network = Network([Dense(20, 3, rng), Reversed()])
    X, Y = rng.standard_normal((20, 400)), rng.standard_normal((3, 400))
    assert gradient_check(network, X, Y, mean_squared_error).passed


def test_the_network_is_left_as_it_was():
    X, Y = xor()
    network = Network.dense([2, 4, 1], rng=np.random.default_rng(0))
    _, dZ = LOSS(network.forward(X), Y)
    network.backward(dZ)
    before = [array.copy() for array in network.parameters() + network.gradients()]
    numerical_gradients(network, X, Y, LOSS)
    for old, new in zip(before, network.parameters() + network.gradients(), strict=True):
        np.testing.assert_array_equal(old, new)
    network.backward(dZ)  # goes back through X, not through perturbed copies of it
    for old, new in zip(before[4:], network.gradients(), strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("scale", [0.01, 1.0])
@pytest.mark.parametrize("seed", range(10))
def test_zero_biases_on_xor_are_kinks_not_a_false_alarm(seed, scale):
    """At (0, 0) every hidden unit stands on ReLU's kink: a plain check of right gradients fails there."""
    X, Y = xor()
    network = Network.dense([2, 4, 1], rng=np.random.default_rng(seed), initializer=scaled_normal(scale))
    result = gradient_check(network, X, Y, LOSS)
    assert result.kinks == 4  # the four hidden biases; the weights move nothing at (0, 0)
    assert result.passed
    assert result.relative_difference < 1e-6  # at scale 0.01 the gradients are small themselves

    _, dZ = LOSS(network.forward(X), Y)
    network.backward(dZ)
    plain = relative_difference(*(np.concatenate([g.ravel() for g in gradients]) for gradients in (
        network.gradients(), one_at_a_time(network, X, Y, LOSS)
    )))  # fmt: skip
    assert plain > 1e-3


def test_a_kink_is_a_parameter_whose_step_changes_the_sign_of_a_relu_input():
    network = Network.dense([1, 2, 1], rng=np.random.default_rng(0))
    W1, b1, W2, _ = network.parameters()
    W1[:], W2[:] = 1, 1
    b1[:] = [[-2 + 1e-6], [5.0]]  # unit 1 is 1e-6 above its kink at x = 2, unit 2 far away
    X, Y = np.array([[2.0]]), np.array([[1.0]])
    assert gradient_check(network, X, Y, LOSS, epsilon=1e-5).kinks == 2  # its weight and its bias
    assert gradient_check(network, X, Y, LOSS, epsilon=1e-7).kinks == 0


def test_a_relu_input_that_reaches_zero_and_keeps_its_sign_is_no_kink():
    network = Network([Dense(1, 1, np.random.default_rng(0)), ReLU()])
    W, b = network.parameters()
    epsilon = 2.0**-10
    W[:], b[:] = 1, -epsilon
    result = gradient_check(network, np.zeros((1, 1)), np.ones((1, 1)), mean_squared_error, epsilon)
    assert (result.kinks, result.passed) == (0, True)


def test_where_every_parameter_is_at_a_kink_nothing_passes_and_one_that_is_not_is_enough():
    network = Network([Dense(1, 1, np.random.default_rng(0)), ReLU()])
    network.parameters()[0][:] = 0
    for X, compared in ((np.ones((1, 1)), 0), (np.zeros((1, 1)), 1)):
        result = gradient_check(network, X, np.ones((1, 1)), mean_squared_error)
        assert (result.compared, result.kinks, result.passed) == (compared, 2 - compared, compared == 1)
        assert result.relative_difference == 0


def test_activations_may_follow_each_other():
    rng = np.random.default_rng(0)
    network = Network([Dense(2, 3, rng), Tanh(), Sigmoid(), Dense(3, 1, rng)])
    X, Y = rng.standard_normal((2, 5)), rng.standard_normal((1, 5))
    assert gradient_check(network, X, Y, mean_squared_error).passed


def test_a_network_of_float32_has_numerical_gradients_of_float32():
    network = Network.dense([2, 3, 1], rng=np.random.default_rng(0), dtype=np.float32)
    X, Y = (array.astype(np.float32) for array in xor())
    assert {g.dtype for g in numerical_gradients(network, X, Y, LOSS)} == {np.dtype(np.float32)}


@pytest.mark.parametrize("J", [0.01, 100.0])
@pytest.mark.parametrize("share, passed", [(0.95, True), (1.05, False)])
def test_ten_roundings_of_the_loss_are_no_bug_and_more_is_one(J, share, passed):
    epsilon = 1e-5

    class Rounded:
        """A constant, whose differences are nothing but rounding."""

        def __call__(self, Z, Y):
            return J, np.zeros_like(Z)

        def change(self, before, after, Y):
            slope = share * 10 * np.finfo(float).eps * max(J, 1) / epsilon
            return np.full(before.shape[1:-1], slope * 2 * epsilon * before.shape[-1])

    network = Network.dense([3, 2], rng=np.random.default_rng(0))
    assert gradient_check(network, np.ones((3, 4)), np.ones((2, 4)), Rounded(), epsilon).passed == passed


def test_the_tolerance_is_that_of_the_relative_difference_of_each_array():
    rng = np.random.default_rng(0)
    network = Network([Dense(3, 4, rng), Sigmoid(), NoMean(4, 1, rng)])
    X, Y = rng.standard_normal((3, 5)), rng.integers(2, size=(1, 5)).astype(float)
    worst = max(gradient_check(network, X, Y, LOSS).by_parameter.values())
    assert gradient_check(network, X, Y, LOSS, tolerance=1.01 * worst).passed
    assert not gradient_check(network, X, Y, LOSS, tolerance=0.99 * worst).passed


def test_kinks_of_later_layers_count_too():
    network = Network.dense([1, 1, 1, 1], rng=np.random.default_rng(0))
    for parameter, value in zip(network.parameters(), (1.0, 1.0, 1.0, -2.0, 1.0, 0.0), strict=True):
        parameter[:] = value
    X, Y = np.array([[1.0]]), np.array([[1.0]])  # Z1 = 2, Z2 = 0
    result = gradient_check(network, X, Y, LOSS)
    assert (result.kinks, result.compared) == (4, 2)
    assert result.passed


@pytest.mark.parametrize("layers", [2, 3])
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_no_false_alarm_over_random_relu_networks_with_zero_biases(layers, seed):
    rng = np.random.default_rng(seed)
    network = Network.dense([3] + [4] * (layers - 1) + [1], rng=rng)
    X, Y = rng.integers(-1, 2, (3, 6)).astype(float), rng.integers(2, size=(1, 6)).astype(float)
    assert gradient_check(network, X, Y, LOSS).passed


class NoMean(Dense):
    def parameter_gradients(self, dZ):
        super().parameter_gradients(dZ * dZ.shape[1])


class NoBias(Dense):
    def parameter_gradients(self, dZ):
        super().parameter_gradients(dZ)
        self.db = np.zeros_like(self.b)


class WrongSign(Dense):
    def backward(self, dZ):
        return -super().backward(dZ)


class Swapped(Dense):
    def parameter_gradients(self, dZ):
        super().parameter_gradients(dZ)
        self.dW = self.dW[:, ::-1].copy()


@pytest.mark.parametrize("bug", [NoMean, NoBias, WrongSign, Swapped])
@pytest.mark.parametrize("seed", range(3))
def test_planted_bugs_fail_the_check(bug, seed):
    rng = np.random.default_rng(seed)
    network = Network([Dense(3, 4, rng), Sigmoid(), bug(4, 1, rng)])
    X, Y = rng.standard_normal((3, 5)), rng.integers(2, size=(1, 5)).astype(float)
    assert not gradient_check(network, X, Y, LOSS).passed


def test_a_bug_in_a_layer_with_small_gradients_is_not_drowned_by_the_others():
    rng = np.random.default_rng(0)
    network = Network([Swapped(3, 4, rng), Sigmoid(), Dense(4, 1, rng)])
    network.parameters()[2][:] *= 1e-4
    X, Y = rng.standard_normal((3, 5)), rng.integers(2, size=(1, 5)).astype(float)
    result = gradient_check(network, X, Y, LOSS)
    assert not result.passed
    assert result.by_parameter["W1"] > 0.1
    assert list(result.by_parameter) == ["W1", "b1", "W2", "b2"]


def test_vanishing_gradients_are_not_mistaken_for_wrong_ones():
    rng = np.random.default_rng(0)
    network = Network.dense([2] + [5] * 20 + [1], "sigmoid", rng=rng)
    X, Y = rng.standard_normal((2, 5)), rng.integers(2, size=(1, 5)).astype(float)
    result = gradient_check(network, X, Y, LOSS)
    assert result.by_parameter["W1"] > 1e-3  # nothing but rounding error
    assert result.passed


def test_a_trained_network_passes():
    X, Y = xor()
    network = Network.dense([2, 8, 1], rng=np.random.default_rng(1))
    train(network, X, Y, LOSS, GradientDescent(0.5), 2000)
    assert gradient_check(network, X, Y, LOSS).passed


def test_bad_arguments_are_named():
    network = Network.dense([2, 4, 1], rng=np.random.default_rng(0), dtype=np.float32)
    with pytest.raises(ValueError, match="network: expected parameters of float64, found float32"):
        gradient_check(network, *xor(), LOSS)
    with pytest.raises(ValueError, match="epsilon: expected a positive number, found 0"):
        numerical_gradients(network, *xor(), LOSS, epsilon=0)


def test_relative_difference_is_between_0_and_1():
    assert relative_difference(np.zeros(3), np.zeros(3)) == 0
    assert relative_difference(np.array([1.0, 2]), np.array([1.0, 2])) == 0
    assert relative_difference(np.array([1.0]), np.array([-1.0])) == 1
    assert relative_difference(np.array([3.0, 4]), np.array([0.0, 0])) == 1
