"""The references of functions of arrays, against automatic differentiation or formulas."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad, grad

from mlcourse.exercises import get
from mlcourse.exercises.drives import numerical_gradient as drive_numerical_gradient

SEEDS = range(5)


def drawn(exercise_id, seed, part=0):
    part = get(exercise_id).parts[part]
    return part, part.inputs(np.random.default_rng(seed))


FUNCTIONS = [
    lambda Z, alpha: 1 / (1 + anp.exp(-Z)),
    lambda Z, alpha: anp.tanh(Z),
    lambda Z, alpha: anp.where(Z > 0, Z, 0.0),
    lambda Z, alpha: anp.where(Z > 0, Z, alpha * Z),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("index", range(4))
def test_derivatives_of_activations(index, seed):
    part, case = drawn("activation-derivatives", seed, index)
    expected = elementwise_grad(FUNCTIONS[index])(case["Z"], case.get("alpha", 0.01))
    np.testing.assert_allclose(part.reference(*case.values()), expected, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numerical_gradient_differs_from_the_exact_one_by_the_third_derivative(seed):
    part, case = drawn("numerical-gradient", seed)
    theta, coupling = case["theta"], case["coupling"]
    exact = case["linear"] + 3 * case["cubic"] * theta**2 + 2 * coupling * np.sum(coupling * theta)
    found = drive_numerical_gradient(part.reference, case)["gradient"]
    # f has the third derivative 6 cubic, and no fourth: the error of a central difference is exactly this.
    np.testing.assert_allclose(found - exact, case["cubic"] * case["epsilon"] ** 2, rtol=1e-5, atol=1e-11)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_relative_difference_is_symmetric_and_free_of_scale(seed):
    part, case = drawn("relative-difference", seed)
    f, (a, b) = part.reference, case.values()
    assert f(a, b) == pytest.approx(f(b, a)) == pytest.approx(f(1e9 * a, 1e9 * b))
    assert f(a, -a) == pytest.approx(1)
    assert f(a, a) == 0 == f(0 * a, 0 * a)
    assert f(a, 3 * a) == pytest.approx(0.5)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_kink_is_crossed_where_relu_is_no_straight_line_between(seed):
    part, case = drawn("kinks", seed)
    low, high = case["Z_minus"], case["Z_plus"]
    crossed = np.zeros(low.shape, bool)
    for index in np.ndindex(low.shape):
        line = np.linspace(low[index], high[index], 101)
        steps = np.diff(np.maximum(line, 0))
        crossed[index] = np.ptp(steps) > 1e-9
    assert np.array_equal(part.reference(low, high), crossed)


@pytest.mark.parametrize("seed", SEEDS)
def test_softmax_cross_entropy_and_its_derivative(seed):
    part, case = drawn("softmax-cross-entropy", seed)
    Z, Y = case.values()

    def loss(Z):
        shifted = Z - anp.max(Z)
        log_A = shifted - anp.log(anp.sum(anp.exp(shifted), axis=0, keepdims=True))
        return -anp.sum(Y * log_A) / Z.shape[1]

    found, dZ = part.reference(Z, Y)
    assert found == pytest.approx(-np.sum(Y * (Z - np.logaddexp.reduce(Z, axis=0))) / Z.shape[1])
    np.testing.assert_allclose(dZ, grad(loss)(Z), atol=1e-12)


def test_softmax_cross_entropy_is_exact_at_a_thousand():
    part = get("softmax-cross-entropy").parts[0]
    Z = np.array([[1000.0, -1000.0], [-1000.0, 1000.0]])
    assert part.reference(Z, np.eye(2))[0] == 0
    assert part.reference(Z, np.eye(2)[::-1])[0] == 2000


def test_momentum_averages_gradients():
    step = get("momentum").parts[0].reference
    W, v, gradients = np.zeros((1, 1)), np.zeros((1, 1)), [3.0, -1.0, 2.0, 5.0]
    for gradient in gradients:
        W, v = step(W, np.array([[gradient]]), v, 1.0, 0.7)
    weights = 0.3 * 0.7 ** np.arange(3, -1, -1)
    assert v[0, 0] == pytest.approx(weights @ gradients)


def test_the_first_step_of_adam_has_the_size_of_the_learning_rate():
    step = get("adam").parts[0].reference
    dW = np.array([[1e-3, -20.0, 0.5]])
    zeros = np.zeros_like(dW)
    W, m, v = step(zeros, dW, zeros, zeros, 1, 0.01, 0.9, 0.999, 1e-12)
    np.testing.assert_allclose(W, -0.01 * np.sign(dW), rtol=1e-8)
    np.testing.assert_allclose(m, 0.1 * dW)
    np.testing.assert_allclose(v, 0.001 * dW**2)


def test_adam_of_a_constant_gradient_keeps_that_step():
    step = get("adam").parts[0].reference
    W, m, v, dW = (np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((1, 1)), np.full((1, 1), 2.5))
    for t in range(1, 30):
        before = W
        W, m, v = step(W, dW, m, v, t, 0.1, 0.9, 0.99, 0.0)
        assert (before - W)[0, 0] == pytest.approx(0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_minibatches_hold_every_example_once_with_its_label(seed):
    part, case = drawn("minibatches", seed)
    X, Y, size, _ = case.values()
    batches = part.reference(X, Y, size, np.random.default_rng(seed))
    assert [x.shape[1] for x, _ in batches[:-1]] == [size] * (len(batches) - 1)
    pairs = np.concatenate([np.vstack(batch) for batch in batches], axis=1)
    assert sorted(map(tuple, pairs.T)) == sorted(map(tuple, np.vstack([X, Y]).T))
