"""Sentences of lesson 03 that state a number or an observation, each computed here."""

import re
from functools import cache

import numpy as np
import pytest

from mlcourse import datasets, exercises, nn
from mlcourse.exercises.lesson_03.questions import QUESTIONS
from mlcourse.explorers import LearningRate, TrainingPlayer

LESSON = "03-training"
X, Y = datasets.xor()
LOSS = nn.binary_cross_entropy_from_logits


def trained(seed, hidden=4, rate=0.5, epochs=2000, X=X, Y=Y):
    network = nn.Network.dense([2, hidden, 1], rng=np.random.default_rng(seed))
    return network, nn.train(network, X, Y, LOSS, nn.GradientDescent(rate), epochs)


@cache
def batched(hidden, count=300, rate=0.5, epochs=2000, biases=0.0):
    """Parameters of XOR networks from seeds 0, 1, ..., all trained at once with einsum."""
    draws = [np.random.default_rng(seed) for seed in range(count)]
    starts = [nn.Network.dense([2, hidden, 1], rng=rng).parameters() for rng in draws]
    W1, b1, W2, b2 = (np.stack(parts) for parts in zip(*starts, strict=True))
    b1 = biases * np.stack([rng.standard_normal((hidden, 1)) for rng in draws])
    return descend(W1, b1, W2, b2, X, Y, rate, epochs)


def descend(W1, b1, W2, b2, X, Y, rate, epochs):
    """Gradient descent on many networks at once; the rate is one for all, or of shape (networks, 1, 1)."""
    for _ in range(epochs):
        Z1 = np.einsum("shx,xm->shm", W1, X) + b1
        A1 = Z1 * (Z1 > 0)
        A2 = 1 / (1 + np.exp(-(np.einsum("soh,shm->som", W2, A1) + b2)))
        dZ2 = (A2 - Y) / Y.size
        dZ1 = np.einsum("soh,som->shm", W2, dZ2) * (Z1 > 0)
        W2 = W2 - rate * np.einsum("som,shm->soh", dZ2, A1)
        b2 = b2 - rate * dZ2.sum(axis=2, keepdims=True)
        W1 = W1 - rate * np.einsum("shm,xm->shx", dZ1, X)
        b1 = b1 - rate * dZ1.sum(axis=2, keepdims=True)
    return W1, b1, W2, b2


def batched_losses(*which, **training):
    W1, b1, W2, b2 = batched(*which, **training)
    Z2 = W2 @ np.maximum(0, W1 @ X + b1) + b2
    return (np.logaddexp(0, Z2) - Y * Z2).mean(axis=(1, 2))


def shut_out(*which, **training):
    """For each network and example whether no unit is open; and for each network whether it is one line."""
    W1, b1, _, _ = batched(*which, **training)
    is_open = W1 @ X + b1 > 1e-12
    line = (is_open.all(axis=2) | ~is_open.any(axis=2)).all(axis=1)
    return ~is_open.any(axis=1), line


def floors(*which, **training):
    silent, _ = shut_out(*which, **training)
    result = []
    for row in silent:
        p = Y[0, row].mean() if row.any() else 0
        result.append(0 if p in (0, 1) else row.mean() * -(p * np.log(p) + (1 - p) * np.log(1 - p)))
    return np.array(result)


def question(name):
    return next(each for each in QUESTIONS if each.id == name)


def test_no_straight_line_separates_xor(says):
    says(LESSON, "added over the two of label 0 it gives $w_1 + w_2 + 2b$ again")
    for sign in (0, 1):
        points = X[:, Y[0] == sign]
        np.testing.assert_array_equal(points.sum(axis=1), [1, 1])
    lines = np.random.default_rng(0).normal(size=(2000, 3))
    right = ((lines[:, :2] @ X + lines[:, 2:] > 0) == Y).sum(axis=1)
    assert right.max() == question("one-line-for-xor").right == 3


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
    assert question("floor-of-two").right == pytest.approx(0.5 * np.log(2), abs=5e-5)
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
    says(LESSON, "Where it is 0, the network can still end at a high loss in one way")
    early, losses = floors(hidden, epochs=500), batched_losses(hidden)
    assert losses[early > 0] == pytest.approx(early[early > 0], abs=0.02)
    _, line = shut_out(hidden)
    assert line[(early == 0) & (losses > 0.1)].all()


