"""Sentences of lesson 04 that state a number or an observation, each computed here."""

import numpy as np
import pytest

from mlcourse import datasets, exercises, nn
from mlcourse.exercises import clinic
from mlcourse.nn.gradient_check import relative_difference

LESSON = "04-gradient-checking"
X, Y = datasets.xor()
LOSS = nn.binary_cross_entropy_from_logits


def network(seed, biases="zero"):
    rng = np.random.default_rng(seed)
    net = nn.Network.dense([2, 4, 1], rng=rng)
    for b in net.parameters()[1::2]:
        b[...] = 0.5 * rng.standard_normal(b.shape) if biases == "random" else 0
    return net


def flat(arrays):
    return np.concatenate([array.ravel() for array in arrays])


def difference(net):
    """Without a look at kinks, as in the lesson, but one parameter after the other."""
    _, dZ = LOSS(net.forward(X), Y)
    net.backward(dZ)
    analytical = flat(gradient.copy() for gradient in net.gradients())
    numerical = []
    for parameter in net.parameters():
        for index in np.ndindex(parameter.shape):
            saved, ends = parameter[index], []
            for epsilon in (1e-5, -1e-5):
                parameter[index] = saved + epsilon
                ends.append(LOSS(net.forward(X), Y)[0])
            parameter[index] = saved
            numerical.append((ends[0] - ends[1]) / 2e-5)
    return relative_difference(analytical, np.array(numerical))


def test_the_first_example(says):
    says(LESSON, r"$f$ goes from 8 to 9.261, so the slope seems to be $1.261 / 0.1 = 12.61$")
    assert pytest.approx(12.61) == (2.1**3 - 8) / 0.1
    says(LESSON, r"$f$ goes from 6.859 to 9.261, and $2.402 / 0.2 = 12.01$")
    assert pytest.approx(12.01) == (2.1**3 - 1.9**3) / 0.2
    says(LESSON, r"So the errors are about $6\,\varepsilon$ and $\varepsilon^2$")
    for epsilon in (0.1, 0.01):
        assert ((2 + epsilon) ** 3 - 8) / epsilon - 12 == pytest.approx(6 * epsilon, rel=0.05)
        central = ((2 + epsilon) ** 3 - (2 - epsilon) ** 3) / (2 * epsilon)
        assert central - 12 == pytest.approx(epsilon**2, rel=0.01)


def test_the_best_nudges(says):
    says(LESSON, r"$u \approx 1.1 \cdot 10^{-16}$ for float64 and $u \approx 6.0 \cdot 10^{-8}$ for float32")
    u = [np.finfo(kind).eps / 2 for kind in (np.float64, np.float32)]
    assert u == pytest.approx([1.1e-16, 6.0e-8], rel=0.02)
    says(LESSON, r"near $7 \cdot 10^{-6}$ for float64 and $6 \cdot 10^{-3}$ for float32")
    assert np.cbrt(3 * np.array(u)) == pytest.approx([7e-6, 6e-3], rel=0.1)


def errors_of(kind, epsilons):
    """Error of the central difference of sin at 1, one for each nudge."""
    x = kind(1)
    slopes = [(np.sin(x + kind(e)) - np.sin(x - kind(e))) / (2 * kind(e)) for e in epsilons]
    return np.abs(np.array(slopes, dtype=float) - np.cos(1.0))


@pytest.mark.parametrize(("kind", "best"), [(np.float64, 7e-6), (np.float32, 6e-3)])
def test_the_error_curve_falls_and_rises_again(says, kind, best):
    says(LESSON, "Each curve falls to a lowest point and rises again, like a V.")
    epsilons = 10.0 ** np.arange(-14 if kind is np.float64 else -7, 0.1, 0.25)
    errors = errors_of(kind, epsilons)
    lowest = epsilons[errors.argmin()]
    assert best / 30 < lowest < best * 30
    assert errors[0] > 100 * errors.min() and errors[-1] > 100 * errors.min()


def test_far_on_the_left_the_float32_curve_is_flat(says):
    says(LESSON, r"the error is the whole slope, $\cos 1 \approx 0.54$")
    epsilons = 10.0 ** np.arange(-15, 0.1, 0.25)
    flat = [e for e in epsilons if np.float32(1) + np.float32(e) == np.float32(1) == 1 - np.float32(e)]
    assert len(flat) > 20
    assert errors_of(np.float32, flat) == pytest.approx(np.full(len(flat), np.cos(1)))
    assert np.cos(1) == pytest.approx(0.54, abs=0.005)


