"""General sentences of lesson 05, over other widths, depths, rates and seeds than those shown."""

import numpy as np
import pytest
from ring_networks import after, classes, learned, plain_learns, table
from threadpoolctl import threadpool_limits

from mlcourse import datasets, nn

LESSON = "05-deep-networks"
loss = nn.binary_cross_entropy_from_logits


@pytest.fixture(autouse=True)
def one_thread():
    """Small matrices: several threads of several test processes would only wait for each other."""
    with threadpool_limits(1):
        yield


def norms(activation, s, width=100, depth=10, seed=7):
    """Norm of dW in each layer of a network of layers of equal width, before training."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((width, 200))
    net = nn.Network.dense([width] * depth + [1], activation, rng=rng, initializer=nn.scaled_normal(s))
    _, dZ = loss(net.forward(X), (X[:1] > 0).astype(float))
    net.backward(dZ)
    return np.array([np.linalg.norm(dW) for dW in net.gradients()[::2]])


@pytest.fixture(scope="module")
def very_deep():
    """The lesson's own, from its text."""
    return classes().very_deep


def test_a_normalisation_gives_sums_of_size_1_unless_they_are_almost_the_same(says, very_deep):
    says(LESSON, "Not where a unit's sums are almost the same for all examples")
    layer = very_deep("normalised", 4, np.random.default_rng(0)).layers[3]
    for spread in (100, 1, 1e-2, 1e-6):
        sums = layer.forward(7 + spread * np.random.default_rng(1).standard_normal((3, 50)))
        size = np.sqrt(np.mean(sums**2))
        assert size == pytest.approx(1, abs=1e-3) if spread > 1e-3 else size < 0.1


def test_squares_of_independent_signs_add(says):
    says(LESSON, "**the squares add, the mixed products average out**")
    rng = np.random.default_rng(1)
    for n in (3, 30, 300):
        walks = rng.choice([-1, 1], (20_000, n)).sum(axis=1)
        assert np.sqrt(np.mean(walks**2)) == pytest.approx(np.sqrt(n), rel=0.03)
    says(LESSON, "if they are independent and 0 on average")
    same = np.repeat(rng.choice([-1, 1], (1000, 1)), 30, axis=1).sum(axis=1)
    assert np.sqrt(np.mean(same**2)) == 30  # signs that know of each other
    sizes = np.array([0.5, 2.0, 3.0])
    mixed = (rng.standard_normal((50_000, 3)) * sizes).sum(axis=1)
    assert np.std(mixed) == pytest.approx(np.sqrt(np.sum(sizes**2)), rel=0.02)


@pytest.mark.parametrize(("width", "depth"), [(100, 10), (50, 7), (200, 12)])
def test_three_pictures_of_dw_by_layer_before_training(says, width, depth):
    says(LESSON, "for layers of equal width, in the first epoch")
    he = np.sqrt(2 / width)
    for seed in range(4):
        for factor in (0.07, 0.7, 7):
            level = norms("relu", factor * he, width, depth, seed)
            assert level.max() < 20 * level.min()
        far = np.median(norms("relu", 7 * he, width, depth, seed))
        assert far > 1e6 * np.median(norms("relu", 0.07 * he, width, depth, seed))
        falling = norms("sigmoid", np.sqrt(1 / width), width, depth, seed)
        assert falling[0] < falling[-1] / 500
        rising = norms("tanh", 5 * np.sqrt(1 / width), width, depth, seed)
        assert rising[0] > 5 * rising[-1]


def test_how_far_the_layers_of_one_line_differ_and_two_lines_from_each_other(says):
    says(LESSON, "less than a factor of ten (with most other draws too)")
    says(LESSON, "The four lines lie up to nineteen powers of ten apart")
    lines = {s: [norms("relu", s, seed=seed) for seed in range(12)] for s in (1.0, np.sqrt(0.02), 0.1, 0.01)}
    ranges = [norm.max() / norm.min() for line in lines.values() for norm in line]
    assert np.mean(np.array(ranges) < 10) > 0.85
    for large, small in zip(lines[1.0], lines[0.01], strict=True):
        assert 18 < np.log10(large.max() / small.min()) < 20


