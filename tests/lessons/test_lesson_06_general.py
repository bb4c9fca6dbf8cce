"""General sentences of lesson 06, over other ravines, rates and seeds than those shown."""

import numpy as np
import pytest
from optimizing import descend, trained

from mlcourse import exercises, nn

LESSON = "06-optimization"

pytestmark = pytest.mark.usefixtures("one_thread")


def test_turning_the_ravine(says):
    """Each method at its own best of 60 rates, in ravines turned by several angles."""

    def fewest(kind, degrees):
        c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
        turn, needed = np.array([[c, -s], [s, c]]), []
        ravine = {"H": turn @ np.diag([1.0, 100.0]) @ turn.T, "start": turn @ [-10.0, 1.0]}
        with np.errstate(over="ignore", invalid="ignore"):
            for rate in np.geomspace(0.005, 3, 60):
                losses, _ = descend(kind(rate), steps=150, **ravine)
                needed.append(np.flatnonzero(losses >= 0.5).max() + 1 if losses[-1] < 0.5 else np.inf)
        return min(needed), np.geomspace(0.005, 3, 60)[np.argmin(needed)]

    says(LESSON, "Gradient descent and momentum do not notice.")
    for kind in (nn.GradientDescent, nn.Momentum):
        assert len({fewest(kind, degrees) for degrees in (0, 30, 45)}) == 1
    says(LESSON, "RMSProp needs about half as many steps again")
    assert fewest(nn.RMSProp, 45)[0] / fewest(nn.RMSProp, 0)[0] == pytest.approx(1.5, abs=0.15)
    says(LESSON, "Adam with 0.9 needs only a few more, but at a rate almost four times as large")
    (steps, rate), (more, larger) = fewest(nn.Adam, 0), fewest(nn.Adam, 45)
    assert steps < more < 1.2 * steps and larger / rate == pytest.approx(3.7, abs=0.2)
    says(LESSON, "With 0.7 it is the fastest of all in the straight ravine, and in the turned one it needs")
    says(LESSON, "twice the steps of momentum with 0.7")
    adam, momentum = (
        fewest(lambda rate, kind=kind: kind(rate, 0.7), 0)[0] for kind in (nn.Adam, nn.Momentum)
    )
    assert adam < momentum and adam < min(fewest(kind, 0)[0] for kind in (nn.GradientDescent, nn.RMSProp))
    assert fewest(lambda rate: nn.Adam(rate, 0.7), 45)[0] == 2 * momentum


def test_the_map_of_momentum(says):
    says(LESSON, "The factor depends on two numbers only: $\\alpha \\lambda$ and $\\beta$.")
    says(LESSON, "In the wide area in the middle the factor is $\\sqrt{\\beta}$, whatever the curvature.")

    def factor(rate, curvature, beta):
        """Measured: how much the pair (w, v) shrinks in each of 400 steps."""
        optimizer, w = nn.Momentum(rate, beta), np.ones((1, 1))
        sizes = []
        for _ in range(400):
            optimizer.step([w], [curvature * w])
            sizes.append(np.hypot(w, rate * optimizer.v[0]).item())
        return (sizes[-1] / sizes[49]) ** (1 / 350)

    assert factor(0.1, 10, 0.8) == pytest.approx(factor(1.0, 1, 0.8), abs=1e-6)
    says(LESSON, "at 0.9 the factor is 0.949, at 0.7 it is 0.837")
    for beta, stated in [(0.9, 0.949), (0.7, 0.837)]:
        for curvature in (1, 5, 100):
            inside = (1 - np.sqrt(beta)) ** 2 < (1 - beta) * 0.1 * curvature < (1 + np.sqrt(beta)) ** 2
            if inside:
                assert factor(0.1, curvature, beta) == pytest.approx(stated, abs=0.004)
    says(LESSON, "as much as 3.4 steps did before: about 50/3.4 = 15, and a few more for the start")
    assert np.log(0.837) / np.log(0.949) == pytest.approx(3.4, abs=0.05)
    assert round(50 / 3.4) == 15
    says(LESSON, "The slower of the two sets the pace.")
    for beta, small, large in [(0.9, 0.002, 10.0), (0.5, 0.3, 5.0), (0.9, 0.3, 37.9)]:
        both = [factor(0.1, curvature, beta) for curvature in (small, large)]
        optimizer, w = nn.Momentum(0.1, beta), np.ones((2, 1))
        ends = []
        for _ in range(400):
            optimizer.step([w], [np.array([[small], [large]]) * w])
            ends.append(np.linalg.norm([w, 0.1 * optimizer.v[0]]))
        assert (ends[-1] / ends[49]) ** (1 / 350) == pytest.approx(max(both), abs=2e-3)
    says(LESSON, "which is 0.67 for $\\kappa = 100$")
    kappa = 100
    assert ((kappa**0.5 - 1) / (kappa**0.5 + 1)) ** 2 == pytest.approx(0.67, abs=0.005)


