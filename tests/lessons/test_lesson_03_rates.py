"""Sentences of lesson 03 about the learning rate, each computed here."""

import re

import numpy as np
import pytest
from xor_networks import LOSS, descend, trained

from mlcourse import datasets, exercises, nn
from mlcourse.exercises.lesson_03.questions import QUESTIONS
from mlcourse.explorers import LearningRate, TrainingPlayer

LESSON = "03-training"
QUESTION = {each.id: each for each in QUESTIONS}


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
    assert float(QUESTION["best-of-four-rates"].right) == min(loss, key=lambda rate: loss[rate][-1])
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
    says(
        LESSON, "seed 3 and the learning rate 0.501, the slider's nearest to 0.5. This is the stuck network."
    )
    slider = player.settings["learning_rate"]
    player.set(dataset="xor", hidden_units=4, seed=3, learning_rate=slider.at(round(slider.place(0.5))))
    says(
        LESSON, "The loss stands at 0.48, but the gradients are not zero: they shrink from 0.0053 to 0.00093"
    )
    for epoch, norm in ((100, 0.0053), (500, 0.00093)):
        summary = player.set(epoch=epoch).summary
        assert "loss 0.48" in summary or "loss 0.478" in summary or "loss 0.479" in summary
        assert "3 of 4 points" in summary
        assert float(re.search(r"norms (\S+) in layer 1", summary)[1]) == pytest.approx(norm, rel=0.02)
    says(LESSON, "On the circles, with 4 hidden units and seed 0, set the learning rate to 10.")
    player.reset().set(dataset="circles", epoch=500, learning_rate=10)
    assert "no hidden unit responds" in player.summary
    assert "no hidden unit responds" not in player.set(epoch=10).summary
    says(LESSON, "Within 16 epochs the long steps killed all four.")
    assert "no hidden unit responds" in player.set(epoch=16).summary


def test_a_large_rate_kills_the_unit_on_the_slice_of_a_network(says):
    says(LESSON, "Up to 0.501 the run converges, then it oscillates, and from 0.891 on the loss ends at 0.56")
    says(LESSON, "the steps threw $u$ below 0, where the hidden unit is dead for one or two of the examples")
    rate = LearningRate.settings["learning_rate"]
    for notch in range(round(rate.place(0.1)), rate.last + 1):
        alpha = rate.at(notch)
        run = LearningRate().compute(alpha, 50, "slice of a network's loss")
        regime = "converges" if alpha < 0.502 else "oscillates" if alpha < 0.89 else "dead unit"
        assert run.regime == regime, alpha
        if regime == "dead unit":
            assert 0.555 < run.losses[-1] < 0.575 and run.path[-1, 0] < 0
            assert np.abs(np.diff(run.losses[-6:])).max() < 0.01
