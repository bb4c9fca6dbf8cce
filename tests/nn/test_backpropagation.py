"""Every gradient against HIPS autograd (reverse mode, independent code), over random architectures."""

import autograd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcourse.nn import (
    ACTIVATIONS,
    Dense,
    LeakyReLU,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    binary_cross_entropy_from_logits,
    gradient_check,
    relative_difference,
)


def test_loss_and_gradients_of_random_networks_agree_with_autograd_to_1e_10(random_problems):
    @given(random_problems)
    @settings(max_examples=200)
    def check(problem):
        network, X, Y, loss, objective = problem
        value, dZ = loss(network.forward(X), Y)
        dX = network.backward(dZ)
        gradients, expected_dX = autograd.grad(objective, (0, 1))(network.parameters(), X)
        assert value == pytest.approx(objective(network.parameters(), X), rel=1e-10, abs=1e-14)
        for ours, theirs in zip([*network.gradients(), dX], [*gradients, expected_dX], strict=True):
            assert ours.shape == theirs.shape
            np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-14)

    check()


def test_gradients_of_random_networks_agree_with_finite_differences(random_problems):
    @given(random_problems)
    @settings(max_examples=100)
    def check(problem):
        network, X, Y, loss, _ = problem
        assert gradient_check(network, X, Y, loss).passed

    check()


def test_backward_without_dX_leaves_the_same_gradients(random_problems):
    @given(random_problems)
    @settings(max_examples=50)
    def check(problem):
        network, X, Y, loss, _ = problem
        _, dZ = loss(network.forward(X), Y)
        network.backward(dZ)
        expected = network.gradients()
        network.parameter_gradients(dZ)
        for ours, theirs in zip(network.gradients(), expected, strict=True):
            np.testing.assert_array_equal(ours, theirs)

    check()


LAYERS = {"sigmoid": Sigmoid, "tanh": Tanh, "relu": ReLU, "leaky_relu": LeakyReLU}


@pytest.mark.parametrize("name", LAYERS)
def test_an_activation_layer_is_its_function_forward_and_its_derivative_backward(name):
    rng = np.random.default_rng(0)
    Z, dA = rng.standard_normal((2, 5, 8))
    Z[0, 0] = 0
    layer, activation = LAYERS[name](), ACTIVATIONS[name]
    np.testing.assert_allclose(layer.forward(Z), activation.function(Z), rtol=1e-15)
    np.testing.assert_allclose(layer.backward(dA), dA * activation.derivative(Z), rtol=1e-13)


def test_a_network_may_begin_with_an_activation_and_have_dense_layers_in_a_row():
    rng = np.random.default_rng(1)
    network = Network([Tanh(), Dense(3, 4, rng), Dense(4, 2, rng), Sigmoid(), Dense(2, 1, rng)])
    X, Y = rng.standard_normal((3, 5)), rng.integers(2, size=(1, 5)).astype(float)
    loss = binary_cross_entropy_from_logits
    assert gradient_check(network, X, Y, loss).passed
    _, dZ = loss(network.forward(X), Y)
    dX = network.backward(dZ)
    for row, column in np.ndindex(X.shape):
        step = np.zeros_like(X)
        step[row, column] = 1e-5
        plus, minus = (loss(network.forward(X + s), Y)[0] for s in (step, -step))
        assert dX[row, column] == pytest.approx((plus - minus) / 2e-5, abs=1e-9)
    network.parameter_gradients(loss(network.forward(X), Y)[1])  # an activation in front is no obstacle


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_float32_networks_stay_float32_and_agree_with_float64(seed):
    networks = [
        Network.dense([4, 8, 3], "tanh", rng=np.random.default_rng(seed), dtype=dtype)
        for dtype in (np.float64, np.float32)
    ]
    X = np.random.default_rng(seed).standard_normal((4, 6))
    dZ = np.random.default_rng(seed).standard_normal((3, 6))
    for network in networks:
        dtype = network.parameters()[0].dtype
        assert network.forward(X.astype(dtype)).dtype == dtype
        assert network.backward(dZ.astype(dtype)).dtype == dtype
    for a, b in zip(networks[0].gradients(), networks[1].gradients(), strict=True):
        assert b.dtype == np.float32
        assert relative_difference(a, b) < 1e-5
