"""Sentences of lesson 05 that state a number which no cell computes, each computed here."""

import numpy as np
import pytest

from mlcourse import datasets, exercises, nn

LESSON = "05-deep-networks"

W1 = np.array([[0.5, -0.5], [1.0, 0.5], [-0.5, 0.25]])
b1 = np.array([[0.1], [-0.2], [0.3]])
LESSON_2_OUTPUT = [np.array([[0.8, -0.5, 1.0]]), np.array([[0.1]])]
W2, b2 = np.array([[0.5, 1.0, -0.5], [0.25, -0.5, 1.0]]), np.array([[0.1], [0.2]])
W3, b3 = np.array([[0.4, -1.0]]), np.array([[-0.5]])
X = np.array([[1.0, -1.0, 0.5, 2.0], [2.0, 1.0, -1.5, 0.5]])
Y = np.array([[1.0, 0.0, 0.0, 1.0]])
loss = nn.binary_cross_entropy_from_logits


pytestmark = pytest.mark.usefixtures("one_thread")


def network(sizes, activation, values):
    """A network with these parameters, after one backward pass over the lesson's batch."""
    net = nn.Network.dense(sizes, activation, rng=np.random.default_rng(0))
    for parameter, value in zip(net.parameters(), values, strict=True):
        parameter[...] = value
    _, dZ = loss(net.forward(X), Y)
    net.backward(dZ)
    return net


def tanh_network():
    return network([2, 3, 1], "tanh", [W1, b1, *LESSON_2_OUTPUT])


def three_layers():
    return network([2, 3, 2, 1], "relu", [W1, b1, W2, b2, W3, b3])


def rings(seed, initializer, depth=8, activation="relu", epochs=400):
    """The lesson's experiment: network, points and history."""
    rng = np.random.default_rng(seed)
    points, labels = datasets.circles(200, 0.1, rng)
    sizes = [2] + [16] * (depth - 1) + [1]
    net = nn.Network.dense(sizes, activation, rng=rng, initializer=initializer)
    return net, points, nn.train(net, points, labels, loss, nn.GradientDescent(0.1), epochs)


def signal():
    """The inputs and labels of the lesson's experiment with signals."""
    inputs = np.random.default_rng(5).standard_normal((100, 200))
    return inputs, (inputs[:1] > 0).astype(float)


def norms_by_layer(activation, initializer, seed=7):
    inputs, labels = signal()
    rng = np.random.default_rng(seed)
    net = nn.Network.dense([100] * 10 + [1], activation, rng=rng, initializer=initializer)
    _, dZ = loss(net.forward(inputs), labels)
    net.backward(dZ)
    return np.array([np.linalg.norm(dW) for dW in net.gradients()[::2]])


def errors(initializer, seed=7):
    """Slope of each example's loss along its score, in the same network."""
    inputs, labels = signal()
    net = nn.Network.dense([100] * 10 + [1], rng=np.random.default_rng(seed), initializer=initializer)
    return nn.sigmoid(net.forward(inputs)) - labels


def test_the_first_paragraph_is_what_the_experiment_shows(says):
    says(LESSON, "For ten seeds out of ten it ends up giving every point the same answer")
    says(LESSON, "multiply the starting weights by 35, change nothing else")
    for seed in range(3):  # how many of ten learn, a cell of the lesson counts
        net, points, _ = rings(seed, nn.scaled_normal(0.01))
        assert len(np.unique(net.predict(points))) == 1
        _, _, history = rings(seed, nn.scaled_normal(35 * 0.01))
        assert history.accuracy[-1] >= 0.99


def test_no_number_of_the_lesson_stands_on_a_kink():
    Z1 = W1 @ X + b1
    Z2 = W2 @ nn.relu(Z1) + b2
    assert min(np.abs(Z1).min(), np.abs(Z2).min()) > 0.25


