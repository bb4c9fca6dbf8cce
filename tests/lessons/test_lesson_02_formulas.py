"""Each displayed gradient formula of lesson 02, both sides at random points.

The left side is an automatic derivative (the library `autograd`) of the loss, written here once more; the
right side is what the formula says. Neither uses the course's own code.
"""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad, grad

LESSON = "02-two-layer-network"


def _sigmoid(z):
    return 1 / (1 + anp.exp(-z))


def _loss(a, y):
    """Sum over the examples of the loss of each."""
    return anp.sum(-y * anp.log(a) - (1 - y) * anp.log(1 - a))


class Point:
    """A random network and batch of random sizes (m = 1: one example), with its way forward."""

    def __init__(self, rng, m):
        n0, n1 = rng.integers(1, 6, size=2)
        self.m = m
        self.x, self.y = rng.normal(size=(n0, m)), rng.integers(0, 2, size=(1, m)).astype(float)
        self.W1, self.b1 = rng.normal(size=(n1, n0)), rng.normal(size=(n1, 1))
        self.W2, self.b2 = rng.normal(size=(1, n1)), rng.normal(size=(1, 1))
        self.z1 = self.W1 @ self.x + self.b1
        self.a1 = np.maximum(0, self.z1)
        self.z2 = self.W2 @ self.a1 + self.b2
        self.a2 = _sigmoid(self.z2)

    def slope(self, name):
        """Derivative of the summed loss along one variable, everything before it held fixed."""

        def loss(value):
            v = {**vars(self), name: value}
            if name in ("W1", "b1"):
                v["z1"] = v["W1"] @ v["x"] + v["b1"]
            if name in ("W1", "b1", "z1"):
                v["a1"] = anp.maximum(0, v["z1"])
            if name not in ("z2", "a2"):
                v["z2"] = v["W2"] @ v["a1"] + v["b2"]
            return _loss(v["a2"] if name == "a2" else _sigmoid(v["z2"]), v["y"])

        return grad(loss)(getattr(self, name))


def _gate(z):
    return np.where(z > 0, 1.0, 0.0)


def _several_outputs(p):
    """Three outputs in place of one, and any loss of their weighted sums."""
    rng = np.random.default_rng(p.W1.size)
    W = rng.normal(size=(3, len(p.a1)))
    loss = lambda z: anp.sum(anp.sin(z) + z**2)  # noqa: E731
    dz = grad(loss)(W @ p.a1)
    return [grad(lambda a: loss(anp.dot(W, a)))(p.a1), sum(W[[k]].T * dz[k] for k in range(3))]


def _central_difference(p):
    theta, epsilon = p.z2, 1e-5
    up, down = (_loss(_sigmoid(moved), p.y) for moved in (theta + epsilon, theta - epsilon))
    return [p.slope("z2").item(), (up - down) / (2 * epsilon)]


