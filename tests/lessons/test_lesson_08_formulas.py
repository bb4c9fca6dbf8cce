"""Each displayed gradient formula of lesson 08, both sides at random points."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad, grad

LESSON = "08-autograd-and-pytorch"


class Point:
    """A matrix product of random sizes, followed by a loss that is a mean over its m columns."""

    def __init__(self, rng):
        n, k, m = rng.integers(1, 6, size=3)
        self.W, self.A = rng.normal(size=(n, k)), rng.normal(size=(k, m))
        self.Y = rng.normal(size=(n, m))

    def loss(self, Z):
        """Mean over the columns of something that mixes the entries of a column."""
        return anp.sum(anp.log(1 + anp.exp(Z)) * self.Y + Z**2) / self.Y.shape[1]

    def dZ(self):
        return grad(self.loss)(self.W @ self.A)


def _cross_entropy_of_tanh(point):
    z = point.Y
    p = np.tanh(z)
    nudged = elementwise_grad(lambda z: -anp.log((1 + anp.tanh(z)) / 2))(z)
    np.testing.assert_allclose(p - 1, nudged)
    return [nudged, -(1 - p**2) / (1 + p)]


FORMULAS = {
    r"dW = dZ\, A^T": lambda p: [grad(lambda W: p.loss(W @ p.A))(p.W), p.dZ() @ p.A.T],
    r"dA = W^T dZ": lambda p: [grad(lambda A: p.loss(p.W @ A))(p.A), p.W.T @ p.dZ()],
    r"\frac{\partial}{\partial z} \left( -\log \frac{1 + p}{2} \right) = -\frac{1 - p^2}{1 + p} = p - 1":
        _cross_entropy_of_tanh,
}  # fmt: skip


@pytest.mark.parametrize(("formula", "sides"), FORMULAS.items())
def test_both_sides_of_a_displayed_formula_are_equal(formula, sides, displayed):
    assert formula in displayed(LESSON)
    rng = np.random.default_rng(8)
    for _ in range(20):
        left, right = sides(Point(rng))
        assert left.shape == right.shape
        np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-9)


def test_every_displayed_gradient_formula_is_tested(gradient_formulas):
    assert not set(gradient_formulas(LESSON)) - set(FORMULAS)
    assert len(gradient_formulas(LESSON)) >= 2


def test_a_parents_slope_grows_by_local_derivative_times_slope(displayed):
    assert r"da \;\leftarrow\; da + \frac{\partial v}{\partial a}\, dv" in displayed(LESSON)
    rng = np.random.default_rng(8)
    for a, b in rng.normal(size=(20, 2)):
        # y = (a b)² + a: one share of a comes through v = a b, one from the sum.
        whole = grad(lambda a, b=b: (a * b) ** 2 + a)(a)
        dv = grad(lambda v, a=a: v**2 + a)(a * b)
        da = 1.0
        da = da + b * dv
        assert da == pytest.approx(whole)


@pytest.mark.parametrize(
    ("table", "function", "local_derivatives"),
    [
        ("| $v = a + b$ | `a.data + b.data` | $1$ and $1$ |", lambda a, b: a + b, lambda a, b: (1, 1)),
        (r"| $v = a \cdot b$ | `a.data * b.data` | $b$ and $a$ |", lambda a, b: a * b, lambda a, b: (b, a)),
        (
            r"| $v = \tanh(a)$ | `math.tanh(a.data)` | $1 - v^2$ |",
            lambda a, b: anp.tanh(a),
            lambda a, b: (1 - np.tanh(a) ** 2,),
        ),
        (
            "$1/b$ along $a$ and $-a/b^2 = -v/b$ along $b$",
            lambda a, b: a / b,
            lambda a, b: (1 / b, -a / b**2),
        ),
    ],
)
def test_the_local_derivatives_of_the_tables(table, function, local_derivatives, says):
    says(LESSON, table)
    rng = np.random.default_rng(8)
    for a, b in rng.uniform(0.2, 2, size=(20, 2)) * rng.choice([-1, 1], size=(20, 2)):
        for which, slope in enumerate(local_derivatives(a, b)):
            assert slope == pytest.approx(grad(function, which)(a, b))
    assert -a / b**2 == pytest.approx(-(a / b) / b)
