"""Each displayed gradient formula of lesson 07, both sides at random points."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

LESSON = "07-numpy-network"


def _cross_entropy(Z, Y):
    """Mean loss, straight from the definition of softmax."""
    P = anp.exp(Z) / anp.sum(anp.exp(Z), axis=0)
    return -anp.sum(Y * anp.log(P)) / Z.shape[1]


class Point:
    """Random inputs, a dense layer of random size, and one-hot labels."""

    def __init__(self, rng):
        n_in, n_out, m = rng.integers(2, 6, size=3)
        self.A, self.W = rng.normal(size=(n_in, m)), rng.normal(size=(n_out, n_in))
        self.b = rng.normal(size=(n_out, 1))
        self.Y = np.eye(n_out)[:, rng.integers(0, n_out, m)]
        self.Z = self.W @ self.A + self.b
        self.P = np.exp(self.Z) / np.exp(self.Z).sum(axis=0)
        self.dZ = grad(lambda Z: _cross_entropy(Z, self.Y))(self.Z)

    def slope(self, name):
        """Derivative of the mean loss along W, b or A."""

        def loss(value):
            v = {**vars(self), name: value}
            return _cross_entropy(anp.dot(v["W"], v["A"]) + v["b"], self.Y)

        return grad(loss)(getattr(self, name))


def _one_example(p):
    Z, Y = p.Z[:, :1], p.Y[:, :1]
    return grad(lambda Z: _cross_entropy(Z, Y))(Z), p.P[:, :1] - Y


SIDES = {
    r"dW = dZ\, A^T": lambda p: (p.slope("W"), p.dZ @ p.A.T),
    r"db = \sum_{i=1}^{m} dZ_{:,i}":
        lambda p: (p.slope("b"), sum(p.dZ[:, [i]] for i in range(p.dZ.shape[1]))),
    r"dA = W^T dZ": lambda p: (p.slope("A"), p.W.T @ p.dZ),
    r"dz_k = p_k - y_k": _one_example,
    r"dZ = \frac{1}{m} (P - Y)": lambda p: (p.dZ, (p.P - p.Y) / p.Y.shape[1]),
}  # fmt: skip


@pytest.mark.parametrize("formula", SIDES)
def test_both_sides_of_a_displayed_formula_are_equal(formula, displayed):
    assert formula in displayed(LESSON)
    rng = np.random.default_rng(7)
    for _ in range(40):
        left, right = SIDES[formula](Point(rng))
        assert left.shape == right.shape
        np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-10)


def test_every_displayed_gradient_formula_is_tested(gradient_formulas):
    assert set(gradient_formulas(LESSON)) <= set(SIDES)


def test_the_two_forms_of_the_loss_are_equal(displayed):
    assert r"\mathcal{L} = -\sum_{k} y_k \log p_k" in displayed(LESSON)
    assert r"\mathcal{L} = \log \sum_{j} e^{z_j} - z_c" in displayed(LESSON)
    rng = np.random.default_rng(8)
    for _ in range(20):
        z, c = rng.normal(size=5), rng.integers(5)
        p = np.exp(z) / np.exp(z).sum()
        np.testing.assert_allclose(np.log(np.exp(z).sum()) - z[c], -np.log(p[c]))
