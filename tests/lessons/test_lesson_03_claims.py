"""Sentences of lesson 03 that state a number or an observation, each computed here."""

import re

import numpy as np
import pytest

from mlcourse import datasets, nn
from mlcourse.explorers import TrainingPlayer

LESSON = "03-training"
X, Y = datasets.xor()
LOSS = nn.binary_cross_entropy_from_logits


def trained(seed, hidden=4, rate=0.5, epochs=2000, X=X, Y=Y):
    network = nn.Network.dense([2, hidden, 1], rng=np.random.default_rng(seed))
    return network, nn.train(network, X, Y, LOSS, nn.GradientDescent(rate), epochs)


def batched_losses(hidden, seeds, rate=0.5, epochs=2000):
    """Final loss of an XOR network from each seed, all trained at once with einsum."""
    starts = [
        nn.Network.dense([2, hidden, 1], rng=np.random.default_rng(seed)).parameters() for seed in seeds
    ]
    W1, b1, W2, b2 = (np.stack(parts) for parts in zip(*starts, strict=True))
    for _ in range(epochs):
        Z1 = np.einsum("shx,xm->shm", W1, X) + b1
        A1 = Z1 * (Z1 > 0)
        A2 = 1 / (1 + np.exp(-(np.einsum("soh,shm->som", W2, A1) + b2)))
        dZ2 = (A2 - Y) / 4
        dZ1 = np.einsum("soh,som->shm", W2, dZ2) * (Z1 > 0)
        W2 = W2 - rate * np.einsum("som,shm->soh", dZ2, A1)
        b2 = b2 - rate * dZ2.sum(axis=2, keepdims=True)
        W1 = W1 - rate * np.einsum("shm,xm->shx", dZ1, X)
        b1 = b1 - rate * dZ1.sum(axis=2, keepdims=True)
    return -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).mean(axis=(1, 2))


def test_no_straight_line_separates_xor(says):
    says(LESSON, "Add it over the two of label 0: $w_1 + w_2 + 2b$ again.")
    for sign in (0, 1):
        points = X[:, Y[0] == sign]
        np.testing.assert_array_equal(points.sum(axis=1), [1, 1])


def test_units_that_start_equal_stay_equal_and_zero_weights_have_zero_slopes(says):
    says(LESSON, "Both are zero. $dW^{[1]}$ has the factor $W^{[2]} = 0$")
    network = nn.Network.dense([2, 3, 1], rng=np.random.default_rng(0))
    for parameter in network.parameters():
        parameter[...] = 0
    _, dZ = LOSS(network.forward(X[:, :3]), Y[:, :3])
    network.backward(dZ)
    dW1, db1, dW2, db2 = network.gradients()
    assert not dW1.any() and not db1.any() and not dW2.any()
    assert db2.any()


def test_the_example_of_train_network(says):
    says(LESSON, "the first loss is 0.7446 and the last 0.0020")
    _, history = trained(0)
    assert history.loss[[0, -1]] == pytest.approx([0.7446, 0.0020], abs=5e-5)


def test_the_example_of_predict(says):
    says(LESSON, r"$z^{[2]} = (-1.2,\ 0.3,\ 4)$ on three examples answers `[[0, 1, 1]]`")
    assert list(np.array([-1.2, 0.3, 4]) > 0) == [False, True, True]


def test_the_learning_curve(says):
    says(LESSON, "half of it is gone after 60 epochs and nine tenths after 150, and then it flattens near 0")
    loss = trained(0)[1].loss
    assert loss[60] == pytest.approx(loss[0] / 2, rel=0.1)
    assert loss[150] == pytest.approx(loss[0] / 10, rel=0.1)
    assert loss[-1] < 0.01


def test_the_stuck_network(says):
    says(LESSON, "The other three share one probability, 1/3.")
    says(LESSON, "The stuck network stops at 0.477, and more epochs do not help.")
    network, history = trained(3)
    probability = nn.sigmoid(network.forward(X))[0]
    assert np.sort(probability) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1], abs=0.002)
    assert history.loss[-1] == pytest.approx(0.477, abs=0.001)
    assert trained(3, epochs=6000)[1].loss[-1] == pytest.approx(0.4774, abs=0.0003)
    says(LESSON, "There, no hidden unit is above zero")
    W1, b1, _, _ = network.parameters()
    assert (W1 @ X[:, probability < 0.5] + b1 <= 0).all()


