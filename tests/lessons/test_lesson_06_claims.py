"""Sentences of lesson 06 that state a number which no cell computes, each computed here."""

import numpy as np
import pytest
from optimizing import X, Y, descend, loss, new_network, trained

from mlcourse import exercises, nn
from mlcourse.explorers import BatchSize, OptimizerRace
from mlcourse.explorers.batch_size import SIZES, _axes, example_gradients, noise

LESSON = "06-optimization"

pytestmark = pytest.mark.usefixtures("one_thread")


def test_the_first_paragraph_holds_for_five_seeds(says):
    says(LESSON, "the network ends with fewer than 20 % of new digits right")
    says(LESSON, "If every step uses ten of them, it ends with more than 80 %")
    for seed in range(5):
        assert trained(nn.GradientDescent(0.03), 1000, seed)[1] < 0.2
        assert trained(nn.GradientDescent(0.03), 10, seed)[1] > 0.8


def test_numbers_of_batches(says):
    says(LESSON, "15 batches of 64 make 960, and a last one has the remaining 40")
    says(LESSON, "1000 examples with `batch_size=64` give 16 pairs")
    says(LESSON, "In the first `X_batch` has the shape `(784, 64)`, in the last `(784, 40)`")
    minibatches = exercises.get("minibatches").parts[0].reference
    pairs = minibatches(X, Y, 64, np.random.default_rng(0))
    assert len(pairs) == 16 and pairs[0][0].shape == (784, 64) and pairs[-1][0].shape == (784, 40)
    says(LESSON, "54 batches of 64 make 3456, and the last one has 44")
    sizes = [batch.shape[1] for batch, _ in minibatches(*np.ones((2, 1, 3500)), 64, np.random.default_rng(0))]
    assert sizes == 54 * [64] + [44]


def test_ten_times_the_examples_are_about_three_times_better(says):
    says(
        LESSON,
        "A single digit's gradient is off by eight times the length of what it estimates (by 5.5 to 8 "
        "times, from five starts)",
    )
    says(LESSON, "ten times the examples make it about three times better")
    says(LESSON, "(It falls a little faster here, because a batch is drawn without putting examples back")

    def gradient(network, chosen):
        _, dZ = loss(network.forward(X[:, chosen]), Y[:, chosen])
        network.backward(dZ)
        return np.concatenate([dv.ravel() for dv in network.gradients()])

    def off(seed, sizes):
        """Length of the error over that of the gradient, for each size of a batch."""
        network, rng = new_network(seed)
        full, found = gradient(network, np.arange(1000)), {}
        for B in sizes:
            gradients = [gradient(network, rng.choice(1000, B, replace=False)) for _ in range(200)]
            squares = [np.sum((g - full) ** 2) for g in gradients]
            found[B] = np.sqrt(np.mean(squares)) / np.linalg.norm(full)
        return found

    first = off(0, (1, 10, 100))
    assert first[1] == pytest.approx(8, abs=0.5)
    assert 2.8 < first[1] / first[10] < 3.6 and 2.8 < first[10] / first[100] < 3.8
    starts = [off(seed, (1,))[1] for seed in range(5)]
    assert [min(starts), max(starts)] == pytest.approx([5.5, 8], abs=0.15)
    says(LESSON, "the noise falls to a fourth, the number of steps to a sixteenth")
    assert np.sqrt(256 / 16) == 4


def test_how_fast_the_ravine_can_be_descended(says):
    says(LESSON, "at $\\alpha = 0.02$ the factor $1 - 100\\,\\alpha$ is −1")
    says(LESSON, "so at best about 2 % of the way is covered in each step")
    assert descend(nn.GradientDescent(0.0199))[0][-1] < 100 < descend(nn.GradientDescent(0.0201))[0][-1]
    says(LESSON, "Above 0.01 w2 changes its sign at each step.")
    for rate, jumps in [(0.0099, False), (0.0101, True)]:
        w = np.array([[-10.0], [1.0]])
        nn.GradientDescent(rate).step([w], [np.array([[1.0], [100.0]]) * w])
        assert (w[1, 0] < 0) == jumps
    says(LESSON, "The ravine is bad because one rate must serve two weights with very different slopes.")
    for steep in (4.0, 25.0, 100.0):  # with a rate for each weight one step is enough, at any steepness
        best = max(abs(1 - 2 / (1 + steep)), abs(1 - 2 * steep / (1 + steep)))
        tried = [max(abs(1 - rate), abs(1 - rate * steep)) for rate in np.linspace(0, 2 / steep, 2001)]
        assert min(tried) == pytest.approx(best, abs=1e-3) and best == pytest.approx(
            (steep - 1) / (steep + 1)
        )
    says(LESSON, "it converges up to 0.38, nineteen times the limit of gradient descent")
    assert descend(nn.Momentum(0.379), steps=5000)[0][-1] < 1e-6
    assert descend(nn.Momentum(0.381), steps=5000)[0][-1] > 100
    assert pytest.approx(19) == 0.38 / 0.02


