"""Sentences of lesson 07 that state a number or an observation, each computed here."""

import numpy as np
import pytest

from mlcourse import datasets, exercises, nn

LESSON = "07-numpy-network"
LOSS = nn.softmax_cross_entropy


def new_network(seed):
    return nn.Network.dense([784, 128, 64, 10], rng=np.random.default_rng(seed), dtype=np.float32)


def shifted(images):
    """The images and their four neighbours, by rolling (the border of a digit is empty)."""
    grid = images.reshape(28, 28, -1)
    ways = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]
    return np.hstack([np.roll(grid, way, axis=(0, 1)).reshape(784, -1) for way in ways])


def test_softmax_by_hand(says):
    says(LESSON, "Make them positive with the exponential: 7.389, 2.718, 1. Divide by their sum, 11.107.")
    powers = np.exp([2.0, 1.0, 0.0])
    assert [*powers, powers.sum()] == pytest.approx([7.389, 2.718, 1, 11.107], abs=5e-4)
    says(LESSON, "The probabilities are 0.665, 0.245 and 0.090.")
    assert powers / powers.sum() == pytest.approx([0.665, 0.245, 0.090], abs=5e-4)
    says(LESSON, r"it is $-\log 0.665 \approx 0.408$")
    assert -np.log(0.665) == pytest.approx(0.408, abs=5e-4)
    says(LESSON, "the loss is 0.4076 and `dZ` is `[[-0.3348], [0.2447], [0.09]]`")
    loss, dZ = LOSS(np.array([[2.0], [1], [0]]), np.array([[1.0], [0], [0]]))
    assert loss == pytest.approx(0.4076, abs=5e-5)
    assert dZ.ravel() == pytest.approx([-0.3348, 0.2447, 0.09], abs=5e-5)
    says(LESSON, "So take the largest score off first; then no exponential is larger than 1.")
    scores = 1e4 * np.random.default_rng(0).standard_normal((10, 50))
    assert np.exp(scores - scores.max(axis=0)).max() == 1
    says(LESSON, "−log(1/10) = log 10")
    assert np.log(10) == pytest.approx(2.303, abs=5e-4)


def test_the_example_of_a_dense_layer(says):
    says(LESSON, "sets `dW = [[0.5, 0.5]]` and `db = [[0.5]]` and returns `[[0.5], [1]]`")
    layer = nn.Dense(2, 1, np.random.default_rng(0))
    layer.W[...], layer.b[...] = [[1, 2]], [[3]]
    assert layer.forward(np.array([[1.0], [1]])).tolist() == [[6]]
    assert layer.backward(np.array([[0.5]])).tolist() == [[0.5], [1]]
    assert layer.dW.tolist() == [[0.5, 0.5]] and layer.db.tolist() == [[0.5]]


def test_the_parts_of_the_data(says):
    for part, count in [("train", "3,500"), ("validation", "500"), ("test", "1,000")]:
        says(LESSON, f"- **{part}**, {count} digits")
        assert len(datasets.digits().split(part)) == int(count.replace(",", ""))
    says(LESSON, "That makes 17,500 examples out of 3,500")
    train = datasets.digits().split("train").images
    assert shifted(train).shape == (784, 17_500)


def test_weights_of_rare_ink_move_much_farther_than_their_share(says):
    says(LESSON, "in ring 1, next to the outermost pixels, 50 times less than in ring 5")
    says(LESSON, "in ring 1 they move about three quarters as far as in ring 5")
    says(LESSON, "much farther than their share of the ink: in ring 1 about three quarters as far")
    says(
        LESSON,
        "Only weights whose slope is always 0, such as those of pixels without ink, stay",
    )
    train = datasets.digits().split("train")
    images = shifted(train.images)

    def moves(optimizer, epochs):
        network = new_network(0)
        before = network.parameters()[0].copy()
        data = images, np.hstack([train.one_hot] * 5), LOSS, optimizer, epochs, 64, np.random.default_rng(0)
        nn.train(network, *data)
        return np.abs(network.parameters()[0] - before)

    moved = moves(nn.Adam(0.001), 6)
    ink = images.any(axis=1)
    assert not moved[:, ~ink].any() and moved[:, ink].any(axis=0).all() and (~ink).sum() > 50
    rows, columns = np.divmod(np.arange(784), 28)
    ring = np.minimum.reduce([rows, 27 - rows, columns, 27 - columns])
    assert images[ring == 5].mean() / images[ring == 1].mean() == pytest.approx(50, abs=5)
    assert moved[:, ring == 1].mean() / moved[:, ring == 5].mean() == pytest.approx(0.75, abs=0.06)
    says(LESSON, "With plain gradient descent at the rate 0.1 they move about 7 times less.")
    moved = moves(nn.GradientDescent(0.1), 2)  # after six epochs it is 7.0
    assert moved[:, ring == 5].mean() / moved[:, ring == 1].mean() == pytest.approx(7.5, abs=1.5)


def test_inputs_that_are_not_scaled(says):
    says(LESSON, "the first layer's sums are 255 times as large too")
    layer = nn.Dense(6, 4, np.random.default_rng(0))
    A, dZ = np.random.default_rng(1).random((6, 5)), np.ones((4, 5))
    Z = layer.forward(A)
    layer.backward(dZ)
    dW = layer.dW.copy()
    np.testing.assert_allclose(layer.forward(255 * A), 255 * Z)
    layer.backward(dZ)
    np.testing.assert_allclose(layer.dW, 255 * dW)
    says(LESSON, "and at the start the slopes of its weights even more")
    for seed in range(5):
        network = nn.Network.dense([30, 16, 12, 10], rng=np.random.default_rng(seed))
        X, Y = np.random.default_rng(seed).random((30, 40)), np.eye(10)[:, np.arange(40) % 10]
        sizes = []
        for inputs in (X, 255 * X):
            network.backward(nn.softmax_cross_entropy(network.forward(inputs), Y)[1])
            sizes.append(np.linalg.norm(network.gradients()[0]))
        assert sizes[1] > 255 * sizes[0]


def test_the_examples_of_the_new_functions(says):
    stop, error, table = (
        exercises.get(name).parts[0].reference for name in ("best-epoch", "standard-error", "confusion")
    )
    says(LESSON, "`best_epoch([0.9, 0.5, 0.6, 0.4, 0.7, 0.8, 0.3], 2)` is 3 and 5")
    assert stop([0.9, 0.5, 0.6, 0.4, 0.7, 0.8, 0.3], 2) == (3, 5)
    says(LESSON, r"its standard error $\sqrt{0.75 \cdot 0.25 / 4} \approx 0.217$")
    assert error(np.array([1, 2, 3, 0]), np.array([1, 2, 3, 4])) == pytest.approx((0.75, 0.217), abs=5e-4)
    says(LESSON, "`counts` is `[[1, 1], [0, 1]]` and `recall` is `[0.5, 1.0]`")
    counts, recall = table(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    assert counts.tolist() == [[1, 1], [0, 1]] and recall.tolist() == [0.5, 1.0]


def test_points_and_minutes_under_the_headings_are_those_declared(says, statements):
    assert [points for points, _ in statements(LESSON)] == [e.points for e in exercises.of_lesson(LESSON)]
    says(LESSON, "**Time:** 160 minutes in two sittings, about half of it for the seven exercises")
    assert 75 <= sum(minutes for _, minutes in statements(LESSON)) <= 90