def test_a_rate_that_is_lowered_lets_rmsprop_settle_unless_too_soon(says):
    says(
        LESSON, "It still jumps, by about half the rate on either side, and the rate is now 32 times smaller."
    )
    says(LESSON, "with the rate $0.1 / (1 + t/30)$ the first weight is still almost 0.5 away after 600 steps")

    def ends(rate_at):
        optimizer, w = nn.RMSProp(0.1), np.array([[-10.0], [1.0]])
        for t in range(600):
            optimizer.learning_rate = rate_at(t)
            optimizer.step([w], [np.diag([1.0, 100.0]) @ w])
        return np.abs(w.ravel())

    assert ends(lambda t: 0.1) == pytest.approx([0.05, 0.05], rel=0.01)
    assert ends(lambda t: 0.1 * 0.5 ** (t // 100)) == pytest.approx([0.05 / 32] * 2, rel=0.3)
    assert ends(lambda t: 0.1 / (1 + t / 30))[0] == pytest.approx(0.5, abs=0.05)


def test_the_difference_of_two_optimisers_is_smaller_than_the_larger_of_their_spreads(says):
    says(LESSON, "Adam comes to 0.072 ± 0.016 at the rate 0.015, and momentum to 0.097 ± 0.034 at 1.5")
    adam, momentum = (
        [trained(kind(rate), 50, seed)[0] for seed in range(5)]
        for kind, rate in [(nn.Adam, 0.015), (nn.Momentum, 1.5)]
    )
    stated = [0.072, 0.016, 0.097, 0.034]
    measured = [np.mean(adam), np.std(adam), np.mean(momentum), np.std(momentum)]
    assert measured == pytest.approx(stated, abs=0.0015)
    assert np.mean(momentum) - np.mean(adam) < max(np.std(momentum), np.std(adam))
    says(LESSON, "Gradient descent stays behind all three")
    best = [np.mean([trained(nn.GradientDescent(r), 50, s)[0] for s in range(5)]) for r in (0.3, 0.5, 0.7)]
    assert min(best) > 0.2


def test_the_examples_of_the_new_functions(says):
    noise, rate, fair = (
        exercises.get(name).parts[0].reference
        for name in ("batch-noise", "largest-stable-rate", "fair-comparison")
    )
    says(LESSON, "so the result is 0.5. With `batch_size=1` it is 0.559")
    assert noise(np.array([[1.0, 3, 5, 7]]), 2) == 0.5
    assert noise(np.array([[1.0, 3, 5, 7]]), 1) == pytest.approx(0.559, abs=5e-4)
    says(LESSON, "is 0.019 and `[0.1461, 0.9003, 1371.2]`")
    largest, growth = rate(np.diag([1.0, 100.0]), np.array([[-10.0], [1.0]]), [0.019, 0.001, 0.021], 100)
    assert largest == 0.019 and growth == pytest.approx([0.1461, 0.9003, 1371.2], rel=1e-3)
    says(LESSON, "the result is `best = [0]`, `mean = [0.5]`, `spread = [0.1]`")
    found = fair(np.array([[[0.4, 0.6], [0.1, np.nan]]]))
    assert [part.round(12).tolist() for part in found] == [[0], [0.5], [0.1]]
