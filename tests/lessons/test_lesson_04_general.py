"""General sentences of lesson 04: over every known mistake of lesson 02, other networks, nudges and sizes."""

import ast
import warnings

import numpy as np
import pytest

from mlcourse import exercises, nn
from mlcourse.exercises import clinic
from mlcourse.exercises.edits import assigned
from mlcourse.explorers import GradientCheckCurve
from mlcourse.explorers.gradient_check_curve import EPSILONS, KINDS
from mlcourse.nn.gradient_check import relative_difference

LESSON = "04-gradient-checking"
LOSS = nn.binary_cross_entropy_from_logits
PART = exercises.get("backward-propagation").parts[0]
FORWARD = exercises.get("forward-propagation").parts[0].reference
ORDER = ["dW2", "db2", "dW1", "db1"]


def network(seed, n0=4, n1=5, m=7):
    rng = np.random.default_rng(seed)
    W1, W2 = np.sqrt(2 / n0) * rng.normal(size=(n1, n0)), np.sqrt(2 / n1) * rng.normal(size=(1, n1))
    parameters = [W1, 0.3 * rng.normal(size=(n1, 1)), W2, 0.3 * rng.normal(size=(1, 1))]
    return rng.normal(size=(n0, m)), (rng.random((1, m)) < 0.5).astype(float), parameters


def run(function, X, Y, parameters):
    """Gradients by a backward pass, right or wrong; None if it stops."""
    cache = FORWARD(X, *parameters)[1]
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return function(Y.copy(), cache, *(p.copy() for p in parameters))
        except Exception:
            return None


def fitting(found, right):
    return all(np.shape(found[name]) == right[name].shape for name in ORDER)


def differences(found, right):
    return [relative_difference(found[name], right[name]) for name in ORDER]


@pytest.fixture(scope="module")
def wrong():
    """What each known mistake returns on six networks, beside the right gradients."""
    cases = [network(seed) for seed in range(6)]
    rights = [run(PART.reference, *case) for case in cases]
    return cases, rights, {m.name: [run(m.function, *case) for case in cases] for m in PART.mistakes}


def loss_after(case, gradients, rate):
    X, Y, parameters = case
    moved = [p - rate * gradients[f"d{n}"] for n, p in zip(("W1", "b1", "W2", "b2"), parameters, strict=True)]
    Z2 = FORWARD(X, *moved)[1]["Z2"]
    return np.mean(np.logaddexp(0, Z2) - Y * Z2)


def test_a_wrong_gradient_seldom_stops_and_mostly_points_downhill(says, wrong):
    says(LESSON, "One in twenty stops the backward pass, one in four returns a wrong shape")
    says(LESSON, "a small step along what the others return goes down in five cases of six")
    cases, rights, found = wrong
    assert len(found) > 70
    stops = [name for name, runs in found.items() if any(run is None for run in runs)]
    shapes = [n for n, runs in found.items() if n not in stops and not fitting(runs[0], rights[0])]
    assert len(stops) / len(found) == pytest.approx(0.05, abs=0.02)
    assert len(shapes) / len(found) == pytest.approx(0.25, abs=0.03)
    falls = [
        loss_after(case, run, 1e-3) < loss_after(case, run, 0)
        for name, runs in found.items()
        if name not in stops + shapes
        for case, run in zip(cases, runs, strict=True)
    ]
    assert np.mean(falls) == pytest.approx(5 / 6, abs=0.04)


def test_the_first_wrong_gradient_in_the_order_of_the_way_back_holds_the_mistake_or_follows_it(says, wrong):
    says(LESSON, "so the mistake is in the first gradient that is wrong in *this* order, or just before it")
    made_of = {"dZ2": "dW2", "dA1": "dW1", "dZ1": "dW1"}  # the first gradient that each step goes into
    _, rights, found = wrong
    lines = {
        name: {id(node) for statement in statements for node in ast.walk(statement)}
        for name, statements in assigned(PART.reference).items()
    }
    seen = 0
    for mistake in PART.mistakes:
        runs = found[mistake.name]
        changed = getattr(mistake, "edit", None)
        if changed is None or runs[0] is None or not fitting(runs[0], rights[0]):
            continue
        steps = [n for n in (*ORDER, *made_of) if any(id(node) in lines[n] for node in changed.changes)]
        expected = min((made_of.get(step, step) for step in steps), key=ORDER.index, default=None)
        for run_, right in zip(runs, rights, strict=True):
            off = [n for n, d in zip(ORDER, differences(run_, right), strict=True) if d > 1e-4]
            if off and expected:
                seen += 1
                assert off[0] == expected, mistake.name
    assert seen > 100


