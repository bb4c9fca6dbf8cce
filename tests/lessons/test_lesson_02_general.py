"""General sentences of lesson 02, over other networks and batches than those shown."""

import numpy as np
import pytest

from mlcourse import exercises, nn
from mlcourse.exercises.lesson_02.questions import QUESTIONS

LESSON = "02-two-layer-network"
SIZES = [(2, 3, 4), (2, 8, 20), (5, 10, 50), (10, 4, 100)]
backward, forward = (
    exercises.get(name).parts[0].reference for name in ("backward-propagation", "forward-propagation")
)


def networks(count=40):
    """Random parameters, inputs and labels, of several sizes."""
    for n0, n1, m in SIZES:
        for seed in range(count):
            rng = np.random.default_rng(seed)
            W1, W2 = (np.sqrt(2 / n) * rng.normal(size=shape) for n, shape in [(n0, (n1, n0)), (n1, (1, n1))])
            b1, b2 = 0.3 * rng.normal(size=(n1, 1)), 0.3 * rng.normal(size=(1, 1))
            yield [W1, b1, W2, b2], rng.normal(size=(n0, m)), (rng.random((1, m)) < 0.5).astype(float)


def loss(parameters, X, Y):
    Z2 = forward(X, *parameters)[1]["Z2"]
    return np.mean(np.logaddexp(0, Z2) - Y * Z2)


def gradients(parameters, X, Y):
    found = backward(Y, forward(X, *parameters)[1], *parameters)
    return [found[name] for name in ("dW1", "db1", "dW2", "db2")]


def moved(parameters, slopes, rate):
    return [p - rate * g for p, g in zip(parameters, slopes, strict=True)]


def kept(parameters, X, Y, slopes, rate):
    """Real gain of a step, over the promised one."""
    promised = rate * sum(np.sum(g**2) for g in slopes)
    return (loss(parameters, X, Y) - loss(moved(parameters, slopes, rate), X, Y)) / promised


def test_a_small_step_keeps_the_promise_and_one_a_thousand_times_smaller_tells_the_rate_from_a_bug(says):
    says(LESSON, "**A small step keeps the promise.**")
    says(LESSON, "If the loss falls now, and by about α times the sum of the squared slopes")
    says(LESSON, "What it promises for points further away need not come.")
    rose = 0
    for network in networks():
        slopes = gradients(*network)
        assert kept(*network, slopes, 1e-4) == pytest.approx(1, abs=0.01)
        too_large = next((r for r in 2.0 ** np.arange(-2, 8) if kept(*network, slopes, r) < 0), None)
        if too_large:
            rose += 1
            assert kept(*network, slopes, too_large / 1000) == pytest.approx(1, abs=0.05)
    assert rose > 100


def test_gradients_of_a_batch_are_the_mean_of_those_of_its_examples(says):
    says(LESSON, "The slope of a mean is the mean of the slopes.")
    for parameters, X, Y in networks(3):
        each = [gradients(parameters, X[:, [i]], Y[:, [i]]) for i in range(X.shape[1])]
        for whole, parts in zip(gradients(parameters, X, Y), zip(*each, strict=True), strict=True):
            np.testing.assert_allclose(whole, np.mean(parts, axis=0), atol=1e-14)


def test_divided_in_dz2_as_well_only_the_sums_over_the_batch_are_divided_twice(says):
    says(LESSON, "Divide in $dZ^{[2]}$ as well, and every $dW$ and $db$ is divided twice.")
    (W1, b1, W2, b2), X, Y = next(networks(1))
    cache, m = forward(X, W1, b1, W2, b2)[1], Y.size
    dZ2 = (cache["A2"] - Y) / m
    dZ1 = W2.T @ dZ2 * (cache["Z1"] > 0)  # once
    twice = [
        dZ1 @ X.T / m,
        dZ1.mean(axis=1, keepdims=True),
        dZ2 @ cache["A1"].T / m,
        dZ2.mean(axis=1)[:, None],
    ]
    for wrong, right in zip(twice, gradients([W1, b1, W2, b2], X, Y), strict=True):
        np.testing.assert_allclose(m * wrong, right)


def test_without_the_mean_the_direction_is_right_and_a_small_rate_works(says):
    says(LESSON, "The direction is right, so for a small rate it still works")
    for parameters, X, Y in networks(5):
        slopes = [X.shape[1] * g for g in gradients(parameters, X, Y)]
        assert loss(moved(parameters, slopes, 1e-5), X, Y) < loss(parameters, X, Y)


def test_a_unit_that_is_off_learns_nothing_from_an_example(says):
    says(LESSON, "its row of $dW^{[1]}$, its bias and its weight in $dW^{[2]}$ all have slope 0")
    for parameters, X, Y in networks(5):
        x, y = X[:, :1], Y[:, :1]
        off = (parameters[0] @ x + parameters[1] <= 0).ravel()
        dW1, db1, dW2, _ = gradients(parameters, x, y)
        assert not dW1[off].any() and not db1[off].any() and not dW2[:, off].any()


def test_the_error_at_the_output_is_at_most_one_in_size(says):
    says(LESSON, "positive where it is too high, and at most 1 in size")
    for a in nn.sigmoid(np.linspace(-50, 50, 101)):
        for label, sign in ((0, 1), (1, -1)):
            assert 0 <= sign * (a - label) <= 1


def test_several_outputs_add_along_columns_whatever_the_sizes(says):
    says(LESSON, "hidden unit $j$ adds along column $j$, over all outputs it leads to")
    rng = np.random.default_rng(0)
    for n2, n1 in ((1, 4), (3, 3), (5, 2)):
        W2, dz2 = rng.normal(size=(n2, n1)), rng.normal(size=(n2, 1))
        by_paths = [[sum(W2[k, j] * dz2[k, 0] for k in range(n2))] for j in range(n1)]
        np.testing.assert_allclose(W2.T @ dz2, by_paths)


def test_numbers_that_can_be_changed_in_other_networks():
    right = {question.id: question.right for question in QUESTIONS}
    sizes = lambda *n: nn.Network.dense(list(n), rng=np.random.default_rng(0)).parameters()  # noqa: E731
    assert right["count-parameters"] == sum(p.size for p in sizes(2, 4, 1))
    assert right["runs-for-nudging"] == 2 * sum(p.size for p in sizes(10, 20, 1))