def test_the_examples_of_the_exercises(says):
    says(LESSON, "the result is about `[[3, 12]]`")
    assert (3 * np.array([1.0, 2.0]) ** 2 == [3, 12]).all()
    says(LESSON, "for `a = [1, 1]` and `b = [1, 1.002]` it is about 0.000707")
    assert relative_difference(np.array([1, 1.0]), np.array([1, 1.002])) == pytest.approx(0.000707, abs=1e-6)
    says(LESSON, "‖2a‖ / (2‖a‖) = 1, and ‖a‖ / (3‖a‖) = 1/3")
    a = np.arange(1.0, 5)
    assert relative_difference(a, 2 * a) == pytest.approx(1 / 3)
    assert relative_difference(a, -a) == 1


def test_random_biases_pass_and_zero_biases_alarm(says):
    says(LESSON, "Not one passes, and the gradients are right.")
    assert max(difference(network(seed, "random")) for seed in range(50)) < 1e-7
    alarms = [difference(network(seed)) for seed in range(50)]
    assert min(alarms) > 1e-4
    says(LESSON, "All 50 pass now.")
    assert all(nn.gradient_check(network(seed), X, Y, LOSS).passed for seed in range(50))


def test_the_seeds_own_false_alarm_is_still_there_with_its_weights():
    """The same alarm at the two sizes of weights that were measured before this lesson was written."""
    for scale in (0.01, 1.0):
        alarms = []
        for seed in range(50):
            net = nn.Network.dense(
                [2, 4, 1], rng=np.random.default_rng(seed), initializer=nn.scaled_normal(scale)
            )
            alarms.append(difference(net))
        assert 0.1 < np.median(alarms) < 0.3


def test_at_the_kink_the_central_difference_is_one_half(says):
    says(LESSON, "gives the mean of both, 0.5")
    assert (nn.relu(np.array(0.3)) - nn.relu(np.array(-0.3))) / 0.6 == pytest.approx(0.5)


def test_an_example_can_leave_the_kink_in_training(says):
    says(LESSON, "In training the biases move, and the example can leave it.")
    after = []
    for seed in range(20):
        net = network(seed)
        nn.train(net, X, Y, LOSS, nn.GradientDescent(0.5), 10)
        after.append(difference(net) < 1e-7)
    assert any(after) and not all(after)


def test_how_many_slopes_are_zero_on_both_sides(says):
    says(
        LESSON, "about one hidden unit in five is shut for all of them, and some of the others are open only"
    )
    says(LESSON, "where an input is 0. Then 0 is compared with 0")
    shares, shut = [], []
    for seed in range(50):
        net = network(seed, "random")
        open_for = net.layers[0].forward(X) > 0
        shut += list(~open_for.any(axis=1))
        _, dZ = LOSS(net.forward(X), Y)
        net.backward(dZ)
        shares.append(np.mean(flat(net.gradients()) == 0))
        dW1, db1, dW2, _ = net.gradients()  # and these two causes are all there are
        np.testing.assert_array_equal(dW1 != 0, open_for.astype(int) @ (X != 0).T > 0)
        assert [(db1 != 0).ravel().tolist(), (dW2 != 0).ravel().tolist()] == [
            open_for.any(axis=1).tolist()
        ] * 2
    assert np.mean(shut) == pytest.approx(0.2, abs=0.03)
    assert np.mean(shares) == pytest.approx(0.29, abs=0.01) and max(shares) == pytest.approx(0.76, abs=0.01)


def test_one_example_that_opens_all_units_passes_without_the_gate(says):
    says(LESSON, "with the gate of ReLU left out, an example that opens all units passes")
    rng = np.random.default_rng(0)
    W1, W2 = rng.uniform(0.1, 1, size=(4, 2)), rng.normal(size=(1, 4))
    for x, passes in ((np.ones((2, 1)), True), (-np.ones((2, 1)), False)):
        b1 = np.array([[0.3], [-0.01], [2.5], [0.2]])
        Z1 = W1 @ x + b1
        dZ2 = nn.sigmoid(W2 @ nn.relu(Z1)) - 1
        right, without = W2.T @ dZ2 * (Z1 > 0), W2.T @ dZ2
        assert (relative_difference(right @ x.T, without @ x.T) < 1e-7) == passes


