"""General sentences of lesson 03, over other sizes, rates, data and seeds than those shown."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from mlcourse import datasets, exercises, nn

LESSON = "03-training"
X, Y = datasets.xor()
ENDS = np.array([0, np.log(2) / 2, 0.75 * np.log(3) - 0.5 * np.log(2), np.log(2)])
regime = exercises.get("regimes").parts[0].reference


@pytest.fixture(autouse=True)
def one_thread():
    """Small matrices: several threads of several test processes would only wait for each other."""
    with threadpool_limits(1):
        yield


def train(starts, X, Y, rates, epochs):
    """Train many networks at once, one rate for each; return parameters and losses (networks, epochs + 1)."""
    W1, b1, W2, b2 = (np.stack(parts) for parts in zip(*starts, strict=True))
    rates, losses = np.broadcast_to(rates, len(W1))[:, None, None], []
    for epoch in range(epochs + 1):
        Z1 = W1 @ X + b1
        A1 = np.maximum(0, Z1)
        Z2 = W2 @ A1 + b2
        losses.append((np.logaddexp(0, Z2) - Y * Z2).mean(axis=(1, 2)))
        if epoch == epochs:
            return (W1, b1, W2, b2), np.array(losses).T
        dZ2 = (1 / (1 + np.exp(-np.clip(Z2, -500, 500))) - Y) / Y.size
        dZ1 = np.swapaxes(W2, 1, 2) @ dZ2 * (Z1 > 0)
        W2 = W2 - rates * dZ2 @ np.swapaxes(A1, 1, 2)
        b2 = b2 - rates * dZ2.sum(axis=2, keepdims=True)
        W1 = W1 - rates * dZ1 @ X.T
        b1 = b1 - rates * dZ1.sum(axis=2, keepdims=True)
    raise AssertionError


def starts(hidden, seeds):
    return [nn.Network.dense([2, hidden, 1], rng=np.random.default_rng(s)).parameters() for s in seeds]


@pytest.mark.parametrize(
    ("hidden", "rate", "epochs"), [(2, 1, 1500), (4, 0.1, 6000), (4, 2, 1500), (6, 1, 1500), (8, 5, 1500)]
)
def test_every_network_ends_at_one_of_four_losses(says, hidden, rate, epochs):
    says(LESSON, "all that we tried do, with 2 to 10 units, at rates from 0.1 to 5")
    (W1, b1, _, _), losses = train(starts(hidden, range(60)), X, Y, rate, epochs)
    state = np.abs(losses[:, -1:] - ENDS).argmin(axis=1)
    assert (np.abs(losses[:, -1] - ENDS[state]) < 0.02).all()
    says(
        LESSON, "Where the floor is 0, the network can still shut out examples later; none of these 300 does."
    )
    is_open = W1 @ X + b1 > 1e-12
    silent = ~is_open.any(axis=1)
    line = (is_open.all(axis=2) | ~is_open.any(axis=2)).all(axis=1)
    for k in np.flatnonzero(state):
        shut = silent[k]
        mixed = shut.any() and 0 < Y[0, shut].mean() < 1
        assert mixed or line[k]


def floors(W1, b1):
    floor = exercises.get("gates").parts[1].reference
    return np.array([floor(X, Y, {"W1": w, "b1": b}) for w, b in zip(W1, b1, strict=True)])


def test_the_gates_of_a_half_trained_network_often_tell_where_it_will_end(says):
    says(LESSON, "The gates often tell long before the end where a network will end.")
    says(LESSON, "At other rates or with two units a few shut out another example after epoch 500.")
    told = []
    for hidden, rate in ((2, 1), (4, 1)):
        (W1, b1, *_), _ = train(starts(hidden, range(150)), X, Y, rate, 500)
        early = floors(W1, b1)
        _, losses = train(starts(hidden, range(150)), X, Y, rate, 2000)
        told.append(np.abs(losses[early > 0, -1] - early[early > 0]) < 0.02)
    together = np.concatenate(told)
    assert 0.95 < together.mean() <= 1


def test_the_earlier_the_gates_are_asked_the_less_they_tell(says):
    says(LESSON, "Of the 68 that have one at epoch 50, 60 do; after the first step, 8 of 23.")
    end = train(starts(4, range(300)), X, Y, 0.5, 2000)[1][:, -1]
    for epochs, with_a_floor, told in ((50, 68, 60), (1, 23, 8)):
        (W1, b1, *_), _ = train(starts(4, range(300)), X, Y, 0.5, epochs)
        early = floors(W1, b1)
        found = (early > 0).sum(), (np.abs(end - early)[early > 0] < 0.02).sum()
        assert found == pytest.approx((with_a_floor, told), abs=2)  # another processor may round otherwise


def test_a_rate_that_jumps_often_ends_lower(says):
    says(LESSON, "from eight of the starts with the seeds 0 to 11 the rate 5 ends below it")
    moons = datasets.moons(200, 0.2, np.random.default_rng(3))
    each = [start for start in starts(8, range(12)) for _ in range(2)]
    ends = train(each, *moons, np.tile([1, 5], 12), 500)[1][:, 499].reshape(12, 2)
    assert (ends[:, 1] < ends[:, 0]).sum() == pytest.approx(8, abs=1) and ends[0, 0] < ends[0, 1]


def test_units_that_start_equal_stay_copies_of_each_other(says):
    says(LESSON, "They stay copies of each other for ever, and three of them are no better than one.")
    moons = datasets.moons(50, 0.2, np.random.default_rng(0))
    for activation, units in (("relu", 3), ("tanh", 5)):
        for seed in range(3):
            rng = np.random.default_rng(seed)
            network = nn.Network.dense([2, units, 1], activation, rng=rng)
            W1, b1, W2, _ = network.parameters()
            W1[...], b1[...], W2[...] = rng.normal(size=(1, 2)), rng.normal(), rng.normal()
            nn.train(network, *moons, nn.binary_cross_entropy_from_logits, nn.GradientDescent(0.3), 300)
            assert np.abs(W1 - W1[0]).max() < 1e-9 and np.ptp(b1) < 1e-9 and np.ptp(W2) < 1e-9


def test_more_units_solve_xor_more_often_at_other_rates_too(says):
    says(LESSON, "the more draws, the rarer a start with too few useful units among them")
    for rate in (0.5, 1.0):
        ends = [train(starts(h, range(60)), X, Y, rate, 1000)[1][:, -1] for h in (2, 4, 8)]
        solved = [np.sum(losses < 0.1) for losses in ends]
        assert solved[0] < solved[1] < solved[2]


def test_what_each_regime_wants(says):
    says(LESSON, "three times the rate ended lower for nearly every run that crawls")
    says(LESSON, "a third of the rate for 89 of 90 that diverge")
    says(LESSON, "A run that oscillates lies near the border, and there you have to try both sides.")
    rates = 0.01 * np.sqrt(3) ** np.arange(16)
    better = {name: {3: [], -3: []} for name in ("crawls", "converges", "oscillates", "diverges")}
    moons = datasets.moons(200, 0.2, np.random.default_rng(3))
    for data in (moons, datasets.circles(200, 0.1, np.random.default_rng(0)), (X, Y)):
        for hidden in (4, 8):
            each = [start for start in starts(hidden, range(5)) for _ in rates]
            _, runs = train(each, *data, np.tile(rates, 5), 500)
            for losses in runs.reshape(5, 16, -1):
                for k, run in enumerate(losses):
                    found = better[regime(run)]
                    found[3].append(k < 14 and losses[k + 2, -1] < run[-1])
                    found[-3].append(k >= 2 and losses[k - 2, -1] < run[-1])
    assert np.mean(better["crawls"][3]) > 0.98 and len(better["crawls"][3]) > 150
    assert sum(better["diverges"][-3]) >= len(better["diverges"][-3]) - 3
    counts = len(better["oscillates"][3]), sum(better["oscillates"][-3]), sum(better["oscillates"][3])
    assert counts == pytest.approx((70, 31, 22), abs=4)  # another processor may round one to another side