def test_the_relative_difference_is_0_for_equal_arrays_and_at_most_1(says):
    says(LESSON, "It is 0 if they are equal, and at most 1.")
    difference = exercises.get("relative-difference").parts[0].reference
    rng = np.random.default_rng(5)
    for size in (1, 3, 1000):
        for shift in (0, 1, 100):
            a, b = rng.normal(size=(2, size)) * 10.0 ** rng.integers(-9, 9, (2, 1)) + shift
            assert difference(a, a) == 0 < difference(a, b) <= 1 and difference(a, -a) == 1


def test_equal_differences_mean_a_factor(says, wrong):
    says(LESSON, "If all relative differences are equal, probably a factor is missing or too much")
    _, rights, found = wrong
    seen = 0
    for name, runs in found.items():
        for got, right in zip(runs, rights, strict=True):
            if got is None or not fitting(got, right):
                continue
            d = differences(got, right)
            if max(d) - min(d) < 1e-9 and any(np.any(got[n]) for n in ORDER):
                factors = np.concatenate([(got[n][right[n] != 0] / right[n][right[n] != 0]) for n in ORDER])
                seen += 1
                assert np.ptp(factors) < 1e-9, name
    assert seen > 20


def test_what_passes_every_single_example_and_fails_the_batch_is_in_the_mean(says):
    says(LESSON, "If every single one passes, the mistake is in the mean or in the sum over the batch")
    passing = set()
    for mistake in PART.mistakes:
        passes = []
        for seed in range(4):
            X, Y, parameters = network(seed)
            single = [(X[:, [i]], Y[:, [i]], parameters) for i in range(X.shape[1])]
            pairs = [(run(mistake.function, *case), run(PART.reference, *case)) for case in single]
            passes.append(
                all(f and fitting(f, right) and max(differences(f, right)) < 1e-7 for f, right in pairs)
            )
            got = run(mistake.function, X, Y, parameters)
            right = run(PART.reference, X, Y, parameters)
            passes[-1] &= got is None or not fitting(got, right) or max(differences(got, right)) > 1e-7
        if all(passes):
            passing.add(mistake.name)
    assert len(passing) > 5
    assert all("mean" in name for name in passing - {"m-minus-one", "biases-not-summed"})


def test_a_value_in_the_middle_changes_with_the_nudge_unless_the_gradient_is_wrong(says):
    says(LESSON, "A value in the middle that changes with $\\varepsilon$ comes from the difference.")
    for seed in range(4):
        rng = np.random.default_rng(seed)
        net = nn.Network.dense([4, 6, 1], "tanh", rng=rng)
        for parameter in net.parameters():
            parameter[...] = rng.standard_normal(parameter.shape)
        X, Y = rng.standard_normal((4, 30)), (rng.random((1, 30)) < 0.5).astype(float)
        _, dZ = LOSS(net.forward(X), Y)
        net.backward(dZ)
        right = np.concatenate([g.ravel() for g in net.gradients()])
        by_nudge = [
            np.concatenate([g.ravel() for g in nn.numerical_gradients(net, X, Y, LOSS, epsilon=e)])
            for e in (3e-3, 1e-3, 1e-4, 1e-5)
        ]
        good = [relative_difference(right, n) for n in by_nudge]
        assert 1e-7 < good[0] < 1e-4 and good[1] < good[0] / 5
        bug = np.where(np.arange(right.size) == np.argmax(np.abs(right)), right * 1.00002, right)
        bad = [relative_difference(bug, n) for n in by_nudge[2:]]
        assert 1e-7 < bad[1] < 1e-4 and bad[0] == pytest.approx(bad[1], rel=0.1)


