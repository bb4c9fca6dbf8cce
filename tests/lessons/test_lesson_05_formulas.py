"""Each displayed gradient formula of lesson 05, both sides at random points.

The left side is an automatic derivative (the library `autograd`) of the loss, written here once more; the
right side is what the formula says. Neither uses the course's own code.
"""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad, grad

LESSON = "05-deep-networks"

# Activation functions and their derivatives, as the lesson's table states them.
ACTIVATIONS = {
    "sigmoid": (lambda z: 1 / (1 + anp.exp(-z)), lambda a, z: a * (1 - a)),
    "tanh": (anp.tanh, lambda a, z: 1 - a**2),
    "relu": (lambda z: anp.maximum(0, z), lambda a, z: np.where(z > 0, 1.0, 0.0)),
    "leaky": (lambda z: anp.where(z > 0, z, 0.01 * z), lambda a, z: np.where(z > 0, 1.0, 0.01)),
}
sigmoid = ACTIVATIONS["sigmoid"][0]


class Point:
    """A random network of L layers and a batch, with its way forward; the output is a sigmoid."""

    def __init__(self, rng, n_layers, m, hidden):
        self.L, self.m = n_layers, m
        self.g, self.slope_of = ACTIVATIONS[hidden]
        n = [*rng.integers(1, 6, size=n_layers), 1]
        self.Y = rng.integers(0, 2, size=(1, m)).astype(float)
        self.v = {"A0": rng.normal(size=(n[0], m))}
        for k in range(1, n_layers + 1):
            self.v[f"W{k}"], self.v[f"b{k}"] = rng.normal(size=(n[k], n[k - 1])), rng.normal(size=(n[k], 1))
        self.v = self.forward({}, 0)

    def forward(self, given, start):
        """All variables, those of `given` held fixed, everything behind layer `start` computed."""
        v = {**self.v, **given}
        for k in range(start, self.L + 1):
            if f"Z{k}" not in given and k > 0 and f"A{k}" not in given:
                v[f"Z{k}"] = v[f"W{k}"] @ v[f"A{k - 1}"] + v[f"b{k}"]
            if f"A{k}" not in given and k > 0:
                v[f"A{k}"] = sigmoid(v[f"Z{k}"]) if k == self.L else self.g(v[f"Z{k}"])
        return v

    def slope(self, name):
        """Derivative of the summed loss along one variable, everything before it held fixed."""

        def loss(value):
            a = self.forward({name: value}, int(name[1:]))[f"A{self.L}"]
            return anp.sum(-self.Y * anp.log(a) - (1 - self.Y) * anp.log(1 - a))

        return grad(loss)(self.v[name])

    def gate(self, k):
        return self.slope_of(self.v[f"A{k}"], self.v[f"Z{k}"])


def _tanh_quotient(p):
    z = p.v["Z1"]
    plus, minus = np.exp(z) + np.exp(-z), np.exp(z) - np.exp(-z)
    return [elementwise_grad(anp.tanh)(z), (plus**2 - minus**2) / plus**2, 1 - np.tanh(z) ** 2]


# formula: (number of layers, hidden activations, both sides)
ONE_EXAMPLE = {
    r"\tanh'(z) = \frac{(e^{z} + e^{-z})^2 - (e^{z} - e^{-z})^2}{(e^{z} + e^{-z})^2} = 1 - \tanh^2(z)":
        (2, ["tanh"], _tanh_quotient),
    r"dz^{[1]} = da^{[1]} \odot (1 - a^{[1]} \odot a^{[1]})":
        (2, ["tanh"], lambda p: [p.slope("Z1"), p.slope("A1") * (1 - p.v["A1"] * p.v["A1"])]),
    r"da^{[2]} = (W^{[3]})^T dz^{[3]}":
        (3, ["relu"], lambda p: [p.slope("A2"), p.v["W3"].T @ p.slope("Z3")]),
    r"dz^{[2]} = da^{[2]} \odot \operatorname{ReLU}'(z^{[2]})":
        (3, ["relu"], lambda p: [p.slope("Z2"), p.slope("A2") * np.where(p.v["Z2"] > 0, 1.0, 0.0)]),
    r"da^{[1]} = (W^{[2]})^T dz^{[2]}":
        (3, ["relu"], lambda p: [p.slope("A1"), p.v["W2"].T @ p.slope("Z2")]),
    r"dW^{[2]} = dz^{[2]} (a^{[1]})^T":
        (3, ["relu"], lambda p: [p.slope("W2"), p.slope("Z2") @ p.v["A1"].T]),
}  # fmt: skip