def test_small_random_biases_solve_xor_more_often_at_every_rate_tried(says):
    says(LESSON, "The same holds at the rates 0.1 and 2, each from the same 300 starts.")
    for rate in (0.1, 0.5, 2.0):
        zero, drawn = ((batched_losses(4, rate=rate, biases=b) < 0.1).sum() for b in (0.0, 0.1))
        assert drawn > zero + 20
    assert question("random-biases").right == "more"


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


def test_the_borders_on_a_bowl(says):
    says(LESSON, "the parameter swings from side to side above $1/c$")
    c = 3.0
    for rate, factor in [(0.9 / c, 0.1), (1.5 / c, -0.5), (2.1 / c, -1.1)]:
        w = 1.0
        assert w - rate * c * w == pytest.approx(factor)


def test_the_regimes_on_the_moons(says):
    moons = datasets.moons(200, noise=0.2, rng=np.random.default_rng(3))
    loss = {rate: trained(0, 8, rate, 500, *moons)[1].loss for rate in (0.01, 1, 5, 20)}
    says(LESSON, "| crawl | falls, and still has far to go at the end | 0.01 |")
    assert (np.diff(loss[0.01]) < 0).all() and loss[0.01][-1] > 0.7 * loss[0.01][0]
    says(LESSON, "| converge | falls, then flattens | 1 |")
    assert (np.diff(loss[1]) < 0).all() and loss[1][-1] < 0.1
    says(LESSON, "| oscillate | jumps up and down; on the whole it may still fall | 5 |")
    assert (np.diff(loss[5]) > 0).sum() > 20 and loss[5][-1] < 0.5 * loss[5][0]
    says(LESSON, "| diverge | ends above its start, or is no number any more | 20 |")
    assert loss[20][-1] > 2 * loss[20][0]
    says(LESSON, 'The four runs above are `"crawls"`, `"converges"`, `"oscillates"` and `"diverges"`.')
    assert float(question("best-of-four-rates").right) == min(loss, key=lambda rate: loss[rate][-1])
    regime = exercises.get("regimes").parts[0].reference
    assert [regime(each) for each in loss.values()] == ["crawls", "converges", "oscillates", "diverges"]
    says(LESSON, 'The stuck XOR network `"converges"`: to a bad place, but it converges.')
    assert [regime(trained(seed)[1].loss) for seed in (0, 3)] == ["converges", "converges"]


def test_at_the_largest_rate_every_hidden_unit_dies_and_the_bias_jumps(says):
    says(LESSON, "Soon none is left.")
    says(LESSON, "it jumps from 4.93 to −4.93 and back at every step")
    moons_X, moons_Y = datasets.moons(200, noise=0.2, rng=np.random.default_rng(3))
    assert moons_Y.mean() == 0.5
    network, biases, alive = nn.Network.dense([2, 8, 1], rng=np.random.default_rng(0)), [], []

    def look(epoch, history):
        W1, b1, _, b2 = network.parameters()
        biases.append(b2.item())
        alive.append((W1 @ moons_X + b1 > 0).any())

    nn.train(network, moons_X, moons_Y, LOSS, nn.GradientDescent(20), 500, callback=look)
    assert not any(alive[150:])
    assert biases[-2:] == pytest.approx([-4.93, 4.93], abs=0.01) or biases[-2:] == pytest.approx(
        [4.93, -4.93], abs=0.01
    )