def test_numbers_about_activations(says):
    says(LESSON, r"$0.8808 \cdot (1 - 0.8808) \approx 0.105$")
    assert nn.sigmoid(2.0) == pytest.approx(0.8808, abs=5e-5)
    assert nn.sigmoid_derivative(2.0) == pytest.approx(0.105, abs=5e-4)
    says(LESSON, r"its activation is −0.38, and its slope is $1 - 0.38^2 \approx 0.856$")
    assert np.tanh(-0.4) == pytest.approx(-0.38, abs=5e-3)
    assert nn.tanh_derivative(-0.4) == pytest.approx(0.856, abs=5e-4)
    says(LESSON, "At $z = 2$ the two ReLUs have the largest slope, 1.")
    says(LESSON, "At $z = -2$ it is the sigmoid, with 0.105.")
    says(LESSON, "at −1 tanh has the largest slope, 0.42, and at −5 leaky ReLU, 0.01")
    for z, name, slope in [(-2.0, "sigmoid", 0.105), (-1.0, "tanh", 0.42), (-5.0, "leaky_relu", 0.01)]:
        at = {key: float(g.derivative(z)) for key, g in nn.ACTIVATIONS.items()}
        assert max(at, key=at.__getitem__) == name and at[name] == pytest.approx(slope, abs=5e-4)
    says(LESSON, "Sigmoid 0.197, tanh 0.42, ReLU nothing, leaky ReLU 0.01")
    assert nn.sigmoid_derivative(-1.0) == pytest.approx(0.197, abs=5e-4)
    slopes = {name: (g_prime(-2.0), g_prime(2.0)) for name, _, g_prime in nn.ACTIVATIONS.values()}
    assert {name for name, (_, slope) in slopes.items() if slope == 1} == {"relu", "leaky_relu"}
    assert max(slope for _, slope in slopes.values()) == 1


def test_the_examples_of_the_statements(says):
    says(LESSON, "`[[0.105, 0.25, 0.105]]`, `[[0.0707, 1, 0.0707]]`, `[[0, 0, 1]]` and `[[0.01, 0.01, 1]]`")
    Z = np.array([[-2.0, 0.0, 2.0]])
    stated = [[0.105, 0.25, 0.105], [0.0707, 1, 0.0707], [0, 0, 1], [0.01, 0.01, 1]]
    for (_, _, g_prime), expected in zip(nn.ACTIVATIONS.values(), stated, strict=True):
        np.testing.assert_allclose(g_prime(Z), [expected], atol=5e-5)
    says(LESSON, "has the `dW2` `[[-0.03, -0.4497, 0.1081]]` and the `db2` `[[0.0301]]`")
    _, _, dW2, db2 = tanh_network().gradients()
    np.testing.assert_allclose(dW2, [[-0.03, -0.4497, 0.1081]], atol=5e-5)
    np.testing.assert_allclose(db2, [[0.0301]], atol=5e-5)
    says(LESSON, "`three_layer_forward(X4, three)` has the `A3` `[[0.5498, 0.148, 0.3285, 0.6295]]`")
    A3 = nn.sigmoid(three_layers().forward(X))
    np.testing.assert_allclose(A3, [[0.5498, 0.148, 0.3285, 0.6295]], atol=5e-5)
    says(LESSON, "`dW3` is `[[-0.3821, 0.0853]]` and `db1` is `[[-0.0226], [-0.0821], [-0.0145]]`")
    _, db1, _, _, dW3, _ = three_layers().gradients()
    np.testing.assert_allclose(dW3, [[-0.3821, 0.0853]], atol=5e-5)
    np.testing.assert_allclose(db1, [[-0.0226], [-0.0821], [-0.0145]], atol=5e-5)
    says(LESSON, "$dz^{[3]} = a^{[3]} - y = 0.5498 - 1 = -0.4502$")
    assert A3[0, 0] - 1 == pytest.approx(-0.4502, abs=5e-5)


def test_the_example_of_gradient_norms(says):
    says(LESSON, "`gradient_norms(1.0, 3, np.random.default_rng(0))` is `[0.428, 0.4775, 0.3973]`")
    reference = exercises.get("initialization-study").parts[0].reference
    norms = reference(1.0, 3, np.random.default_rng(0))
    np.testing.assert_allclose(norms, [0.428, 0.4775, 0.3973], atol=5e-5)


def test_a_backward_pass_costs_between_one_and_two_forward_passes(says):
    says(LESSON, "a backward pass costs between one and two forward passes, whatever the depth")
    rng = np.random.default_rng(0)
    for depth in (1, 2, 5, 50):
        weights = [int(a * b) for a, b in zip(*rng.integers(1, 900, size=(2, depth)), strict=True)]
        assert 1 <= (sum(weights) + sum(weights[1:])) / sum(weights) < 2
    says(LESSON, "1.8: five products for $dW$ and four for $dA$, against five")
    assert (5 + 4) / 5 == 1.8