def test_neither_rule_of_gradients_over_time_is_one(says):
    says(
        LESSON,
        "Of the next 40 seeds, two are largest early, and for one the output layer has the larger one.",
    )
    draws = [nn.Network.dense([2, 4, 1], rng=np.random.default_rng(seed)) for seed in range(20, 60)]
    he = (np.stack(parts) for parts in zip(*(network.parameters() for network in draws), strict=True))
    W1, b1, W2, b2 = (part * size for part, size in zip(he, (0.01, 0, 0.01 * np.sqrt(2), 0), strict=True))
    X, Y = datasets.xor()
    norms_of = []
    for _ in range(1000):
        A1 = np.maximum(0, W1 @ X + b1)
        dZ2 = (nn.sigmoid(W2 @ A1 + b2) - Y) / 4
        dZ1 = np.swapaxes(W2, 1, 2) @ dZ2 * (A1 > 0)
        dW1, dW2 = dZ1 @ X.T, dZ2 @ np.swapaxes(A1, 1, 2)
        norms_of.append([np.linalg.norm(dW, axis=(1, 2)) for dW in (dW1, dW2)])
        W1, W2 = W1 - 0.5 * dW1, W2 - 0.5 * dW2
        b1, b2 = b1 - 0.5 * dZ1.sum(axis=2, keepdims=True), b2 - 0.5 * dZ2.sum(axis=2, keepdims=True)
    hidden, output = np.moveaxis(norms_of, 1, 0)
    assert np.sum((hidden + output).argmax(axis=0) < 20) == 2
    assert np.sum((output > hidden).mean(axis=0) > 0.5) == 1


def test_update_to_weight_ratios(says):
    says(LESSON, "the ratio at $\\alpha = 0.1$ is about a hundredth in most of the ten layers")
    says(LESSON, "the first step alone makes the weights ten thousand times too large and more")

    def ratio(s, seed):
        weights = s * np.sqrt([100 * 100] * 9 + [100])
        return 0.1 * norms("relu", s, seed=seed) / weights

    for seed in range(5):
        assert 1e-3 < np.median(ratio(np.sqrt(2 / 100), seed)) < 5e-2
        assert 1e11 < 1 / np.median(ratio(0.01, seed)) < 1e12
        assert ratio(1.0, seed).min() > 1e4
        *others, last = ratio(np.sqrt(2 / 100), seed)
        assert 3 < last / np.median(others) < 30
    says(LESSON, "so its $\\lVert W \\rVert$ is ten times smaller and its ratio about ten times larger")


def test_each_start_at_other_rates(says):
    says(LESSON, "For $s = 0.01$ no rate lets any of the ten learn, and for the sigmoid neither")
    for rate in (0.01, 3.0):
        assert not plain_learns(0, 0.01, rate)
        assert not plain_learns(0, "xavier", rate, "sigmoid")


@pytest.mark.seeds
def test_how_many_of_ten_starts_learn_at_other_rates(says):
    says(LESSON, "with $s = 1$ and the rate 0.001, eight of ten learn")
    assert sum(plain_learns(seed, 1.0, 0.001) for seed in range(10)) == 8
    says(LESSON, "He's size learns for all ten at 0.03 and at 0.1")
    assert all(plain_learns(seed, 0.35, rate) for seed in range(10) for rate in (0.03, 0.1))


def test_two_remedies_at_24_layers(says):
    says(LESSON, "the number of networks that have 99 % of the points right after 400 epochs is")
    # What they do at the rate 0.3, a cell of the lesson shows; of ten and of twenty starts the rest is in
    # tests/benchmarks/test_remedies.py, as it takes minutes.
    assert [after("plain", 0.1, seed)[-1] >= 0.99 for seed in range(2)] == [True, False]
    says(LESSON, "(The normalised ones that miss it have 96 % or more. They are slower there and not stuck")
    says(LESSON, "within 600 epochs all of them get there.)")
    slow = after("normalised", 0.01, 8, epochs=600)
    assert 0.95 < slow[399] < 0.99 <= slow[-1]


@pytest.mark.seeds
def test_how_many_of_ten_learn_with_each_remedy(says):
    says(LESSON, "ReLU networks of 24 layers with He's weights learn the rings for about half of the seeds")
    says(LESSON, "at the rate 0.3, which is too high for the plain one")
    cells = ("plain", 0.1), ("plain", 0.3), ("skip", 0.3)
    assert [learned(*cell) for cell in cells] == [table()[kind][rate] for kind, rate in cells] == [5, 0, 5]


def test_a_skip_connection_passes_the_error_whatever_the_weights(says, very_deep):
    says(LESSON, "The first, $dA$ itself, would be left: the error arrives unchanged")
    layer = very_deep("skip", 4, np.random.default_rng(0)).layers[2]
    layer.W[...] = 0
    layer.forward(np.ones((16, 3)))
    error = np.random.default_rng(1).standard_normal((16, 3))
    np.testing.assert_array_equal(layer.backward(error), error)


def test_leaky_relus_own_size_of_weights(says):
    says(LESSON, r"$s = \sqrt{2 / ((1 + \alpha^2)\, n_{l-1})}$")
    says(LESSON, "For $\\alpha = 0.01$ that is He's own number to four digits")
    assert np.sqrt(2 / (1 + 0.01**2)) == pytest.approx(np.sqrt(2), rel=1e-4)
    rng = np.random.default_rng(0)
    A = rng.standard_normal((200, 200))
    for _ in range(8):
        A = nn.leaky_relu(np.sqrt(2 / (1.09 * 200)) * rng.standard_normal((200, 200)) @ A, 0.3)
    assert np.sqrt(np.mean(A**2)) == pytest.approx(1, abs=0.25)