def _at_every_layer(sides, first=1):
    """Both sides for k = first, ..., L, side by side."""
    return lambda p: [
        np.concatenate([side.ravel() for side in column])
        for column in zip(*(sides(p, k) for k in range(first, p.L + 1)), strict=True)
    ]


# J is the mean, so its slope along a parameter is that of the summed loss over m.
ANY_DEPTH = {
    r"dZ^{[L]} = A^{[L]} - Y": lambda p: [p.slope(f"Z{p.L}"), p.v[f"A{p.L}"] - p.Y],
    r"dW^{[l]} = \frac{1}{m}\, dZ^{[l]} (A^{[l-1]})^T": _at_every_layer(
        lambda p, k: [p.slope(f"W{k}") / p.m, p.slope(f"Z{k}") @ p.v[f"A{k - 1}"].T / p.m]),
    r"db^{[l]} = \frac{1}{m} \sum_{i=1}^{m} dZ^{[l]}_{:,i}": _at_every_layer(
        lambda p, k: [p.slope(f"b{k}") / p.m, sum(p.slope(f"Z{k}").T) / p.m]),
    r"dA^{[l-1]} = (W^{[l]})^T dZ^{[l]}": _at_every_layer(
        lambda p, k: [p.slope(f"A{k - 1}"), p.v[f"W{k}"].T @ p.slope(f"Z{k}")], first=2),
    r"dZ^{[l-1]} = dA^{[l-1]} \odot g^{[l-1]\prime}(Z^{[l-1]})": _at_every_layer(
        lambda p, k: [p.slope(f"Z{k - 1}"), p.slope(f"A{k - 1}") * p.gate(k - 1)], first=2),
}  # fmt: skip

CASES = [(f, sides, [n], hidden, [1]) for f, (n, hidden, sides) in ONE_EXAMPLE.items()]
CASES += [(f, sides, [2, 3, 5], list(ACTIVATIONS), [1, 2, 7]) for f, sides in ANY_DEPTH.items()]


@pytest.mark.parametrize(("formula", "sides", "depths", "hidden", "sizes"), CASES)
def test_both_sides_of_a_displayed_formula_are_equal(formula, sides, depths, hidden, sizes, displayed):
    assert formula in displayed(LESSON)
    rng = np.random.default_rng(5)
    for n_layers in depths:
        for activation in hidden:
            for m in sizes:
                left, *rights = sides(Point(rng, n_layers, m, activation))
                for right in rights:
                    assert np.shape(left) == np.shape(right)
                    np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-9)


def test_every_displayed_gradient_formula_is_tested(gradient_formulas):
    assert not set(gradient_formulas(LESSON)) - set(ONE_EXAMPLE) - set(ANY_DEPTH)
    assert len(set(gradient_formulas(LESSON))) == len(ONE_EXAMPLE) + len(ANY_DEPTH)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_table_of_slopes_holds_at_random_points(name, says):
    says(
        LESSON,
        r"| sigmoid | $\dfrac{1}{1 + e^{-z}}$ | $\sigma(z)\,(1 - \sigma(z))$ | $a\,(1 - a)$ |"
        r" $\frac{1}{4}$, at 0 |",
    )
    says(LESSON, r"| $1 - \tanh^2(z)$ | $1 - a^2$ | 1, at 0 |")
    says(LESSON, r"| ReLU | $\max(0, z)$ | 1 if $z > 0$, else 0 | 1 if $a > 0$, else 0 | 1 |")
    says(
        LESSON, r"| $z$ if $z > 0$, else $0.01\,z$ | 1 if $z > 0$, else 0.01 | 1 if $a > 0$, else 0.01 | 1 |"
    )
    g, from_a = ACTIVATIONS[name]
    z = np.random.default_rng(0).normal(size=50) * 3
    slope = elementwise_grad(g)(z)
    np.testing.assert_allclose(slope, from_a(g(z), z), rtol=1e-9)
    np.testing.assert_allclose(slope, from_a(g(z), g(z)), rtol=1e-9)  # ReLU's gates can be read off a
    largest = elementwise_grad(g)(np.linspace(-8, 8, 1601)).max()
    assert largest == pytest.approx(1 / 4 if name == "sigmoid" else 1)


def test_the_summary_repeats_the_formulas_of_the_algorithm(says):
    for formula in ANY_DEPTH:
        says(LESSON, f"${' '.join(formula.replace(chr(92) + ',', '').replace('_{i=1}^{m}', '_i').split())}$")
