import warnings
from itertools import chain

import numpy as np
import pytest

from mlcourse.datasets import moons, xor
from mlcourse.nn import (
    Adam,
    GradientDescent,
    Network,
    binary_cross_entropy_from_logits,
    mean_squared_error,
    softmax_cross_entropy,
    train,
)

LOSS = binary_cross_entropy_from_logits


def small(seed=0, **settings):
    return Network.dense([2, 8, 1], rng=np.random.default_rng(seed), **settings)


def test_full_batch_training_is_the_written_out_loop():
    X, Y = xor()
    network, other = small(), small()
    history = train(network, X, Y, LOSS, GradientDescent(0.5), 50)
    losses, norms = [], []
    W1, b1, W2, b2 = other.parameters()
    for _ in range(50):
        Z1 = W1 @ X + b1
        A1 = np.maximum(Z1, 0)
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        losses.append(-np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)))
        dZ2 = A2 - Y
        dZ1 = W2.T @ dZ2 * (Z1 > 0)
        dW1, dW2 = dZ1 @ X.T / 4, dZ2 @ A1.T / 4
        norms.append([np.linalg.norm(dW1), np.linalg.norm(dW2)])
        b1 -= 0.5 * dZ1.mean(axis=1, keepdims=True)
        b2 -= 0.5 * dZ2.mean(axis=1, keepdims=True)
        W1 -= 0.5 * dW1
        W2 -= 0.5 * dW2
    np.testing.assert_allclose(history.loss, losses, rtol=1e-10)
    np.testing.assert_allclose(history.gradient_norms, norms, rtol=1e-8)
    for ours, theirs in zip(network.parameters(), other.parameters(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def test_xor_is_solved_and_predict_answers_0_and_1():
    X, Y = xor()
    network = small(1)
    history = train(network, X, Y, LOSS, GradientDescent(0.5), 2000)
    assert history.accuracy[-1] == 1
    np.testing.assert_array_equal(network.predict(X), Y)


def test_each_batch_is_drawn_without_repetition_and_the_last_may_be_short():
    seen = []

    class Watching:
        """Any object with these methods can be trained."""

        def forward(self, X):
            seen.append(X[0].tolist())
            return X[:1] * 0

        def backward(self, dZ):
            pass

        def parameters(self):
            return [np.zeros((1, 1)), np.zeros((1, 1))]

        gradients = parameters

    X = np.arange(10.0)[None]
    train(Watching(), X, X * 0, mean_squared_error, GradientDescent(1), 2, 4, np.random.default_rng(0))
    assert [len(batch) for batch in seen] == [4, 4, 2] * 2
    first, second = (list(chain(*batches)) for batches in (seen[:3], seen[3:]))
    assert sorted(first) == sorted(second) == list(range(10))
    assert first != second != sorted(second)


def test_recorded_loss_and_accuracy_are_means_over_examples_not_over_batches():
    X, Y = moons(10, 0.1, np.random.default_rng(0))
    network = small()
    at_rest = GradientDescent(1e-300)  # so that every batch meets the same network
    expected = LOSS(network.forward(X), Y)[0], np.mean((network.forward(X) > 0) == Y)
    history = train(network, X, Y, LOSS, at_rest, 1, 4, np.random.default_rng(0))
    assert (history.loss[0], history.accuracy[0]) == pytest.approx(expected)


def test_recorded_norms_of_gradients_are_means_over_examples_not_those_of_the_last_batch():
    X, Y = moons(5, 0.1, np.random.default_rng(0))
    network, norms = small(), []
    for column in range(X.shape[1]):
        network.backward(LOSS(network.forward(X[:, [column]]), Y[:, [column]])[1])
        norms.append([np.linalg.norm(dW) for dW in network.gradients()[::2]])
    history = train(network, X, Y, LOSS, GradientDescent(1e-300), 1, 1, np.random.default_rng(0))
    np.testing.assert_allclose(history.gradient_norms[0], np.mean(norms, axis=0))


def test_the_beginning_of_a_history_has_all_of_its_parts():
    history = train(small(), *xor(), LOSS, GradientDescent(0.5), 5)
    for part in ("loss", "accuracy", "gradient_norms"):
        np.testing.assert_array_equal(getattr(history.first(3), part), getattr(history, part)[:3])


def test_a_generator_without_a_batch_size_changes_nothing():
    X, Y = moons(10, 0.1, np.random.default_rng(0))
    rngs = (None, np.random.default_rng(0))
    runs = [train(small(), X, Y, LOSS, GradientDescent(0.5), 3, rng=rng) for rng in rngs]
    np.testing.assert_array_equal(runs[0].loss, runs[1].loss)


def test_no_epochs_leave_the_network_as_it_was():
    network = small()
    history = train(network, *xor(), LOSS, GradientDescent(0.5), 0)
    assert (len(history), history.gradient_norms.shape) == (0, (0, 2))
    for ours, fresh in zip(network.parameters(), small().parameters(), strict=True):
        np.testing.assert_array_equal(ours, fresh)


def test_the_same_generator_gives_the_same_training():
    X, Y = moons(50, 0.1, np.random.default_rng(0))
    runs = [train(small(), X, Y, LOSS, Adam(0.01), 5, 16, np.random.default_rng(3)) for _ in range(2)]
    np.testing.assert_array_equal(runs[0].loss, runs[1].loss)


@pytest.mark.parametrize("stop", [False, np.False_])
def test_the_callback_sees_each_epoch_and_can_stop(stop):
    calls = []

    def callback(epoch, history):
        calls.append((epoch, len(history)))
        return stop if epoch == 3 else None

    history = train(small(), *xor(), LOSS, GradientDescent(0.1), 100, callback=callback)
    assert calls == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert len(history) == 4
    assert history.gradient_norms.shape == (4, 2)


def test_divergence_stops_training_without_a_warning():
    X, Y = np.ones((2, 4)) * 1e3, np.ones((1, 4))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        history = train(small(), X, Y, mean_squared_error, GradientDescent(1e3), 1000)
    assert len(history) < 1000
    assert not np.isfinite(history.loss[-1])
    assert np.isfinite(history.loss[:-1]).all()


def test_an_epoch_that_goes_on_after_it_diverged_does_so_without_a_warning():
    X, Y = np.ones((2, 40)) * 1e3, np.ones((1, 40))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for dtype in (np.float32, np.float64):
            network = small(dtype=dtype)
            rng = np.random.default_rng(0)
            history = train(network, X, Y, mean_squared_error, GradientDescent(1e9), 1, 1, rng)
            assert not np.isfinite(history.loss[0])


@pytest.mark.parametrize("loss", [LOSS, mean_squared_error])
def test_float32_networks_train_in_float32_whatever_the_type_of_the_data(loss):
    network = small(dtype=np.float32)
    X, Y = xor()
    train(network, X, Y.astype(np.float64), loss, Adam(0.01), 3)
    assert {array.dtype for array in network.parameters() + network.gradients()} == {np.dtype(np.float32)}


def test_training_asks_a_network_that_knows_how_for_the_gradients_without_dX(monkeypatch):
    network, other = small(), small()
    monkeypatch.setattr(network, "backward", None)
    without = train(network, *xor(), LOSS, GradientDescent(0.5), 3)
    monkeypatch.setattr(other, "parameter_gradients", other.backward)
    np.testing.assert_array_equal(without.loss, train(other, *xor(), LOSS, GradientDescent(0.5), 3).loss)


def test_classes_are_learned_from_one_hot_labels():
    rng = np.random.default_rng(0)
    labels = rng.integers(3, size=90)
    X = np.array([[0, 4, 0], [0, 0, 4.0]])[:, labels] + rng.standard_normal((2, 90)) * 0.5
    network = Network.dense([2, 16, 3], rng=rng)
    train(network, X, np.eye(3)[:, labels], softmax_cross_entropy, Adam(0.05), 50, 30, rng)
    assert np.mean(network.predict(X) == labels) > 0.95


@pytest.mark.parametrize(
    "change, message",
    [
        ({"Y": np.zeros((1, 3))}, "Y: expected 4 columns, one for each example of X, found 3"),
        ({"X": np.zeros((2, 0)), "Y": np.zeros((1, 0))}, "X: expected at least one example"),
        ({"epochs": -1}, "epochs: expected 0 or more, found -1"),
        ({"batch_size": 0, "rng": np.random.default_rng(0)}, "batch_size: expected at least 1, found 0"),
        ({"batch_size": 2}, "rng: expected a numpy.random.Generator"),
        ({"X": np.zeros((3, 4))}, r"A: expected shape \(2, m\), found \(3, 4\)"),
        ({"Y": np.zeros((2, 4))}, r"Y: expected the shape of Z, \(1, 4\), found \(2, 4\)"),
    ],
)
def test_bad_arguments_are_named(change, message):
    X, Y = xor()
    arguments = {"X": X, "Y": Y, "epochs": 3, **change}
    with pytest.raises(ValueError, match=f"^{message}"):
        train(small(), loss=LOSS, optimizer=GradientDescent(0.1), **arguments)
