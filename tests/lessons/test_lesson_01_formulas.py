"""Each displayed gradient formula of lesson 01, both sides at random points.

The left side is an automatic derivative (the library `autograd`); the right side is what the formula says.
Neither uses the course's own code.
"""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

LESSON = "01-chain-rule"


def _sigmoid(z):
    return 1 / (1 + anp.exp(-z))


def _after(y):
    """Something that follows a neuron, so that its upstream gradient is not 1."""
    return anp.sin(3 * y)


def _one_after_another(rng):
    """Random f and g: y = f(s), s = g(x)."""
    a, b, x = rng.normal(size=3)
    f, g = (lambda s: anp.sin(a * s) + s**2), (lambda x: anp.exp(b * x))
    return [grad(lambda x: f(g(x)))(x), grad(f)(g(x)) * grad(g)(x)]


def _square_of_line(rng):
    x = rng.normal()
    s = 2 * x + 3
    return [grad(lambda x: (2 * x + 3) ** 2)(x), 2 * s * 1 * 2, 4 * (2 * x + 3)]


def _two_paths(rng):
    a, b, t = rng.normal(size=3)
    x, y = (lambda t: anp.cos(a * t)), (lambda t: anp.exp(b * t))
    z = lambda x, y: x * y**2 + anp.sin(x + y)  # noqa: E731
    partial_x, partial_y = grad(z, 0)(x(t), y(t)), grad(z, 1)(x(t), y(t))
    return [grad(lambda t: z(x(t), y(t)))(t), partial_x * grad(x)(t) + partial_y * grad(y)(t)]


def _slope_of_sigmoid(rng):
    z = rng.normal(scale=3)
    e = np.exp(-z)
    return [grad(_sigmoid)(z), -1 / (1 + e) ** 2 * 1 * e * -1, e / (1 + e) ** 2]


def _slope_of_sigmoid_from_output(rng):
    z = rng.normal(scale=3)
    return [grad(_sigmoid)(z), _sigmoid(z) * (1 - _sigmoid(z))]


def _sum_of_neuron(rng):
    z = rng.normal(scale=2)
    dy = grad(_after)(_sigmoid(z))
    return [grad(lambda z: _after(_sigmoid(z)))(z), dy * _sigmoid(z) * (1 - _sigmoid(z))]


def _parameters_of_neuron(rng):
    n = rng.integers(1, 6)
    x, w, b = rng.normal(size=n), rng.normal(size=n), rng.normal()
    result = lambda x, w, b: _after(_sigmoid(anp.dot(w, x) + b))  # noqa: E731
    dz = grad(lambda z: _after(_sigmoid(z)))(w @ x + b)
    left = [grad(result, i)(x, w, b) for i in (1, 0, 2)]
    return [np.concatenate([np.ravel(part) for part in left]), np.concatenate([dz * x, dz * w, [dz]])]


SIDES = {
    r"\frac{dy}{dx} = \frac{dy}{ds} \cdot \frac{ds}{dx}": _one_after_another,
    r"\frac{dy}{dx} = 2s \cdot 1 \cdot 2 = 4\,(2x + 3)": _square_of_line,
    r"\frac{dz}{dt} = \frac{\partial z}{\partial x} \frac{dx}{dt} + "
    r"\frac{\partial z}{\partial y} \frac{dy}{dt}": _two_paths,
    r"\sigma'(z) = \frac{-1}{(1 + e^{-z})^2} \cdot 1 \cdot e^{-z} \cdot (-1) = "
    r"\frac{e^{-z}}{(1 + e^{-z})^2}": _slope_of_sigmoid,
    r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z))": _slope_of_sigmoid_from_output,
    r"dz = dy\; \sigma(z)\,(1 - \sigma(z))": _sum_of_neuron,
    r"dw = dz\; x, \qquad dx = dz\; w, \qquad db = dz": _parameters_of_neuron,
}


@pytest.mark.parametrize("formula", SIDES)
def test_both_sides_of_a_displayed_formula_are_equal(formula, displayed):
    assert formula in displayed(LESSON)
    rng = np.random.default_rng(1)
    for _ in range(40):
        left, *rights = SIDES[formula](rng)
        for right in rights:
            np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-9)


def test_every_displayed_gradient_formula_is_tested(gradient_formulas):
    assert set(gradient_formulas(LESSON)) == set(SIDES)


def test_the_table_of_local_derivatives_holds(says):
    says(LESSON, "| $v = e^{a}$ | $e^{a} = v$ | can use its own output again |")
    says(LESSON, "| $v = 1/a$ | $-1/a^2 = -v^2$ | can use its own output again |")
    says(LESSON, r"| $v = a^n$ | $n\,a^{n-1}$ | needs the input |")
    for a in np.random.default_rng(2).uniform(0.5, 2, size=20):
        assert np.isclose(grad(anp.exp)(a), np.exp(a))
        assert np.isclose(grad(lambda a: 1 / a)(a), -((1 / a) ** 2))
        assert np.isclose(grad(lambda a: a**3)(a), 3 * a**2)
