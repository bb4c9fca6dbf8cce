"""Sentences of lesson 03 that state a number or an observation, each computed here; rates apart."""

import re

import numpy as np
import pytest
from xor_networks import LOSS, X, Y, batched_losses, floors, shut_out, trained

from mlcourse import nn
from mlcourse.exercises.lesson_03.questions import QUESTIONS

LESSON = "03-training"
QUESTION = {each.id: each for each in QUESTIONS}


def test_no_straight_line_separates_xor(says):
    says(LESSON, "added over the two of label 0 it gives $w_1 + w_2 + 2b$ again")
    for sign in (0, 1):
        points = X[:, Y[0] == sign]
        np.testing.assert_array_equal(points.sum(axis=1), [1, 1])
    lines = np.random.default_rng(0).normal(size=(2000, 3))
    right = ((lines[:, :2] @ X + lines[:, 2:] > 0) == Y).sum(axis=1)
    assert right.max() == QUESTION["one-line-for-xor"].right == 3


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
    says(LESSON, "On XOR, where half of the labels are 1, that is 0 too")
    _, dZ = LOSS(network.forward(X), Y)
    network.backward(dZ)
    assert not any(gradient.any() for gradient in network.gradients())


def test_the_example_of_train_network(says):
    says(LESSON, "the first loss is 0.7446 and the last 0.0020")
    _, history = trained(0)
    assert history.loss[[0, -1]] == pytest.approx([0.7446, 0.0020], abs=5e-5)


def test_the_example_of_predict(says):
    says(LESSON, r"$z^{[2]} = (-1.2,\ 0.3,\ 4)$ on three examples answers `[[0, 1, 1]]`")
    assert list(np.array([-1.2, 0.3, 4]) > 0) == [False, True, True]


def test_the_learning_curve(says):
    says(LESSON, "half of it is gone after 60 epochs and nine tenths after 160, and then it flattens near 0")
    loss = trained(0)[1].loss
    assert loss[60] == pytest.approx(loss[0] / 2, rel=0.1)
    assert loss[160] < loss[0] / 10 < loss[140]
    assert loss[-1] < 0.01


def test_the_stuck_network(says):
    says(LESSON, "The other three share one probability, 1/3.")
    says(LESSON, "The stuck network stops at 0.477, and more epochs do not help.")
    network, history = trained(3)
    probability = nn.sigmoid(network.forward(X))[0]
    assert np.sort(probability) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1], abs=0.002)
    assert history.loss[-1] == pytest.approx(0.477, abs=0.001)
    assert trained(3, epochs=6000)[1].loss[-1] == pytest.approx(0.4774, abs=0.0003)
    says(
        LESSON, "There no hidden unit is open. Three of the four examples lie in that part, or on its border."
    )
    W1, b1, _, _ = network.parameters()
    assert (W1 @ X[:, probability < 0.5] + b1 <= 0).all()


def test_two_of_the_four_units_draw_the_boundary(says):
    says(
        LESSON, "unit 4 is open for all four examples and makes $z^{[2]}$ rise on the way from the lower left"
    )
    says(LESSON, "unit 2 opens halfway and makes it fall again. Units 1 and 3 are shut for all four")
    W1, b1, W2, _ = trained(0)[0].parameters()
    is_open = W1 @ X + b1 > 0
    assert is_open[3].all() and not is_open[[0, 2]].any()
    assert list(is_open[1]) == [False, False, False, True]
    assert W2[0, 3] > 0 > W2[0, 1] and (W1[[1, 3]] > 0).all()


def test_the_four_end_states(says):
    def entropy(p):
        return -p * np.log(p) - (1 - p) * np.log(1 - p)

    says(LESSON, r"$\frac{1}{2} \log 2 \approx 0.3466$")
    assert 0.5 * np.log(2) == pytest.approx(0.3466, abs=5e-5)
    says(LESSON, r"$\frac{3}{4} \log 3 - \frac{1}{2} \log 2 \approx 0.4774$")
    assert (-np.log(1 / 3) - 2 * np.log(2 / 3)) / 4 == pytest.approx(0.75 * entropy(1 / 3))
    assert QUESTION["floor-of-two"].right == pytest.approx(0.5 * np.log(2), abs=5e-5)
    p = np.linspace(0.001, 0.999, 999)
    assert p[np.argmin(-np.log(p) - 2 * np.log(1 - p))] == pytest.approx(1 / 3, abs=1e-3)
    assert 0.75 * np.log(3) - 0.5 * np.log(2) == pytest.approx(0.4774, abs=5e-5)
    assert 0.75 * entropy(1 / 3) == pytest.approx(0.75 * np.log(3) - 0.5 * np.log(2))
    says(LESSON, r"$\log 2 \approx 0.6931$")
    assert np.log(2) == pytest.approx(0.6931, abs=5e-5)


