"""Each displayed gradient formula of lesson 09, both sides at random points."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad, jacobian

LESSON = "09-tensors"


class Point:
    """Factors of random sizes, scores, and a slope along each result."""

    def __init__(self, rng):
        p, q, r = rng.integers(1, 6, size=3)
        self.A, self.B, self.dC = rng.normal(size=(p, q)), rng.normal(size=(q, r)), rng.normal(size=(p, r))
        self.z, self.dl = rng.normal(size=q + 1), rng.normal(size=q + 1)

    def number(self, A, B):
        """What the slopes are along: dC · C, whose slope along C is dC."""
        return anp.sum(self.dC * anp.dot(A, B))

    def dA(self):
        return grad(self.number, 0)(self.A, self.B)

    def dB(self):
        return grad(self.number, 1)(self.A, self.B)


def _log_softmax(z):
    return z - anp.log(anp.sum(anp.exp(z)))


def _any_operation(point):
    def mixed(a):
        return anp.array([anp.sum(a[: k + 1]) * a[k] for k in range(len(a))])

    table = jacobian(mixed)(point.z)  # rows are the entries of the result, columns those of the operand
    slopes = [sum(table[j, i] * point.dl[j] for j in range(len(point.dl))) for i in range(len(point.z))]
    return grad(lambda a: anp.sum(point.dl * mixed(a)))(point.z), np.array(slopes)


FORMULAS = {
    r"da_i = \sum_{j} \frac{\partial c_j}{\partial a_i}\, dc_j": _any_operation,
    r"da_{ik} = \sum_{j} dc_{ij}\, b_{kj}": lambda p: (p.dA(), np.einsum("ij,kj->ik", p.dC, p.B)),
    r"db_{kj} = \sum_{i} a_{ik}\, dc_{ij}": lambda p: (p.dB(), np.einsum("ik,ij->kj", p.A, p.dC)),
    r"dA = dC\, B^T": lambda p: (p.dA(), p.dC @ p.B.T),
    r"dB = A^T dC": lambda p: (p.dB(), p.A.T @ p.dC),
    r"dz_i = dl_i - p_i \sum_{k} dl_k": lambda p: (
        grad(lambda z: anp.sum(p.dl * _log_softmax(z)))(p.z),
        p.dl - np.exp(p.z) / np.exp(p.z).sum() * p.dl.sum(),
    ),
}


@pytest.mark.parametrize(("formula", "sides"), FORMULAS.items())
def test_both_sides_of_a_displayed_formula_are_equal(formula, sides, displayed):
    assert formula in displayed(LESSON)
    rng = np.random.default_rng(9)
    for _ in range(20):
        left, right = sides(Point(rng))
        assert left.shape == right.shape
        np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-9)


def test_every_displayed_gradient_formula_is_tested(gradient_formulas):
    assert not set(gradient_formulas(LESSON)) - set(FORMULAS)
    assert len(gradient_formulas(LESSON)) >= 5


def test_the_logarithm_of_softmax_is_the_score_less_the_logarithm_of_the_sum(displayed):
    assert r"l_k = z_k - \log \sum_{j} e^{z_j}" in displayed(LESSON)
    for z in np.random.default_rng(9).normal(size=(20, 5)):
        np.testing.assert_allclose(np.log(np.exp(z) / np.exp(z).sum()), z - np.log(np.exp(z).sum()))
