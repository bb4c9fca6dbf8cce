"""The whole-network gradient check against a loop over the parameters, one network at a time."""

import numpy as np
import pytest

from mlcourse.datasets import digits, moons, xor
from mlcourse.nn import Network, binary_cross_entropy_from_logits, gradient_check, numerical_gradients

pytestmark = pytest.mark.benchmark


def loop_over_parameters(parameters, X, Y, epsilon=1e-5):
    """The lesson's first version: two forward passes for every single parameter.

    Its loss works on probabilities, which is a little cheaper than ours on logits.
    """

    def loss():
        A = X
        *hidden, last = zip(parameters[::2], parameters[1::2], strict=True)
        for W, b in hidden:
            A = np.maximum(0, np.dot(W, A) + b)
        A = 1 / (1 + np.exp(-(np.dot(last[0], A) + last[1])))
        return -np.mean(Y * np.log(A + 1e-8) + (1 - Y) * np.log(1 - A + 1e-8))

    gradients = []
    for parameter in parameters:
        gradient = np.zeros_like(parameter)
        for place in np.ndindex(parameter.shape):
            old = parameter[place]
            parameter[place] = old + epsilon
            plus = loss()
            parameter[place] = old - epsilon
            minus = loss()
            gradient[place] = (plus - minus) / (2 * epsilon)
            parameter[place] = old
        gradients.append(gradient)
    return gradients


PROBLEMS = {
    "XOR 2-4-1, m = 4": ([2, 4, 1], xor, 20, 15),
    "XOR 2-10-1, m = 4": ([2, 10, 1], xor, 20, 15),
    "moons 2-16-16-1, m = 20": ([2, 16, 16, 1], lambda: moons(20, 0.1, np.random.default_rng(0)), 2, 9),
    "moons 2-32-32-1, m = 100": ([2, 32, 32, 1], lambda: moons(100, 0.1, np.random.default_rng(0)), 1, 5),
    "even digits 784-16-1, m = 10": ([784, 16, 1], lambda: even_digits(10), 1, 3),
}


def even_digits(m):
    part = digits().split("train")
    return part.images[:, :m], (part.labels[None, :m] % 2 == 0).astype(float)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_gradient_check_beside_the_loop_over_parameters(race, problem):
    sizes, data, calls, repetitions = PROBLEMS[problem]
    X, Y = data()
    network = Network.dense(sizes, rng=np.random.default_rng(0))
    for b in network.parameters()[1::2]:
        b += 0.1  # away from the kinks, where the two would differ
    loss = binary_cross_entropy_from_logits
    slow = loop_over_parameters(network.parameters(), X, Y)
    for quick, looped in zip(numerical_gradients(network, X, Y, loss), slow, strict=True):
        np.testing.assert_allclose(quick, looped, atol=1e-6)
    contestants = {
        "gradient_check": lambda: gradient_check(network, X, Y, loss),
        "loop over parameters": lambda: loop_over_parameters(network.parameters(), X, Y),
    }
    count = sum(parameter.size for parameter in network.parameters())
    race(f"{problem}: {count} parameters", contestants, calls, repetitions)