def test_averages(says):
    says(LESSON, "What alternates is damped to a nineteenth")
    assert pytest.approx(1 / 19) == (1 - 0.9) / (1 + 0.9)
    says(LESSON, "After ten it is 0.65, and it takes 22 steps to come to 90 %")
    assert pytest.approx(0.65, abs=0.005) == 1 - 0.9**10
    assert 1 - 0.9**21 < 0.9 < 1 - 0.9**22
    says(LESSON, r"$1 - 0.99 = 0.01$ and $1 - 0.99^{100} \approx 0.634$")
    assert pytest.approx(0.634, abs=5e-4) == 1 - 0.99**100
    says(LESSON, "The other rule ends near 10 dW where ours ends near dW")
    assert sum(0.9**k for k in range(200)) == pytest.approx(10)


def test_the_examples_of_the_statements(says):
    says(LESSON, "give `W = [[0.995, -2.1]]` and `v = [[0.05, 1.0]]`")
    momentum_step = exercises.get("momentum").parts[0].reference
    arrays = (np.array(values) for values in ([[1.0, -2.0]], [[0.5, 1.0]], [[0.0, 1.0]]))
    W, v = momentum_step(*arrays, 0.1, 0.9)
    np.testing.assert_allclose(W, [[0.995, -2.1]])
    np.testing.assert_allclose(v, [[0.05, 1.0]])
    says(LESSON, "the new `W` is `[[0.9, 1.1]]` to four digits")
    adam_step = exercises.get("adam").parts[0].reference
    zeros = np.zeros((1, 2))
    W, *_ = adam_step(np.ones((1, 2)), np.array([[0.001, -1000.0]]), zeros, zeros, 1, 0.1, 0.9, 0.999, 1e-8)
    np.testing.assert_allclose(W, [[0.9, 1.1]], atol=5e-5)


def test_first_steps(says):
    says(LESSON, r"by $1 / \sqrt{1 - \beta} \approx 3.16$")
    assert 1 / np.sqrt(0.1) == pytest.approx(3.16, abs=5e-3)
    says(LESSON, "whatever its slope, if only it is not 0 (or as small as $\\varepsilon$)")
    says(LESSON, "Not corrected, it would be three times as long")
    says(LESSON, r"$\sqrt{0.001} \approx 0.032$")
    assert 0.1 / np.sqrt(0.001) == pytest.approx(3.16, abs=5e-3)
    for slope in (1e-3, -1.0, 1e6):
        W = np.zeros((1, 1))
        nn.Adam(0.1).step([W], [np.array([[slope]])])
        assert W.item() == pytest.approx(-0.1 * np.sign(slope), rel=1e-4)
    for slope in (0.0, 1e-8):
        W = np.zeros((1, 1))
        nn.Adam(0.1).step([W], [np.array([[slope]])])
        assert abs(W.item()) < 0.06


def test_rms_prop_jumps_by_its_rate_for_ever(says):
    says(LESSON, "It jumps between +0.05 and −0.05 in both directions: half the learning rate on either side")
    for steps in (600, 601, 5000):
        _, w = descend(nn.RMSProp(0.1), steps=steps)
        np.testing.assert_allclose(np.abs(w), 0.05, atol=1e-3)