def test_one_layer_multiplies_the_mean_square_by_half_n_s_squared(says, displayed):
    assert r"\overline{z^2} = n_{l-1}\, s^2\, \overline{a^2}" in displayed(LESSON)
    says(LESSON, r"$\frac{1}{2} n_{l-1} s^2 = 1$")
    rng = np.random.default_rng(0)
    A = np.abs(rng.standard_normal((100, 50)))
    Z = np.concatenate([0.3 * rng.standard_normal((40, 100)) @ A for _ in range(200)])
    assert np.mean(Z**2) == pytest.approx(100 * 0.3**2 * np.mean(A**2), rel=0.03)
    assert np.mean(nn.relu(Z) ** 2) == pytest.approx(np.mean(Z**2) / 2, rel=0.03)
    says(LESSON, "the gate of ReLU shuts about half of the entries again")
    says(LESSON, r"the same kind of factor, $s \sqrt{n_l / 2}$, in every layer on its way back")
    for n_in, n_out in [(30, 200), (200, 30)]:
        back = []
        for _ in range(60):
            W, inputs = 0.3 * rng.standard_normal((n_out, n_in)), rng.standard_normal((n_in, 50))
            dZ = rng.standard_normal((n_out, 50)) * (W @ inputs > 0)
            back.append(np.mean((W.T @ dZ) ** 2))
        assert np.sqrt(np.mean(back)) == pytest.approx(0.3 * np.sqrt(n_out / 2), rel=0.05)
    says(LESSON, "so the sum is about 0.1 in size")
    says(LESSON, "The signal has shrunk to 7 % in one layer")
    assert round((100 * 0.01**2 / 2) ** 0.5, 2) == 0.07
    assert pytest.approx(0.000000000003, rel=0.05) == (100 * 0.01**2 / 2) ** 5
    says(LESSON, "0.7, 0.007 or 0.000000000003")


def test_with_relu_the_gradients_of_all_layers_are_about_equal(says):
    says(LESSON, "Each gradient has (l − 1) + (L − l) = L − 1 small factors, whichever layer it is")
    says(
        LESSON, "up to nineteen powers of ten apart, and within each the layers differ by less than a factor"
    )
    medians = {}
    for s in (0.01, 0.1, np.sqrt(2 / 100), 1.0):
        norms = norms_by_layer("relu", nn.scaled_normal(s))
        assert norms.max() < 10 * norms.min()
        medians[s] = np.median(norms)
    assert 1e18 < medians[1.0] / medians[0.01] < 1e21
    assert np.ptp(np.log(norms_by_layer("relu", nn.scaled_normal(0.01)))) < np.log(2)
    says(LESSON, r"together $14.1^{-9} \approx 4.5 \cdot 10^{-11}$")
    assert pytest.approx([14.1, 4.5e-11], rel=0.01) == [0.1414 / 0.01, 14.1**-9]
    quotients = norms_by_layer("relu", nn.scaled_normal(0.01)) / norms_by_layer("relu", "he")
    assert (np.abs(np.log10(quotients / 14.1**-9)) < 1).all()


def test_how_long_the_smallest_weights_would_take(says):
    says(LESSON, "it takes three to six hundred billion steps to change the weights by their own size")
    says(LESSON, "(those of the output layer a tenth of that)")
    gradients = norms_by_layer("relu", nn.scaled_normal(0.01))
    *others, last = 0.01 * np.sqrt([100 * 100] * 9 + [100]) / (0.1 * gradients)
    assert [min(others), max(others)] == pytest.approx([3.1e11, 5.9e11], rel=0.05)
    assert last == pytest.approx(np.median(others) / 10, rel=0.4)


def test_xavier_weights_with_relu_lose_a_root_of_two_a_layer(says):
    says(LESSON, r"contain nine factors that are $\sqrt{2}$ times smaller than with He's, 23 times together")
    assert pytest.approx(23, abs=0.5) == 2**4.5
    says(LESSON, "(In the figure they are 28 to 170 times smaller. With these He weights the outputs lean")
    seen = norms_by_layer("relu", "he") / norms_by_layer("relu", nn.scaled_normal(0.1))
    assert [seen.min(), seen.max()] == pytest.approx([28, 170], rel=0.02)
    assert np.abs(errors("he").mean()) > 5 * np.abs(errors(nn.scaled_normal(0.1)).mean())
    ratios = [
        np.median(
            norms_by_layer("relu", nn.scaled_normal(np.sqrt(2 / 100)), seed)
            / norms_by_layer("relu", nn.scaled_normal(0.1), seed)
        )
        for seed in range(20)
    ]
    assert np.median(ratios) * 1.2 > 2 ** (9 / 2)
    A, _ = signal()
    rng = np.random.default_rng(0)
    for _ in range(3):
        before, A = A, nn.relu(0.1 * rng.standard_normal((100, 100)) @ A)
    assert np.sqrt(np.mean(before**2) / np.mean(A**2)) == pytest.approx(np.sqrt(2), rel=0.1)


