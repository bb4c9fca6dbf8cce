"""Sentences of lesson 02 that state a number which no cell computes, each computed here."""

import warnings

import numpy as np
import pytest

from mlcourse import exercises, nn
from mlcourse.explorers import LearningRate

LESSON = "02-two-layer-network"

W1 = np.array([[0.5, -0.5], [1.0, 0.5], [-0.5, 0.25]])
b1 = np.array([[0.1], [-0.2], [0.3]])
W2 = np.array([[0.8, -0.5, 1.0]])
b2 = np.array([[0.1]])
X = np.array([[1.0, -1.0, 0.5, 2.0], [2.0, 1.0, -1.5, 0.5]])
Y = np.array([[1.0, 0.0, 0.0, 1.0]])


def network(rate=0.0):
    """The lesson's network, after one step of this rate."""
    rng = np.random.default_rng(0)
    net = nn.Network([nn.Dense(2, 3, rng), nn.ReLU(), nn.Dense(3, 1, rng)])
    for parameter, value in zip(net.parameters(), [W1, b1, W2, b2], strict=True):
        parameter[...] = value
    _, dZ = nn.binary_cross_entropy_from_logits(net.forward(X), Y)
    net.backward(dZ)
    for parameter, gradient in zip(net.parameters(), net.gradients(), strict=True):
        parameter -= rate * gradient
    return net


def loss(rate=0.0):
    return nn.binary_cross_entropy_from_logits(network(rate).forward(X), Y)[0]


def squares():
    return sum(np.sum(gradient**2) for gradient in network().gradients())


def test_no_number_of_the_lesson_stands_on_a_kink():
    Z1 = W1 @ X + b1
    assert np.abs(Z1).min() > 0.25


def test_all_four_examples_are_on_the_wrong_side(says):
    says(LESSON, "puts all four of its examples on the wrong side")
    assert not ((nn.sigmoid(network().forward(X)) > 0.5) == Y).any()


def test_the_examples_of_the_statements(says):
    says(LESSON, "is `[[0.1192, 0.5, 0.8808]]`")
    np.testing.assert_allclose(nn.sigmoid(np.array([-2.0, 0.0, 2.0])), [0.1192, 0.5, 0.8808], atol=5e-5)
    says(LESSON, "`A2` is `[[0.3775, 0.7595, 0.7271, 0.4391]]`")
    A2 = nn.sigmoid(network().forward(X))
    np.testing.assert_allclose(A2, [[0.3775, 0.7595, 0.7271, 0.4391]], atol=5e-5)
    says(LESSON, "give 0.1643, the mean of 0.1054 and 0.2231")
    assert nn.binary_cross_entropy([[0.9, 0.2]], [[1, 0]]) == pytest.approx(0.1643, abs=5e-5)
    np.testing.assert_allclose(-np.log([0.9, 0.8]), [0.1054, 0.2231], atol=5e-5)
    says(LESSON, "`dW2` is `[[0.0808, -0.5676, 0.1527]]`")
    np.testing.assert_allclose(network().gradients()[2], [[0.0808, -0.5676, 0.1527]], atol=5e-5)
    says(LESSON, "becomes `[[0.7596, -0.2162, 0.9236]]`")
    np.testing.assert_allclose(
        W2 - 0.5 * np.array([[0.0808, -0.5676, 0.1527]]), [[0.7596, -0.2162, 0.92365]], atol=5e-5
    )