@pytest.mark.parametrize("seed", [1, 2])
def test_one_weight_of_thousands_shows_in_some_directions_and_a_layer_in_all(says, seed):
    says(LESSON, "Most others show in some directions only.")
    rng = np.random.default_rng(seed)
    net = nn.Network.dense([64, 128, 1], rng=rng)
    for b in net.parameters()[1::2]:
        b[...] = 0.5 * rng.standard_normal(b.shape)
    X = rng.standard_normal((64, 200))
    _, dZ = LOSS(net.forward(X), (X[:1] * X[1:2] > 0).astype(float))
    net.backward(dZ)
    g = [gradient.copy() for gradient in net.gradients()]
    shows, layer = [], []
    for k in range(20):
        u = [np.random.default_rng(k).standard_normal(p.shape) for p in g]
        length = np.sqrt(sum(np.sum(part**2) for part in u))
        true = sum(np.sum(a * b) for a, b in zip(g, u, strict=True)) / length
        seen = lambda wrong, true=true: np.abs(wrong) / (abs(true) + np.abs(true + wrong)) > 1e-4  # noqa: E731
        shows.append(seen(0.5 * g[0] * u[0] / length))
        layer.append(seen(0.5 * np.sum(g[0] * u[0]) / length))
    assert all(layer)
    share = np.mean(shows, axis=0)[g[0] != 0]
    assert np.mean((share > 0) & (share < 1)) > 0.7


def test_the_longer_the_nudge_the_more_parameters_are_in_danger(says):
    says(LESSON, "The longer the nudge, the more parameters are in danger.")
    explorer = GradientCheckCurve()
    kinks = [explorer.compute(1e-3, "random", seed).kinks for seed in range(21)]
    for row in kinks[:6]:
        assert (np.diff(row) >= 0).all()
    says(LESSON, "With seed 0, move ε to 0.01. Some parameters jump by many powers of ten.")
    says(
        LESSON,
        "a nudge of 0.01 is long enough to carry an input of ReLU over its kink; for the seeds 1 to 20",
    )
    at = np.isclose(EPSILONS, 0.01)
    assert [int(row[at][0]) > 0 for row in kinks] == [True] + [False] * 20
    before, after = (explorer.compute(epsilon, "random", 0).each for epsilon in (1e-3, 1e-2))
    assert np.sum(after > 1e4 * before) == kinks[0][at][0] >= 2


def test_a_good_nudge_for_float64_is_too_small_for_float32_on_a_network_too(says):
    says(LESSON, "about a hundred times, for seeds 1 to 7 from 470 to 2,000 times")
    says(LESSON, "the lowest point of the curve *central, float64*. How far above *its* lowest point is")
    assert KINDS[0] == "central, float64" and KINDS[2] == "central, float32"
    errors = [GradientCheckCurve().compute(1e-3, "random", seed).errors for seed in range(8)]
    above = [single[double.argmin()] / single.min() for double, _, single in errors]
    assert above[0] == pytest.approx(100, rel=0.2)
    assert [min(above[1:]), max(above[1:])] == pytest.approx([470, 2000], rel=0.05)


def test_patients_three_and_four_stop_where_all_sizes_differ(says):
    says(LESSON, "the update would stop with an error at the first step, which is kinder.")
    says(LESSON, "always test with sizes that are all different")
    for n0, n1, m in ((2, 3, 5), (6, 4, 9), (5, 7, 3)):
        X, Y, parameters = network(0, n0, n1, m)
        found = run(clinic.BROKEN[3], X, Y, parameters)
        with pytest.raises(ValueError, match="broadcast"):
            parameters[0] - 0.1 * found["dW1"]
        assert run(clinic.BROKEN[4], X, Y, parameters) is None


def test_a_line_does_not_get_below_log_2_on_xor(says):
    says(LESSON, "Training on XOR does not get below $\\log 2 \\approx 0.6931$.")
    X, Y = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0.0, 1, 1, 0]])
    for w in np.random.default_rng(0).normal(scale=3, size=(500, 3)):
        Z = w[:2] @ X + w[2]
        assert np.mean(np.logaddexp(0, Z) - Y * Z) >= np.log(2)


def test_the_usual_nudge_is_near_the_best_in_float64_and_far_off_in_float32(says):
    says(LESSON, "So the usual $\\varepsilon = 10^{-5}$ is a good nudge in float64 and a bad one in float32.")
    nudges = 10.0 ** np.arange(-9, 0, 0.5)
    for f, slope in ((np.sin, np.cos), (np.exp, np.exp), (np.tanh, lambda x: 1 - np.tanh(x) ** 2)):
        off = {np.float64: [], np.float32: []}
        for x in np.random.default_rng(0).uniform(0.3, 2, 12):
            for kind, factors in off.items():
                h, at = nudges.astype(kind), kind(x)
                error = np.abs(((f(at + h) - f(at - h)) / (2 * h)).astype(float) - slope(float(at)))
                factors.append(error[np.isclose(nudges, 1e-5)][0] / error.min())
        assert np.median(off[np.float64]) < 30 < np.median(off[np.float32])
