import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcourse.nn import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    mean_squared_error,
    sigmoid,
    softmax,
    softmax_cross_entropy,
)

LOSSES = [binary_cross_entropy_from_logits, softmax_cross_entropy, mean_squared_error]


def test_binary_cross_entropy_is_exact_to_the_last_digit_even_for_tiny_probabilities():
    for a in (1e-300, 1e-12, 0.1, 0.5, 0.9, 1 - 1e-12):
        assert binary_cross_entropy([[a]], [[1]]) == pytest.approx(-math.log(a), rel=1e-15)
        assert binary_cross_entropy([[a]], [[0]]) == pytest.approx(-math.log1p(-a), rel=1e-15)


def test_binary_cross_entropy_of_float32_is_computed_in_float64():
    A, Y = np.array([[0.3]], np.float32), np.array([[0.1]], np.float32)
    a, y = A.item(), Y.item()
    expected = -(y * math.log(a) + (1 - y) * math.log1p(-a))
    assert binary_cross_entropy(A, Y) == pytest.approx(expected, rel=1e-15)


def test_binary_cross_entropy_is_finite_and_silent_at_0_and_1():
    with np.errstate(all="raise"):
        assert binary_cross_entropy([[0.0, 1.0]], [[0, 1]]) == 0
        assert 700 < binary_cross_entropy([[0.0]], [[1]]) < 710
        assert 36 < binary_cross_entropy([[1.0]], [[0]]) < 38
        narrow = np.array([[1.0, 0.0]], np.float32)
        assert binary_cross_entropy(narrow, narrow[:, ::-1]) == binary_cross_entropy([[1.0, 0.0]], [[0, 1]])


def test_binary_cross_entropy_names_what_is_wrong():
    with pytest.raises(ValueError, match=r"A: expected probabilities from 0 to 1, found 0.5 to 1.5"):
        binary_cross_entropy([[0.5, 1.5]], [[0, 1]])
    with pytest.raises(ValueError, match=r"Y: expected the shape of A, \(1, 2\), found \(2, 1\)"):
        binary_cross_entropy([[0.5, 0.5]], [[0], [1]])