ONE_EXAMPLE = {
    r"da^{[2]} = -\frac{y}{a^{[2]}} + \frac{1 - y}{1 - a^{[2]}} = \frac{a^{[2]} - y}{a^{[2]} (1 - a^{[2]})}":
        lambda p: [p.slope("a2"), -p.y / p.a2 + (1 - p.y) / (1 - p.a2), (p.a2 - p.y) / (p.a2 * (1 - p.a2))],
    r"\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2} = \sigma(z)\,(1 - \sigma(z))":
        lambda p: [
            elementwise_grad(_sigmoid)(p.z2), np.exp(-p.z2) / (1 + np.exp(-p.z2)) ** 2, p.a2 * (1 - p.a2)
        ],
    r"dz^{[2]} = \frac{a^{[2]} - y}{a^{[2]} (1 - a^{[2]})} \cdot a^{[2]} (1 - a^{[2]}) = a^{[2]} - y":
        lambda p: [p.slope("z2"), (p.a2 - p.y) / (p.a2 * (1 - p.a2)) * p.a2 * (1 - p.a2), p.a2 - p.y],
    r"\mathcal{L} = \log(1 + e^{z^{[2]}}) - y\, z^{[2]}":
        lambda p: [_loss(p.a2, p.y), (np.log(1 + np.exp(p.z2)) - p.y * p.z2).item()],
    r"dz^{[2]} = \sigma(z^{[2]}) - y = a^{[2]} - y":
        lambda p: [p.slope("z2"), _sigmoid(p.z2) - p.y, p.a2 - p.y],
    r"dW^{[2]} = dz^{[2]} (a^{[1]})^T": lambda p: [p.slope("W2"), p.slope("z2") @ p.a1.T],
    r"db^{[2]} = dz^{[2]}": lambda p: [p.slope("b2"), p.slope("z2")],
    r"da^{[1]} = (W^{[2]})^T dz^{[2]}": lambda p: [p.slope("a1"), p.W2.T @ p.slope("z2")],
    r"da^{[1]}_j = \sum_k W^{[2]}_{kj}\, dz^{[2]}_k": lambda p: _several_outputs(p),
    r"dz^{[2]}_{\text{squared}} = 2\,(a^{[2]} - y)\, a^{[2]} (1 - a^{[2]})":
        lambda p: [
            elementwise_grad(lambda z: (_sigmoid(z) - p.y) ** 2)(p.z2),
            2 * (p.a2 - p.y) * p.a2 * (1 - p.a2),
        ],
    r"dz^{[1]} = da^{[1]} \odot \operatorname{ReLU}'(z^{[1]}), \qquad "
    r"\operatorname{ReLU}'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}":
        lambda p: [p.slope("z1"), p.slope("a1") * _gate(p.z1)],
    r"dW^{[1]} = dz^{[1]} x^T": lambda p: [p.slope("W1"), p.slope("z1") @ p.x.T],
    r"db^{[1]} = dz^{[1]}": lambda p: [p.slope("b1"), p.slope("z1")],
    r"\frac{\partial \mathcal{L}}{\partial \theta} \approx "
    r"\frac{\mathcal{L}(\theta + \varepsilon) - \mathcal{L}(\theta - \varepsilon)}{2 \varepsilon}":
        _central_difference,
}  # fmt: skip


def _columns(dZ):
    return sum(dZ[:, [i]] for i in range(dZ.shape[1]))


# J is the mean, so its slope along a parameter is that of the summed loss over m.
BATCH = {
    r"dZ^{[2]} = A^{[2]} - Y": lambda p: [p.slope("z2"), p.a2 - p.y],
    r"dW^{[2]} = \frac{1}{m}\, dZ^{[2]} (A^{[1]})^T":
        lambda p: [p.slope("W2") / p.m, p.slope("z2") @ p.a1.T / p.m],
    r"db^{[2]} = \frac{1}{m} \sum_{i=1}^{m} dZ^{[2]}_{:,i}":
        lambda p: [p.slope("b2") / p.m, _columns(p.slope("z2")) / p.m],
    r"dA^{[1]} = (W^{[2]})^T dZ^{[2]}": lambda p: [p.slope("a1"), p.W2.T @ p.slope("z2")],
    r"dZ^{[1]} = dA^{[1]} \odot \operatorname{ReLU}'(Z^{[1]})":
        lambda p: [p.slope("z1"), p.slope("a1") * _gate(p.z1)],
    r"dW^{[1]} = \frac{1}{m}\, dZ^{[1]} X^T": lambda p: [p.slope("W1") / p.m, p.slope("z1") @ p.x.T / p.m],
    r"db^{[1]} = \frac{1}{m} \sum_{i=1}^{m} dZ^{[1]}_{:,i}":
        lambda p: [p.slope("b1") / p.m, _columns(p.slope("z1")) / p.m],
}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "sides", "sizes"),
    [(f, s, [1]) for f, s in ONE_EXAMPLE.items()] + [(f, s, [1, 2, 5, 16]) for f, s in BATCH.items()],
)
def test_both_sides_of_a_displayed_formula_are_equal(formula, sides, sizes, displayed):
    assert formula in displayed(LESSON)
    rng = np.random.default_rng(2)
    for m in sizes * 10:
        left, *rights = sides(Point(rng, m))
        for right in rights:
            assert np.shape(left) == np.shape(right)
            np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-9)


def test_every_displayed_gradient_formula_is_tested(gradient_formulas):
    untested = set(gradient_formulas(LESSON)) - set(ONE_EXAMPLE) - set(BATCH)
    assert not untested
    assert len(gradient_formulas(LESSON)) >= 18


def test_the_summary_repeats_the_formulas_of_the_sections(says):
    for formula in ONE_EXAMPLE | BATCH:
        extra = any(words in formula for words in ("cases", "squared", "_{kj}"))
        if formula.startswith("d") and formula.count("=") == 1 and not extra:
            short = formula.replace(r"\,", "").replace(r"\sum_{i=1}^{m}", r"\sum_i")
            says(LESSON, f"${' '.join(short.split())}$")