def test_the_four_end_states(says):
    def entropy(p):
        return -p * np.log(p) - (1 - p) * np.log(1 - p)

    says(LESSON, r"$\frac{1}{2} \log 2 \approx 0.3466$")
    assert 0.5 * np.log(2) == pytest.approx(0.3466, abs=5e-5)
    says(LESSON, r"$\frac{3}{4} \log 3 - \frac{1}{2} \log 2 \approx 0.4774$")
    assert 0.75 * np.log(3) - 0.5 * np.log(2) == pytest.approx(0.4774, abs=5e-5)
    assert 0.75 * entropy(1 / 3) == pytest.approx(0.75 * np.log(3) - 0.5 * np.log(2))
    says(LESSON, r"$\log 2 \approx 0.6931$")
    assert np.log(2) == pytest.approx(0.6931, abs=5e-5)


def test_the_shares_that_solve_xor(says):
    """Within 3 of 300: another processor may round one start to another end."""
    says(LESSON, "With 4 hidden units 198 of 300 solve XOR, with 8 units 288, with 10 units 299.")
    says(LESSON, "Of 300 starts with 4 hidden units 198 solve XOR, with 10 units 299.")
    solved = [int((batched_losses(hidden, range(300)) < 0.1).sum()) for hidden in (4, 8, 10)]
    assert solved == pytest.approx([198, 288, 299], abs=3)


def test_training_many_networks_at_once_is_training_each(says):
    says(LESSON, "The cell trains them all at once")
    each = [trained(seed)[1].loss[-1] for seed in range(4)]
    assert batched_losses(4, range(4)) == pytest.approx(each, rel=1e-6)


def test_two_hidden_units_can_solve_xor(says):
    says(LESSON, "Two units are enough to draw a boundary that solves XOR.")
    assert batched_losses(2, range(20)).min() < 0.01


def test_the_borders_on_a_bowl(says):
    says(LESSON, "gradient descent oscillates above $1/c$ and diverges above $2/c$")
    c = 3.0
    for rate, factor in [(0.9 / c, 0.1), (1.5 / c, -0.5), (2.1 / c, -1.1)]:
        w = 1.0
        assert w - rate * c * w == pytest.approx(factor)


def test_the_regimes_on_the_moons(says):
    moons = datasets.moons(200, noise=0.2, rng=np.random.default_rng(3))
    loss = {rate: trained(0, 8, rate, 500, *moons)[1].loss for rate in (0.01, 1, 5, 20)}
    says(LESSON, "| crawl | falls at every step, hardly moves | 0.01 |")
    assert (np.diff(loss[0.01]) < 0).all() and loss[0.01][-1] > 0.7 * loss[0.01][0]
    says(LESSON, "| converge | falls fast, then flattens | 1 |")
    assert (np.diff(loss[1]) < 0).all() and loss[1][-1] < 0.1
    says(LESSON, "| oscillate | jumps up and down; on the whole it may still fall | 5 |")
    assert (np.diff(loss[5]) > 0).sum() > 20 and loss[5][-1] < 0.5 * loss[5][0]
    says(LESSON, "| diverge | rises, or ends where nothing moves any more | 20 |")
    assert loss[20][-1] > 2 * loss[20][0]


def test_what_there_is_to_find_with_the_player(says):
    player = TrainingPlayer().set(epoch=500)
    says(LESSON, "With 4 all 200 points are on the right side. With 3 only 130 are, from this seed.")
    assert "200 of 200 points" in player.summary
    assert "130 of 200 points" in player.set(hidden_units=3).summary
    says(LESSON, "from seed 4 three units do it")
    assert "200 of 200 points" in player.set(seed=4).summary
    says(LESSON, "Choose XOR, 4 hidden units and seed 3. This is the stuck network.")
    assert "3 of 4 points" in player.set(dataset="xor", hidden_units=4, seed=3).summary
    says(LESSON, "On the circles, set the learning rate to 10.")
    player.reset().set(epoch=500, learning_rate=10)
    assert "no hidden unit responds" in player.summary


def test_all_numbers_of_he_s_rule(says):
    says(LESSON, "For two inputs the rule says 1, and for eight inputs 0.5.")
    says(LESSON, r"$\sqrt{2/50} = 0.2$")
    assert np.sqrt(2 / np.array([2, 8, 50])) == pytest.approx([1, 0.5, 0.2])


def test_no_gradient_formula_is_displayed_untested(gradient_formulas, displayed):
    assert gradient_formulas(LESSON) == []
    assert [re.sub(r"\s", "", f) for f in displayed(LESSON)] == [r"\sqrt{\frac{2}{n}}"]