def test_how_often_multiplying_by_three_finds_the_best_rate(says):
    """Within one of 16: another processor may round a long run to another end."""
    says(LESSON, "15 times of 16 this finds the best rate of the row 0.01, 0.03, 0.09, and so on")
    found = 0
    moons, circles = (
        datasets.moons(200, noise=0.2, rng=np.random.default_rng(3)),
        datasets.circles(200, 0.1, np.random.default_rng(0)),
    )
    for data in (moons, circles):
        for seed in range(8):
            start = nn.Network.dense([2, 8, 1], rng=np.random.default_rng(seed)).parameters()
            row = 0.01 * 3.0 ** np.arange(9)[:, None, None]
            with np.errstate(over="ignore"):
                W1, b1, W2, b2 = descend(*(np.stack([p] * 9) for p in start), *data, row, 500)
            Z2 = W2 @ np.maximum(0, W1 @ data[0] + b1) + b2
            ends = (np.logaddexp(0, Z2) - data[1] * Z2).mean(axis=(1, 2))
            first_worse = next(k for k in range(1, 9) if not ends[k] < ends[k - 1])
            found += ends[first_worse - 1] == ends.min()
    assert found == pytest.approx(15, abs=1)


def test_what_there_is_to_find_with_the_player(says):
    player = TrainingPlayer().set(epoch=500)
    says(LESSON, "With 4 all 200 points are on the right side.")
    assert "200 of 200 points" in player.summary
    says(LESSON, "130 of 200, from this seed. From seed 4 three units get all 200 right.")
    assert "130 of 200 points" in player.set(hidden_units=3).summary
    assert "200 of 200 points" in player.set(seed=4).summary
    says(LESSON, "of the seeds 0 to 19 two get all 200 right with 3 units, and 13 with 4")
    for units, expected in ((3, 2), (4, 13)):
        summaries = [player.set(hidden_units=units, seed=seed).summary for seed in range(20)]
        assert sum("200 of 200 points" in summary for summary in summaries) == expected
    player.set(hidden_units=3, seed=4)
    says(LESSON, "Choose XOR, 4 hidden units, seed 3 and the learning rate 0.5. This is the stuck network.")
    player.set(dataset="xor", hidden_units=4, seed=3, learning_rate=0.5)
    says(LESSON, "The loss stands at 0.48, but the gradients are not zero: they shrink from 0.006 to 0.001")
    for epoch, norm in ((100, 0.006), (500, 0.001)):
        summary = player.set(epoch=epoch).summary
        assert "loss 0.48" in summary or "loss 0.478" in summary or "loss 0.479" in summary
        assert "3 of 4 points" in summary
        assert float(re.search(r"norms (\S+) in layer 1", summary)[1]) == pytest.approx(norm, rel=0.1)
    says(LESSON, "On the circles, with 4 hidden units and seed 0, set the learning rate to 10.")
    player.reset().set(dataset="circles", epoch=500, learning_rate=10)
    assert "no hidden unit responds" in player.summary
    assert "no hidden unit responds" not in player.set(epoch=10).summary


def test_a_large_rate_can_creep_on_the_slice_of_a_network(says):
    says(LESSON, "There the slopes are tiny, and the run creeps although its rate is large.")
    explorer = LearningRate().set(surface="slice of a network's loss", steps=50)
    regimes = [explorer.compute(rate, 50, "slice of a network's loss") for rate in (0.3, 2.0)]
    assert regimes[1].losses[1] > regimes[1].losses[0]  # thrown out by the first step
    tail = [np.abs(np.diff(descent.losses[-6:])).max() for descent in regimes]
    assert tail[1] < 0.01 and regimes[1].losses[-1] > 2 * regimes[1].surface.lowest


def test_all_numbers_of_he_s_rule(says):
    says(LESSON, "For two inputs the rule says 1, and for eight inputs 0.5.")
    says(LESSON, 'ask("he-for-fifty-inputs")')
    assert question("he-for-fifty-inputs").right == pytest.approx(np.sqrt(2 / 50))
    assert np.sqrt(2 / np.array([2, 8, 50])) == pytest.approx([1, 0.5, 0.2])


def test_no_gradient_formula_is_displayed_untested(gradient_formulas, displayed):
    assert gradient_formulas(LESSON) == []
    assert [re.sub(r"\s", "", f) for f in displayed(LESSON)] == [
        r"\sqrt{\frac{2}{n}}",
        r"\frac{1}{4}\left(-\log\tfrac{1}{3}-2\log\tfrac{2}{3}\right)"
        r"=\tfrac{3}{4}\log3-\tfrac{1}{2}\log2\approx0.4774",
        r"\frac{s}{m}\left(-p\logp-(1-p)\log(1-p)\right)",
    ]
