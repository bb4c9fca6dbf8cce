"""The whole-network gradient check against a loop over the parameters, one network at a time."""

import numpy as np
import pytest

from mlcourse.datasets import digits, moons, xor
from mlcourse.nn import Network, binary_cross_entropy_from_logits, gradient_check, numerical_gradients

pytestmark = pytest.mark.benchmark


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def forward(X, parameters):
    """Prediction, and all values on the way to it, as the lesson's forward pass keeps them."""
    cache = {"A0": X}
    A, last = X, len(parameters) // 2
    for layer in range(1, last + 1):
        Z = np.dot(parameters[f"W{layer}"], A) + parameters[f"b{layer}"]
        A = sigmoid(Z) if layer == last else np.maximum(0, Z)
        cache[f"Z{layer}"], cache[f"A{layer}"] = Z, A
    return A, cache


def cross_entropy(A, Y):
    return -np.mean(Y * np.log(A + 1e-8) + (1 - Y) * np.log(1 - A + 1e-8))


def loop_over_parameters(X, Y, parameters, epsilon):
    """The first lesson's way: two forward passes for every single parameter."""
    gradients = []
    for parameter in parameters.values():
        gradient = np.zeros_like(parameter)
        places = np.nditer(parameter, flags=["multi_index"], op_flags=["readwrite"])
        for _ in places:
            place = places.multi_index
            old = parameter[place]
            parameter[place] = old + epsilon
            plus = cross_entropy(forward(X, parameters)[0], Y)
            parameter[place] = old - epsilon
            minus = cross_entropy(forward(X, parameters)[0], Y)
            gradient[place] = (plus - minus) / (2 * epsilon)
            parameter[place] = old
        gradients.append(gradient)
    return gradients


def difference(gradients, numerical):
    """Relative difference over all parameters: what both ways end with."""
    a, n = (np.concatenate([array.ravel() for array in arrays]) for arrays in (gradients, numerical))
    return np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n))


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
def test_numerical_gradients_beside_the_loop_over_parameters(race, problem):
    """As in the first lesson, the gradient to be checked is given; `gradient_check` computes that, too."""
    sizes, data, calls, repetitions = PROBLEMS[problem]
    X, Y = data()
    network = Network.dense(sizes, rng=np.random.default_rng(0))
    for b in network.parameters()[1::2]:
        b += 0.1  # away from the kinks, where the two would differ
    loss, epsilon = binary_cross_entropy_from_logits, 1e-5
    names = [letter + str(layer) for layer in range(1, len(sizes)) for letter in "Wb"]
    parameters = dict(zip(names, network.parameters(), strict=True))
    network.backward(loss(network.forward(X), Y)[1])
    gradients = network.gradients()
    contestants = {
        "numerical_gradients": lambda: difference(
            gradients, numerical_gradients(network, X, Y, loss, epsilon)
        ),
        "loop over parameters": lambda: difference(
            gradients, loop_over_parameters(X, Y, parameters, epsilon)
        ),
        "gradient_check": lambda: gradient_check(network, X, Y, loss, epsilon).relative_difference,
    }
    assert max(contestant() for contestant in contestants.values()) < 1e-5
    count = sum(parameter.size for parameter in network.parameters())
    race(f"{problem}: {count} parameters", contestants, calls, repetitions)
