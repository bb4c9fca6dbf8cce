"""Numbers in the prose of lesson 01 that no cell of it prints."""

import numpy as np
import pytest

from mlcourse import exercises, nn

LESSON = "01-chain-rule"


def test_the_three_examples(says):
    says(LESSON, "It is too low by 1, by 1 and by 4.")
    says(LESSON, "$(1 + 1 + 16)/3 = 6$")
    inputs, targets = np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 7.0])
    assert list(targets - 1.0 * inputs) == [1, 1, 4]
    loss = [np.mean((w * inputs - targets) ** 2) for w in (1.0, 1.001)]
    assert loss[0] == 6
    says(LESSON, "0.001 more weight, 0.01 less loss")
    assert np.isclose(loss[0] - loss[1], 0.01, rtol=0.01)


def test_the_weights_of_the_network_that_reads_digits(says):
    says(LESSON, "has 109,386 numbers to choose")
    says(LESSON, "one run of the network without a change and one for each number, 109,387 runs")
    network = nn.Network.dense([784, 128, 64, 10], rng=np.random.default_rng(0))
    numbers = sum(parameter.size for parameter in network.parameters())
    assert f"{numbers:,}" == "109,386"
    assert f"{numbers + 1:,}" == "109,387"


def test_the_small_changes_along_the_steps(says):
    says(LESSON, "by about 0.052")
    assert np.isclose((2 * 5.001 + 3) ** 2 - 169, 0.052, rtol=0.01)
    says(LESSON, "Together $z$ goes up by 0.036")
    assert np.isclose(3 * 2.001**3 - 24, 0.036, rtol=0.01)
    says(LESSON, "adds about $6 \\cdot 0.004 = 0.024$")
    assert np.isclose(6 * (2.001**2 - 4), 0.024, rtol=0.01)


EXAMPLES = {
    "power-chain": ("`power_chain(1.0)` is `(8.0, 72.0)`", (1.0,), (8, 72)),
    "two-paths": ("`two_paths(1.0)` is about `(0.5403, 1.3197)`", (1.0,), (0.5403, 1.3197)),
    "shared-node": ("`shared_node(2.0, 1.0)` is `(6.0, 2.0, 5.0)`", (2.0, 1.0), (6, 2, 5)),
    "neuron-backward": (
        "`db` is about 0.47, `dw` about `[0.94, 1.88]` and `dx` about `[0.329, -0.282]`",
        (np.array([2.0, 4.0]), np.array([0.7, -0.6]), 1.5, 2.0),
        (0.329, -0.282, 0.94, 1.88, 0.47),
    ),
}


STAGED = "`f` about 0.1933, `dtop` about 0.1028, `dt` about −0.1192 and `dx` about −0.0203"


def test_the_example_of_the_staged_exercise(says):
    says(LESSON, STAGED)
    found = exercises.get("staged-backward").parts[0].reference(1.0, 2.0)
    for name, stated in {"f": 0.1933, "dtop": 0.1028, "dt": -0.1192, "dx": -0.0203}.items():
        assert found[name] == pytest.approx(stated, abs=5e-5)


def test_every_slope_of_the_stages_is_the_slope_by_nudging():
    """Each step is a function of those before it, so a nudge at any step moves the end."""
    sigmoid = lambda v: 1 / (1 + np.exp(-v))  # noqa: E731

    def end(x, y, name="", by=0.0):
        v = {}
        for step, rule in {
            "x": lambda: x,
            "y": lambda: y,
            "s_y": lambda: sigmoid(v["y"]),
            "top": lambda: v["x"] + v["s_y"],
            "s_x": lambda: sigmoid(v["x"]),
            "t": lambda: v["x"] + v["y"],
            "q": lambda: v["t"] ** 2,
            "bottom": lambda: v["s_x"] + v["q"],
            "inverse": lambda: 1 / v["bottom"],
        }.items():
            v[step] = rule() + (by if step == name else 0)
        return v["top"] * v["inverse"]

    reference = exercises.get("staged-backward").parts[0].reference
    for x, y in np.random.default_rng(4).uniform(0.2, 2, size=(10, 2)):
        for name, slope in reference(x, y).items():
            if name != "f":
                nudged = (end(x, y, name[1:], 1e-6) - end(x, y, name[1:], -1e-6)) / 2e-6
                assert slope == pytest.approx(nudged, rel=1e-6)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_an_exercise_is_what_its_reference_returns(says, name):
    sentence, arguments, stated = EXAMPLES[name]
    says(LESSON, sentence)
    found = exercises.get(name).parts[0].reference(*arguments)
    np.testing.assert_allclose(np.concatenate([np.ravel(value) for value in found]), stated, atol=5e-5)


def test_every_exercise_has_its_example_tested():
    assert {*EXAMPLES, "staged-backward"} == {exercise.id for exercise in exercises.of_lesson(LESSON)}


def paths_of(layers):
    """Number of paths from the first node of a layered graph to the last, each followed by itself."""
    return 1 if not layers else sum(paths_of(layers[1:]) for _ in range(layers[0]))


def test_each_fork_doubles_the_paths_and_costs_one_addition(says):
    says(LESSON, "one addition for each fork")
    for forks in range(1, 8):
        slopes, additions = [0.0] * forks + [1.0], 0
        for node in range(forks, 0, -1):
            slopes[node - 1] = slopes[node] + slopes[node]
            additions += 1
        assert (slopes[0], additions) == (paths_of([2] * forks), forks)


def test_the_paths_through_the_network_that_reads_digits(says):
    says(LESSON, r"any of 128 units and then any of 64, which makes $128 \cdot 64 = 8192$ paths")
    assert paths_of([128, 64]) == 8192


def test_a_maximum_passes_all_to_the_larger_input(says):
    says(LESSON, r"| $v = \max(a, b)$ | $1$ for the larger, $0$ for the other |")
    for a, b in np.random.default_rng(3).normal(size=(20, 2)):
        slopes = [(max(a + da, b + db) - max(a, b)) / 1e-6 for da, db in [(1e-6, 0), (0, 1e-6)]]
        assert np.allclose(slopes, [a > b, b > a], atol=1e-8)


def test_an_upstream_gradient_can_be_large_enough_for_a_saturated_neuron(says):
    """As with cross-entropy, whose slope is 1 / (1 - y) where the label is 0."""
    says(LESSON, "Unless the upstream gradient or an input is very large, almost nothing comes through")
    y = 1 / (1 + np.exp(-10))
    assert np.isclose(1 / (1 - y) * y * (1 - y), 1, rtol=1e-4)
    assert 100 * y * (1 - y) < 0.01


def test_the_product_of_the_neuron_by_hand(says):
    says(LESSON, r"The sum is $0.7 \cdot 2 - 0.6 \cdot 4 + 1.5 = 0.5$.")
    numbers = [2, 4, 0.7, -0.6, 1.5, 0.7 * 2, -0.6 * 4]
    assert np.isclose(sum(numbers[4:]), 0.5)
    sizes = [f"{abs(number):.3f}" for number in [*numbers, 0.5]]
    assert len(set(sizes)) == len(sizes), "two things of the neuron have one number"


def test_the_slope_of_a_saturated_neuron(says):
    says(LESSON, r"$\sigma'(10) \approx 0.000045$")
    y = 1 / (1 + np.exp(-10))
    assert np.isclose(y * (1 - y), 0.000045, rtol=0.01)