def test_numbers_of_the_derivation(says):
    a2 = nn.sigmoid(np.array(-0.5)).item()
    for sentence, value, digits in [
        (r"$-\log 0.3775 \approx 0.974$", -np.log(a2), 3),
        (r"$-1/a^{[2]} = -1/0.3775 \approx -2.65$", -1 / a2, 2),
        (r"$0.3775 \cdot 0.6225 \approx 0.235$", a2 * (1 - a2), 3),
        (r"$dz^{[2]} = -2.6487 \cdot 0.2350 \approx -0.6225$", a2 - 1, 4),
        (r"$-0.6225 \cdot 1.8 \approx -1.12$", (a2 - 1) * 1.8, 2),
        (r"$da^{[1]}_2 = -0.5 \cdot (-0.6225) \approx 0.311$", -0.5 * (a2 - 1), 3),
        (r"$-0.6225 \cdot 2 \approx -1.245$", (a2 - 1) * 2, 3),
    ]:
        says(LESSON, sentence)
        stated = sentence.rstrip("$").split()[-1]
        assert f"{value:.{digits}f}" == stated
    says(LESSON, "at $z = 40$ and the label 0 the sigmoid rounds to 1, and the first way divides by zero")
    a = nn.sigmoid(np.array(40.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        assert a == 1 and np.isnan(a / (a * (1 - a)) * a * (1 - a))


def test_a_coin_has_a_lower_loss_than_the_network(says):
    says(LESSON, r"would give $J = \log 2 = 0.6931$, so this network does worse than a coin")
    assert nn.binary_cross_entropy(np.full((1, 4), 0.5), Y) == pytest.approx(0.6931, abs=5e-5)
    assert loss() > np.log(2)


def test_exp_of_minus_the_mean_loss_is_the_geometric_mean_of_the_true_labels_probabilities(says):
    says(LESSON, "the geometric mean over the batch")
    A2 = nn.sigmoid(network().forward(X))
    assert np.exp(-loss()) == pytest.approx(np.prod(np.where(Y == 1, A2, 1 - A2)) ** (1 / 4))


def test_an_epsilon_inside_the_logarithm_changes_the_slope_by_one_percent(says):
    says(LESSON, r"the slope is $-1\,000\,000$; with 1e-8 inside the logarithm it is $-990\,099$")
    assert round(-1 / 1e-6) == -1_000_000
    assert round(-1 / (1e-6 + 1e-8)) == -990_099


def test_a_logarithm_kept_from_zero_is_the_logarithm_elsewhere(says):
    says(LESSON, "For every larger argument nothing changes.")
    above = np.finfo(float).tiny * np.array([1.0000001, 10.0, 1e100, 1e308])
    np.testing.assert_array_equal(np.log(np.maximum(above, np.finfo(float).tiny)), np.log(above))


def test_both_fractions_of_the_sigmoid_overflow_on_one_side(says):
    says(LESSON, r"unsafe for large negative $z$")
    for overflowing in (lambda: 1 / (1 + np.exp(-np.float64(-1000))), lambda: np.exp(np.float64(1000)) / 2):
        with pytest.warns(RuntimeWarning, match="overflow"):
            overflowing()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.exp(-np.abs(np.array([-1000.0, 1000.0])))


def test_showing_every_example_twice_leaves_the_mean_and_doubles_the_sum(says):
    says(LESSON, "With the sum, twice the data would mean steps twice as long")
    net = network()
    once = [gradient.copy() for gradient in net.gradients()]
    _, dZ = nn.binary_cross_entropy_from_logits(net.forward(np.tile(X, 2)), np.tile(Y, 2))
    net.backward(dZ)
    for twice, before in zip(net.gradients(), once, strict=True):
        np.testing.assert_allclose(twice, before, atol=1e-14)
        np.testing.assert_allclose(8 * twice, 2 * (4 * before), atol=1e-13)


def test_a_shut_unit_has_no_slope_anywhere(says):
    says(LESSON, "Its row of $dW^{[1]}$ and its entry of $db^{[1]}$")
    net = network()
    net.parameters()[1][0] = -100.0
    _, dZ = nn.binary_cross_entropy_from_logits(net.forward(X), Y)
    net.backward(dZ)
    dW1, db1, dW2, _ = net.gradients()
    assert not dW1[0].any() and not db1[0].any() and not dW2[:, 0].any()


def test_one_step_moves_every_prediction_towards_its_label_and_two_are_right(says):
    says(LESSON, "All four predictions moved towards their labels, and two of them are now on the right side")
    before, after = nn.sigmoid(network().forward(X)), nn.sigmoid(network(0.5).forward(X))
    assert (np.abs(after - Y) < np.abs(before - Y)).all()
    assert ((after > 0.5) == Y).sum() == 2


def test_what_the_table_of_rates_shows(says):
    says(LESSON, "the real gain is 99.5 % of the promised one")
    assert (loss() - loss(0.01)) / (0.01 * squares()) == pytest.approx(0.995, abs=5e-4)
    says(LESSON, "From the rate 2 on, the promise cannot be kept")
    assert 1 * squares() < loss() < 2 * squares()
    says(LESSON, "The step still helps at 2 and at 5")
    assert max(loss(2), loss(5)) < loss()
    says(LESSON, "to about twice what it was, and at 20 to sixteen times")
    assert loss(10) / loss() == pytest.approx(2, abs=0.1)
    assert loss(20) / loss() == pytest.approx(16, abs=0.5)
    says(LESSON, r"(Exactly, from $1.1302 / 0.6981 \approx 1.62$ on.)")
    assert [round(float(v), 4) for v in (loss(), squares())] == [1.1302, 0.6981]
    assert loss() / squares() == pytest.approx(1.62, abs=5e-3)
    says(LESSON, "(Exactly, the loss rises from a rate between 8.5 and 8.6 on.)")
    assert loss(8.5) < loss() < loss(8.6)


def test_a_gradient_without_the_mean_promises_four_times_the_gain_that_comes(says):
    says(LESSON, "forget the 1/m, and it promises four times the gain that comes")
    m, rate = 4, 0.0001
    promised, gain = rate * m**2 * squares(), loss() - loss(rate * m)
    assert promised / gain == pytest.approx(4, abs=0.01)


def test_the_loss_falls_and_then_rises_along_the_step(says):
    says(LESSON, "The step went down, past the lowest point and up the other side")
    losses = np.array([loss(rate) for rate in np.linspace(0, 20, 81)])
    lowest = losses.argmin()
    assert (np.diff(losses[: lowest + 1]) < 0).all() and (np.diff(losses[lowest:]) > 0).all()


def test_the_gain_of_a_small_step_is_the_rate_times_the_squared_slopes(says, displayed):
    assert r"J_{\text{after}} \approx J - \alpha \sum_{k=1}^{13} g_k^2" in displayed(LESSON)
    errors = [abs(loss(rate) - (loss() - rate * squares())) / rate for rate in (1e-3, 1e-4, 1e-5)]
    assert errors[1] < errors[0] / 8 and errors[2] < errors[1] / 8


def test_a_rate_a_thousand_times_smaller_tells_a_long_step_from_a_wrong_gradient(says):
    says(LESSON, "Try one that is 1000 times smaller")
    assert loss(10) > loss() > loss(10 / 1000)
    assert loss() - loss(10 / 1000) == pytest.approx(10 / 1000 * squares(), rel=0.01)


def one_step_on(surface, rate):
    return LearningRate().compute(rate, 1, surface).losses


def test_what_the_learner_finds_with_the_learning_rate_explorer(says):
    explorer = LearningRate()
    valley = explorer.values["surface"]
    says(LESSON, "The loss falls from 6.84 to 1.81, although the slopes promised more than it had to lose")
    assert "from 6.84 to 1.81" in explorer.set(steps=1, learning_rate=0.1).summary
    assert "changed by -8.14" in explorer.summary
    says(LESSON, "computed, from between 0.26 and 0.27 on")
    says(LESSON, "the slider's 0.251, where one step still lowers the loss, and 0.282, where it raises it")
    slider = explorer.settings["learning_rate"]
    lower, higher = (slider.at(notch) for notch in (48, 49))  # 0.251 and 0.282
    for rate, falls in ((lower, True), (0.26, True), (0.27, False), (higher, False)):
        before, after = one_step_on(valley, rate)
        assert (after < before) == falls
    says(LESSON, "Above 0.25 (the slider's 0.251 is the first such rate) it swings out further each time")
    assert "diverges" in explorer.set(steps=50, learning_rate=lower).summary
    assert "oscillates" in explorer.set(learning_rate=slider.at(47)).summary
    says(LESSON, "Between 0.125 and 0.25 it swings from side to side and still comes down.")
    assert "oscillates" in explorer.set(steps=50, learning_rate=0.24).summary
    says(
        LESSON,
        "At 0.1 the step stays on its own side of the valley. From 0.125 on it lands on the other slope",
    )
    start = explorer.compute(0.1, 1, valley).path[0]
    steep = int(
        np.argmax(np.abs(np.array(explorer.compute(0.1, 1, valley).surface.gradient(*start)) / start))
    )
    for rate, same_side in ((0.1, True), (0.124, True), (0.126, False), (0.26, False)):
        after = explorer.compute(rate, 1, valley).path[1]
        assert (after[steep] * start[steep] > 0) == same_side
    says(LESSON, "Up to 0.125 the path does not swing.")
    path = explorer.compute(0.12, 50, valley).path[:, steep]
    assert (path * start[steep] > 0).all()
    assert "diverges" in explorer.set(learning_rate=0.26).summary
    says(LESSON, "At 1 the loss falls, at 2 it rises")
    before, after = one_step_on("slice of a network's loss", 1.0)
    assert after < before
    before, after = one_step_on("slice of a network's loss", 2.0)
    assert after > before


def test_points_under_the_headings_are_those_declared(statements):
    stated = [points for points, _ in statements(LESSON)]
    assert stated == [exercise.points for exercise in exercises.of_lesson(LESSON)]


def test_the_minutes_of_the_exercises_add_up(says, statements):
    says(LESSON, "**Time:** 145 minutes, about 55 of them for the six exercises.")
    assert 52 <= sum(minutes for _, minutes in statements(LESSON)) <= 58


def test_the_slope_of_the_squared_error_dies_where_the_network_is_most_wrong(says):
    says(LESSON, "The slope of the squared error has its largest value, 0.30, where the prediction is 2/3")
    z = np.linspace(-12, 12, 24001)
    a = nn.sigmoid(z)
    squared = np.gradient(a**2, z)  # the label is 0
    assert squared.max() == pytest.approx(0.30, abs=0.005)
    assert a[squared.argmax()] == pytest.approx(2 / 3, abs=1e-3)
    says(LESSON, "the slope of the cross-entropy comes nearer to 1 the more wrong the network is")
    cross = np.gradient(-np.log(1 - a), z)
    assert (np.diff(cross[::100]) > 0).all() and cross[-1] == pytest.approx(1, abs=1e-4)
    assert squared[-1] < 1e-4
    says(LESSON, "$z^{[2]} = 6$, so the prediction is 0.9975")
    at_6 = nn.sigmoid(np.array(6.0))
    assert at_6 == pytest.approx(0.9975, abs=5e-5)
    says(LESSON, "Squared error has 2a, times the slope of the sigmoid, which is 0.0025 here.")
    at = np.argmin(np.abs(z - 6))
    assert (cross[at], squared[at]) == pytest.approx((0.9975, 2 * 0.9975 * 0.9975 * 0.0025), rel=0.02)


def test_the_hidden_unit_with_two_outputs(says):
    says(LESSON, r"then add: $da = 0.8 \cdot (-0.6) + (-0.5) \cdot 0.4 = -0.68$.")
    assert pytest.approx(-0.68) == 0.8 * -0.6 + -0.5 * 0.4
    says(LESSON, "it is `[[-0.66], [0.1]]`")
    hidden_slopes = exercises.get("several-outputs").parts[0].reference
    W, dz = np.array([[0.8, 0.3], [-0.5, 0.2], [0.1, 1.0]]), np.array([[-0.6], [0.4], [0.2]])
    np.testing.assert_allclose(hidden_slopes(W, dz), [[-0.66], [0.1]])


def test_with_as_many_outputs_as_hidden_units_the_wrong_product_fits(says):
    says(LESSON, "as many outputs as hidden units, `W2 @ dz2` would fit too, and in general be wrong")
    rng = np.random.default_rng(0)
    W, dz = rng.normal(size=(3, 3)), rng.normal(size=(3, 1))
    assert (W @ dz).shape == (W.T @ dz).shape and not np.allclose(W @ dz, W.T @ dz)


def test_the_arrows_of_the_unit_that_is_off_have_slope_0(says):
    says(LESSON, "All arrows that lead into or out of the unit that was off: slope 0.")
    z1 = W1 @ X[:, :1] + b1
    dz2 = nn.sigmoid(W2 @ np.maximum(0, z1) + b2) - Y[:, :1]
    dz1 = W2.T @ dz2 * (z1 > 0)
    dW1, dW2 = dz1 @ X[:, :1].T, dz2 @ np.maximum(0, z1).T
    off = z1[:, 0] < 0
    assert off.sum() == 1
    assert not dW1[off].any() and not dW2[:, off].any() and dW1[~off].all() and dW2[:, ~off].all()


def test_a_constant_in_the_logarithm_hides_from_a_check_in_the_middle_and_not_at_the_edge(says):
    says(LESSON, "For predictions in the middle, like those of our batch, you would not notice.")
    middle, edge = np.array([0.3775, 0.7595, 0.7271, 0.4391]), np.array([1e-6])
    for a, passes in ((middle, True), (edge, False)):
        slope, of_the_other = -1 / a, -1 / (a + 1e-8)
        difference = np.linalg.norm(slope - of_the_other)
        assert (difference / (np.linalg.norm(slope) + np.linalg.norm(of_the_other)) < 1e-7) == passes