@given(st.lists(st.floats(-36, 36), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_the_loss_from_logits_is_that_of_the_probabilities(logits, seed):
    Z = np.array([logits])
    Y = np.random.default_rng(seed).integers(2, size=Z.shape)
    assert binary_cross_entropy_from_logits(Z, Y)[0] == pytest.approx(
        binary_cross_entropy(sigmoid(Z), Y), rel=1e-2
    )
    Z, Y = np.clip(Z, -10, 10), Y
    assert binary_cross_entropy_from_logits(Z, Y)[0] == pytest.approx(
        binary_cross_entropy(sigmoid(Z), Y), rel=1e-10
    )


def test_the_derivative_is_the_textbook_one_divided_by_m():
    rng = np.random.default_rng(0)
    Z, Y = rng.standard_normal((3, 5)), np.eye(3)[:, [0, 2, 1, 1, 0]]
    np.testing.assert_allclose(softmax_cross_entropy(Z, Y)[1], (softmax(Z) - Y) / 5, rtol=1e-13)
    np.testing.assert_allclose(binary_cross_entropy_from_logits(Z, Y)[1], (sigmoid(Z) - Y) / 5, rtol=1e-13)
    np.testing.assert_allclose(mean_squared_error(Z, Y)[1], 2 * (Z - Y) / 5, rtol=1e-13)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_loss_is_the_mean_of_its_examples(loss):
    rng = np.random.default_rng(1)
    Z, Y = rng.standard_normal((3, 7)), np.eye(3)[:, rng.integers(3, size=7)]
    examples = [loss(Z[:, [i]], Y[:, [i]])[0] for i in range(7)]
    assert loss(Z, Y)[0] == pytest.approx(np.mean(examples), rel=1e-14)


@pytest.mark.parametrize(("loss", "n"), [*((loss, 3) for loss in LOSSES), *((LOSSES[i], 1) for i in (0, 2))])
def test_a_change_is_the_difference_of_two_losses_over_all_examples(loss, n):
    rng = np.random.default_rng(2)
    before, after = 5 * rng.standard_normal((2, n, 4, 7))
    Y = np.eye(3)[:n, rng.integers(3, size=7)]
    found = loss.change(before, after, Y[:, None])
    assert found.shape == (4,)
    for i in range(4):
        expected = 7 * (loss(after[:, i], Y)[0] - loss(before[:, i], Y)[0])
        assert found[i] == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_a_small_change_of_a_saturated_right_answer_keeps_its_digits():
    Z, Y = np.array([[50.0, -40.0]]), np.array([[1.0, 0.0]])
    found = binary_cross_entropy_from_logits.change(Z, Z + 1e-5, Y)
    expected = np.exp(-50) * np.expm1(-1e-5) + np.exp(-40) * np.expm1(1e-5)  # log(1 + e) is e here
    assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("loss", LOSSES[:2])
def test_cross_entropies_are_finite_and_exact_for_logits_of_a_thousand(loss):
    Z = np.array([[1000.0, -1000.0], [0.0, 0.0]])
    right, wrong = np.array([[1.0, 0], [0, 1]]), np.array([[0.0, 1], [1, 0]])
    with np.errstate(all="raise", under="ignore"):
        half = math.log(2) if loss is binary_cross_entropy_from_logits else 0
        assert loss(Z, right)[0] == pytest.approx(half, abs=1e-15)
        assert loss(Z, wrong)[0] == pytest.approx(1000 + half)
        assert np.isfinite(loss(Z, wrong)[1]).all()
        assert loss.change(Z, -Z, wrong) == pytest.approx(-2000)
        assert loss.change(-Z, Z, wrong) == pytest.approx(2000)


def test_a_saturated_right_answer_keeps_its_tiny_loss_and_gradient():
    loss, dZ = binary_cross_entropy_from_logits(np.array([[-50.0, 50.0]]), np.array([[0.0, 1.0]]))
    assert loss == pytest.approx(math.exp(-50), rel=1e-14)
    assert dZ[0, 0] == pytest.approx(math.exp(-50) / 2, rel=1e-14)


@pytest.mark.parametrize("loss", LOSSES)
def test_float32_stays_float32(loss):
    Z, Y = np.ones((3, 4), np.float32), np.eye(3, 4, dtype=np.float32)
    value, dZ = loss(Z, Y)
    assert type(value) is float
    assert dZ.dtype == np.float32


@pytest.mark.parametrize("loss", LOSSES)
def test_inputs_are_left_as_they_were(loss):
    Z, Y = np.arange(6.0).reshape(2, 3), np.eye(2, 3)
    before = Z.copy(), Y.copy()
    loss(Z, Y)
    loss.change(Z, Z + 1, Y)
    np.testing.assert_array_equal(Z, before[0])
    np.testing.assert_array_equal(Y, before[1])


@pytest.mark.parametrize("loss", LOSSES)
def test_labels_of_another_shape_are_refused(loss):
    with pytest.raises(ValueError, match=r"Y: expected the shape of Z, \(1, 4\), found \(4,\)"):
        loss(np.zeros((1, 4)), np.zeros(4))


def test_accuracy_counts_right_answers():
    Z, Y = np.array([[2.0, -1, 3, -4]]), np.array([[1.0, 0, 0, 0]])
    assert binary_cross_entropy_from_logits.accuracy(Z, Y) == 0.75
    assert softmax_cross_entropy.accuracy(np.eye(3), np.eye(3)[:, [0, 1, 0]]) == pytest.approx(2 / 3)
    assert math.isnan(mean_squared_error.accuracy(Z, Y))


def test_accuracy_looks_at_each_example_for_itself():
    Z = np.array([[1.0, 7, 0], [2, 8, 9], [3, 6, 5]])  # classes 2, 1, 1; the largest of all is in the last
    assert softmax_cross_entropy.accuracy(Z, np.eye(3)[:, [2, 1, 1]]) == 1
    assert softmax_cross_entropy.accuracy(Z, np.eye(3)[:, [1, 1, 1]]) == pytest.approx(2 / 3)


def test_an_undecided_network_answers_0():
    assert binary_cross_entropy_from_logits.accuracy(np.zeros((1, 3)), np.array([[0.0, 1, 0]])) == 2 / 3