def test_the_shares_that_solve_xor(says):
    """Within 3 of 300: another processor may round one start to another end."""
    says(LESSON, "With 4 hidden units 198 of 300 solve XOR, with 8 units 288, with 10 units 299.")
    says(LESSON, "Of 300 starts with 4 hidden units 198 solve XOR, with 10 units 299.")
    solved = [int((batched_losses(hidden) < 0.1).sum()) for hidden in (4, 8, 10)]
    assert solved == pytest.approx([198, 288, 299], abs=3)


@pytest.mark.parametrize("hidden", [2, 3, 4, 8, 10])
def test_which_networks_end_in_which_state(says, hidden):
    """Sizes of the lesson and two more: the rows of its table, network by network."""
    says(LESSON, "| shuts out two with different labels |")
    says(LESSON, "| shuts out three |")
    says(LESSON, "| shuts out all four, or is one straight line to them |")
    losses, (silent, line) = batched_losses(hidden), shut_out(hidden)
    ends = np.array([0, 0.5 * np.log(2), 0.75 * np.log(3) - 0.5 * np.log(2), np.log(2)])
    assert (np.abs(losses[:, None] - ends).min(axis=1) < 0.02).all()
    state = np.abs(losses[:, None] - ends).argmin(axis=1)
    assert all(silent[k].sum() == 2 and Y[0, silent[k]].sum() == 1 for k in np.flatnonzero(state == 1))
    assert (silent[state == 2].sum(axis=1) == 3).all()
    assert all(silent[k].all() or line[k] for k in np.flatnonzero(state == 3))
    # The other way round: nobody solves XOR as one straight line.
    assert not line[state == 0].any()


@pytest.mark.parametrize("hidden", [4, 8, 10])
def test_the_floor_at_epoch_500_is_the_loss_at_the_end(says, hidden):
    says(LESSON, "In these six, where the floor is above 0, the loss ends on it.")
    says(LESSON, "the network can still shut out examples later; none of these 300 does.")
    early, losses = floors(hidden, epochs=500), batched_losses(hidden)
    assert losses[early > 0] == pytest.approx(early[early > 0], abs=0.02)
    _, line = shut_out(hidden)
    assert line[(early == 0) & (losses > 0.1)].all()


def test_small_random_biases_solve_xor_more_often_at_every_rate_tried(says):
    says(LESSON, "The same holds at the rates 0.1 and 2, each from the same 300 starts.")
    for rate in (0.1, 0.5, 2.0):
        zero, drawn = ((batched_losses(4, rate=rate, biases=b) < 0.1).sum() for b in (0.0, 0.1))
        assert drawn > zero + 20
    assert QUESTION["random-biases"].right == "more"


def test_with_zero_biases_the_origin_starts_shut_out(says):
    says(LESSON, "its weighted sums are all exactly 0, so it starts shut out of every network")
    assert not X[:, 0].any()
    assert shut_out(4, epochs=0)[0][:, 0].all()


def test_training_many_networks_at_once_is_training_each(says):
    says(LESSON, "The cell trains them all at once")
    each = [trained(seed, epochs=2001)[1].loss[-1] for seed in range(4)]
    assert batched_losses(4)[:4] == pytest.approx(each, rel=1e-6)


def test_two_hidden_units_can_solve_xor(says):
    says(LESSON, "Two units are enough to draw a boundary that solves XOR.")
    assert batched_losses(2).min() < 0.01


def test_all_numbers_of_he_s_rule(says):
    says(LESSON, "For two inputs the rule says 1, and for eight inputs 0.5.")
    says(LESSON, 'ask("he-for-fifty-inputs")')
    assert QUESTION["he-for-fifty-inputs"].right == pytest.approx(np.sqrt(2 / 50))
    assert np.sqrt(2 / np.array([2, 8, 50])) == pytest.approx([1, 0.5, 0.2])


def test_no_gradient_formula_is_displayed_untested(gradient_formulas, displayed):
    assert gradient_formulas(LESSON) == []
    assert [re.sub(r"\s", "", f) for f in displayed(LESSON)] == [
        r"\sqrt{\frac{2}{n}}",
        r"\frac{1}{4}\left(-\log\tfrac{1}{3}-2\log\tfrac{2}{3}\right)"
        r"=\tfrac{3}{4}\log3-\tfrac{1}{2}\log2\approx0.4774",
        r"\frac{s}{m}\left(-p\logp-(1-p)\log(1-p)\right)",
    ]
