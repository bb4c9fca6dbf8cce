"""Sentences of lesson 07 that state a number or an observation, each computed here."""

import numpy as np
import pytest

from mlcourse import datasets, nn

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
    says(LESSON, r"so it is $\log 10 \approx 2.303$")
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
    assert 5 * 3500 == 17_500


def test_images_that_are_shifted_beat_more_epochs(says):
    says(LESSON, "got between 94.6 and 96.0 % of the test digits right, 95.2 % in the mean")
    train, test = (datasets.digits().split(part) for part in ("train", "test"))
    X, Y = shifted(train.images), np.hstack([train.one_hot] * 5)
    shares = []
    for seed in range(5):
        network, rng = new_network(seed), np.random.default_rng(seed)
        nn.train(network, X, Y, LOSS, nn.Adam(0.001), 6, 64, rng)
        shares.append(np.mean(network.predict(test.images.astype(np.float32)) == test.labels))
    print("test accuracy from five starts:", np.round(shares, 3))
    # Within 0.8 %: float32 rounds otherwise on another processor, and training magnifies it.
    assert [min(shares), max(shares), np.mean(shares)] == pytest.approx([0.946, 0.960, 0.952], abs=0.008)


def test_weights_of_empty_pixels_stay_as_they_were_drawn(says):
    says(LESSON, "so these weights have a slope of zero and stay as they were drawn")
    train = datasets.digits().split("train")
    network = new_network(0)
    before = network.parameters()[0].copy()
    nn.train(network, train.images, train.one_hot, LOSS, nn.Adam(0.001), 1, 64, np.random.default_rng(0))
    empty = ~train.images.any(axis=1)
    assert empty.sum() > 50
    np.testing.assert_array_equal(network.parameters()[0][:, empty], before[:, empty])
    assert (network.parameters()[0][:, ~empty] != before[:, ~empty]).any(axis=0).all()


def test_inputs_that_are_not_scaled(says):
    says(LESSON, "the first layer's sums and slopes are 255 times as large too")
    layer = nn.Dense(6, 4, np.random.default_rng(0))
    A, dZ = np.random.default_rng(1).random((6, 5)), np.ones((4, 5))
    Z = layer.forward(A)
    layer.backward(dZ)
    dW = layer.dW.copy()
    np.testing.assert_allclose(layer.forward(255 * A), 255 * Z)
    layer.backward(dZ)
    np.testing.assert_allclose(layer.dW, 255 * dW)