def test_the_patients_symptoms(says):
    one, two, _, _, five = (clinic.symptoms(n) for n in range(1, 6))
    says(
        LESSON, "In some network with m = 30 all four gradients are wrong, each with the relative difference"
    )
    assert list(one.gradient_check.values()) == pytest.approx([29 / 31] * 4, abs=1e-4)
    says(LESSON, "A mean taken twice, g/m, gives the same number; it is not among the answers")
    g = np.arange(1.0, 5)
    assert relative_difference(g / 30, g) == pytest.approx(relative_difference(30 * g, g)) == 29 / 31
    assert pytest.approx(0.9355, abs=5e-5) == 29 / 31
    says(LESSON, "At the first step the norm of `dW1` is 30 times what it should be")
    assert one.gradient_norms["dW1"][0] == pytest.approx(30 * one.healthy_norms["dW1"][0])
    says(LESSON, "Four such steps throw all hidden units over to where they are shut for every example.")
    assert one.gradient_norms["dW1"][:4].all() and not one.gradient_norms["dW1"][4:].any()
    says(LESSON, "the loss jumps between 1.17 and 1.99 at every step")
    assert np.sort(one.losses[-2:]) == pytest.approx([1.17, 1.99], abs=0.005)
    assert (np.abs(np.diff(one.losses[-20:])) > 0.8).all()
    says(LESSON, "Patient 2 learns, though here more slowly than the healthy network.")
    assert two.losses[0] > two.losses[-1] > two.healthy_losses[-1]
    says(
        LESSON, "Patient 5 passes the check of every gradient that can be compared, takes one step, and dies"
    )
    compared = [value for value in five.gradient_check.values() if not np.isnan(value)]
    assert len(compared) == 3 and max(compared) < 1e-7 and len(five.losses) == 1 and five.error


def test_the_learners_diagnosis_names_what_the_clinic_has():
    """Of the five, two have the same name: a wrong hidden slope."""
    diagnosis = exercises.get("diagnosis").parts[0].reference
    expected = {
        1: "no mean over the batch",
        2: "wrong hidden slope",
        3: "wrong transpose",
        4: "wrong hidden slope",
        5: "dimension mismatch",
    }
    for n, name in expected.items():
        n0, n1, m = clinic.symptoms(n).sizes
        rng = np.random.default_rng(n)
        values = [rng.normal(size=shape) for shape in [(n1, n0), (n1, 1), (1, n1), (1, 1)]]
        inputs, labels = rng.normal(size=(n0, m)), (rng.random((1, m)) < 0.5).astype(float)
        Z1 = values[0] @ inputs + values[1]
        A1 = nn.relu(Z1)
        Z2 = values[2] @ A1 + values[3]
        cache = {"X": inputs, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": nn.sigmoid(Z2)}
        right = clinic.healthy(labels, cache, *values)
        found = clinic.BROKEN[n](labels, cache, *values)  # some hand back a step of their own as well
        assert diagnosis({gradient: found[gradient] for gradient in right}, right, m) == name


def test_a_random_direction_needs_two_evaluations_and_gives_the_slope_along_it(says, displayed):
    formula = r"\frac{J(\theta + \varepsilon d) - J(\theta - \varepsilon d)}{2 \varepsilon} \approx g \cdot d"
    assert formula in displayed(LESSON)
    says(LESSON, "The next network has 8,449 parameters.")
    rng = np.random.default_rng(3)
    assert sum(array.size for array in nn.Network.dense([64, 128, 1], rng=rng).parameters()) == 8449
    a, theta = rng.normal(size=(2, 30))
    J = lambda theta: np.sum(np.sin(a * theta)) + np.sum(theta) ** 2  # noqa: E731
    g = a * np.cos(a * theta) + 2 * np.sum(theta)
    for _ in range(10):
        u = rng.normal(size=30)
        u /= np.linalg.norm(u)
        assert (J(theta + 1e-5 * u) - J(theta - 1e-5 * u)) / 2e-5 == pytest.approx(g @ u, rel=1e-6, abs=1e-7)


def test_which_sizes_hide_a_bug(says):
    says(LESSON, "For patient 3, `n0` and `n1` are equal.")
    n0, n1, _ = clinic.symptoms(3).sizes
    assert n0 == n1
    says(LESSON, "For patient 4, `m` and `n1` are equal.")
    _, n1, m = clinic.symptoms(4).sizes
    assert m == n1


def test_a_nudge_that_float32_does_not_see(says):
    says(LESSON, r"Just below 1, the numbers of float32 lie $6 \cdot 10^{-8}$ apart.")
    assert 1 - np.nextafter(np.float32(1), np.float32(0)) == pytest.approx(6e-8, rel=0.01)