def test_what_to_find_with_the_explorers(says):
    says(LESSON, "From 64 on. But first there are *more*: 41 of 300 single examples, 49 batches of 2, 50")
    drawn = BatchSize().compute
    away = np.array([[(drawn(size, seed).points[0] < 0).sum() for size in SIZES[:8]] for seed in range(21)])
    assert away[0, :4].tolist() == [41, 49, 50, 38] and SIZES[5:8] == (32, 64, 128)
    says(LESSON, "With seed 11 it is from 32 on, with seed 19 from 128, with all others from 64;")
    none = [SIZES[np.flatnonzero(row)[-1] + 1] for row in away]
    assert {seed: size for seed, size in enumerate(none) if size != 64} == {11: 32, 19: 128}
    says(LESSON, "batches of 2 have more than single examples with all seeds but 16 and 18")
    assert np.flatnonzero(away[:, 1] <= away[:, 0]).tolist() == [16, 18]
    says(LESSON, "a batch of 2 or 4 has a better chance to contain one than a single draw has")
    along, rng = (_axes() @ example_gradients())[0], np.random.default_rng(0)
    fours = along[rng.random((4000, 512)).argpartition(3, axis=1)[:, :4]]
    away_from_it = fours[fours.mean(axis=1) < 0]
    assert np.mean(along < -3) < 0.06 and np.mean(away_from_it.min(axis=1) < -3) > 0.9
    says(LESSON, "The *distance* falls all the same.")
    off = dict(zip(SIZES, noise(), strict=True))
    assert all(2 < off[size] / off[4 * size] < 2.7 for size in (1, 4, 16, 64))
    says(LESSON, "The limit is $2 / 20 = 0.1$")
    race = OptimizerRace()
    slider = race.settings["learning_rate"]
    above = slider.at(round(slider.place(0.1)) + 1)
    assert race.compute(above, 0.9, 100).runs[0].diverged_at
    assert race.compute(0.095, 0.9, 100).runs[0].losses[-1] < 0.1
    says(LESSON, "Gradient descent has got from 14.1 to 2.3, momentum only to 12, with the same rate")
    plain, momentum, *_ = race.compute(**race.values | {"steps": 1}).runs
    assert plain.losses.round(1).tolist() == [14.1, 2.3] and momentum.losses[-1].round() == 12
    says(LESSON, "(After 60 steps at the rate 0.04 Adam is last: its steps are about as long as the rate")
    says(LESSON, "the minimum lies far away along the floor. After 80 it is second.)")
    for steps, place in ((60, 3), (80, 1), (100, 1)):
        *others, adam = [run.losses[-1] for run in race.compute(0.04, 0.9, steps).runs]
        assert sum(other < adam for other in others) == place
    says(LESSON, "In the last 20 of 100 steps the losses of momentum and Adam stay below 0.002")
    says(LESSON, "At 0.112, the next notch, none of the three diverges.")
    _, momentum, rms_prop, adam = race.compute(above, 0.9, 100).runs
    assert f"{above:.3g}" == "0.112" and not any(run.diverged_at for run in (momentum, rms_prop, adam))
    assert max(*momentum.losses[-20:], *adam.losses[-20:]) < 0.002
    says(LESSON, "RMSProp does not settle: its loss jumps between 0.0001 and 0.15")
    assert np.min(rms_prop.losses[-20:]) == pytest.approx(0.0001, abs=5e-5)
    assert np.max(rms_prop.losses[-20:]) == pytest.approx(0.15, abs=0.006)
    says(LESSON, "(At 0.04 it comes to $10^{-25}$ in 100 steps")
    says(LESSON, "After 200 steps it jumps there too, at a loss of 0.004.)")
    ends = race._run(nn.RMSProp(race.values["learning_rate"], 0.9), 600).losses
    assert -26 < np.log10(ends[100]) < -24 and ends[200:] == pytest.approx(np.full(401, 0.004), abs=5e-4)
    says(LESSON, "Divided by its own size, even a small slope makes a step of about the rate.")
    assert race.compute(0.3, 0.9, 100).runs[0].diverged_at
    _, momentum, rms_prop, adam = race.compute(0.3, 0.9, 100).runs
    assert rms_prop.losses[-1] > 100 * max(momentum.losses[-1], adam.losses[-1])


def test_adam_hides_a_wrong_scale_of_the_gradients(says):
    says(LESSON, "RMSProp and Adam: what they divide by grows by the same factor")
    for kind, notices in [
        (nn.GradientDescent, True),
        (nn.Momentum, True),
        (nn.RMSProp, False),
        (nn.Adam, False),
    ]:
        ends = []
        for factor in (1.0, 1000.0):
            optimizer, w = kind(0.001), np.array([[-10.0], [1.0]])
            for _ in range(20):
                optimizer.step([w], [factor * np.array([[1.0], [100.0]]) * w])
            ends.append(w)
        assert np.allclose(*ends, rtol=1e-5) is not notices


def test_the_share_of_a_steeper_ravine(says):
    says(LESSON, "so the factor along the floor is at least $1 - 0.005$: half a percent in each step")
    assert 2 / 400 == 0.005


def test_points_under_the_headings_are_those_declared(statements):
    stated = [points for points, _ in statements(LESSON)]
    assert stated == [exercise.points for exercise in exercises.of_lesson(LESSON)]


def test_the_exercises_take_two_fifths_of_the_time(says, statements):
    says(LESSON, "**Time:** 150 minutes in two sittings, about two fifths of it for the six exercises")
    assert 54 <= sum(minutes for _, minutes in statements(LESSON)) <= 65
