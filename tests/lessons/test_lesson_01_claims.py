"""Numbers in the prose of lesson 01 that no cell of it prints."""

from itertools import pairwise

import numpy as np

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
    says(LESSON, "has 109,386 weights and biases")
    says(LESSON, "218,772 runs for one update")
    sizes = [784, 128, 64, 10]
    numbers = sum(n * before + n for before, n in pairwise(sizes))
    assert numbers == 109_386
    assert 2 * numbers == 218_772


def test_the_small_changes_along_the_steps(says):
    says(LESSON, "by about 0.052")
    assert np.isclose((2 * 5.001 + 3) ** 2 - 169, 0.052, rtol=0.01)
    says(LESSON, "Together $z$ goes up by 0.036")
    assert np.isclose(3 * 2.001**3 - 24, 0.036, rtol=0.01)
    says(LESSON, "adds about $6 \\cdot 0.004 = 0.024$")
    assert np.isclose(6 * (2.001**2 - 4), 0.024, rtol=0.01)


def test_the_examples_of_the_exercises(says):
    says(LESSON, "`power_chain(1.0)` is `(8.0, 72.0)`")
    assert ((3 - 1) ** 3, 3 * (3 - 1) ** 2 * 6) == (8, 72)
    says(LESSON, "`two_paths(1.0)` is about `(0.5403, 1.3197)`")
    assert np.allclose([np.cos(1), -np.sin(1) + 4 * np.cos(1)], [0.5403, 1.3197], atol=5e-5)
    says(LESSON, "`shared_node(2.0, 1.0)` is `(6.0, 2.0, 5.0)`")
    assert ((2 + 1) * (1 + 1), 1 + 1, (1 + 1) + (2 + 1)) == (6, 2, 5)
    says(LESSON, "`db` is about 0.47, `dw` about `[0.47, 0.94]` and `dx` about `[0.235, -0.1175]`")
    y = 1 / (1 + np.exp(-0.5))
    dz = 2 * y * (1 - y)
    assert np.allclose([dz, dz, 2 * dz, 0.5 * dz, -0.25 * dz], [0.47, 0.47, 0.94, 0.235, -0.1175], atol=5e-5)


def test_the_slope_of_a_saturated_neuron(says):
    says(LESSON, r"$\sigma'(10) \approx 0.000045$")
    y = 1 / (1 + np.exp(-10))
    assert np.isclose(y * (1 - y), 0.000045, rtol=0.01)