def test_what_the_sigmoid_and_tanh_do_to_a_signal(says):
    says(LESSON, "they lie around 0.5")
    A, _ = signal()
    rng = np.random.default_rng(7)
    for _ in range(9):
        A = nn.sigmoid(nn.xavier(100, 100, rng) @ A)
        assert 0.4 < A.mean() < 0.6
    says(LESSON, r"$0.25^9 \approx 0.000004$")
    assert pytest.approx(0.000004, rel=0.05) == 0.25**9
    says(LESSON, "the gradient of the first layer is about a thousand times that of the last")
    norms = norms_by_layer("tanh", nn.scaled_normal(1.0))
    assert 700 < norms[0] / norms[-1] < 1500


def test_after_a_start_that_is_too_large_no_unit_responds(says):
    says(LESSON, "no unit of the last hidden layer responds to any point, or the loss is no longer a number")
    for seed in range(5):
        net, points, history = rings(seed, nn.scaled_normal(1.0))
        if np.isfinite(history.loss[-1]):
            with np.errstate(over="ignore"):
                assert np.ptp(net.forward(points)) == 0


def test_seven_small_factors(says):
    says(LESSON, r"$0.01 \cdot \sqrt{16/2} \approx 0.028$, and $0.028^7 \approx 10^{-11}$")
    assert 0.01 * np.sqrt(8) == pytest.approx(0.028, abs=5e-4)
    assert pytest.approx(1e-11, rel=0.4) == 0.028**7
    says(LESSON, r"$\sqrt{2/16} \approx 0.35$")
    assert np.sqrt(2 / 16) == pytest.approx(0.35, abs=5e-3)


def test_when_the_gradients_of_the_two_networks_are_largest(says):
    says(LESSON, "With He's weights all four gradients are largest in the first epoch")
    norms = rings(0, "he", depth=4, epochs=1500)[2].gradient_norms
    assert (norms.argmax(axis=0) == 0).all()
    says(
        LESSON,
        "are largest after about 700 epochs (from other starts 500), when the network finds the rings",
    )
    _, _, history = rings(0, nn.scaled_normal(0.15), depth=4, epochs=1500)
    peak = history.gradient_norms.argmax(axis=0)
    assert (peak > 650).all() and (peak < 750).all()
    assert history.accuracy[100] < 0.8 and history.accuracy[-1] > 0.98


def test_numbers_of_the_self_test(says):
    says(LESSON, "a(1 − a) = 0.9 · 0.1 = 0.09. Through tanh it is 1 − a² = 0.19")
    z = np.log(9)
    assert nn.sigmoid(z) == pytest.approx(0.9) and nn.sigmoid_derivative(z) == pytest.approx(0.09)
    assert nn.tanh_derivative(np.arctanh(0.9)) == pytest.approx(0.19)
    says(LESSON, r"The factor is $s \sqrt{n / 2} = 5 s$, so $s = 0.3$. He's is $\sqrt{2 / 50} = 0.2$")
    assert np.sqrt(50 / 2) == 5 and np.sqrt(2 / 50) == pytest.approx(0.2) and pytest.approx(0.3) == 1.5 / 5


def test_a_network_of_zeros_learns_one_number(says):
    says(LESSON, "At most that of the output bias")
    net = network([2, 4, 4, 1], "relu", [0] * 6)
    *others, output_bias = net.gradients()
    assert not any(gradient.any() for gradient in others)
    assert output_bias == 0  # this batch is balanced
    net.parameters()[-1][...] = 1
    _, dZ = loss(net.forward(X), Y)
    net.backward(dZ)
    assert net.gradients()[-1] != 0


def test_points_under_the_headings_are_those_declared(statements):
    stated = [points for points, _ in statements(LESSON)]
    assert stated == [exercise.points for exercise in exercises.of_lesson(LESSON)]


def test_the_exercises_take_nearly_half_of_the_time(says, statements):
    says(LESSON, "**Time:** 185 minutes in two sittings, nearly half of it for the exercises")
    says(LESSON, "*Not counted in the points, about 10 minutes.*")
    assert 76 <= 10 + sum(minutes for _, minutes in statements(LESSON)) <= 90
