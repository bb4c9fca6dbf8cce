"""Each displayed formula of lesson 06, both sides at random points.

Gradients are compared with automatic derivatives (the library `autograd`), update rules with the optimizers
of `mlcourse.nn`, and the closed forms of running averages with the rules that they unroll.
"""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from mlcourse import nn

LESSON = "06-optimization"
STEPS = 7


def ravine(w):
    return (w[0] ** 2 + 100 * w[1] ** 2) / 2


def loss_of_the_ravine(rng):
    w = rng.normal(size=2)
    H = np.diag([1.0, 100.0])
    return [anp.array(ravine(w)), w @ H @ w / 2]


def slopes_of_the_ravine(rng):
    w = rng.normal(size=2)
    return [grad(ravine)(w), np.array([w[0], 100 * w[1]])]


def way_through_the_ravine(rng):
    alpha, t = rng.uniform(0.001, 0.03), int(rng.integers(1, 12))
    w = np.array([-10.0, 1.0])
    for _ in range(t):
        w = w - alpha * grad(ravine)(w)
    return [w, np.array([(1 - alpha) ** t * -10, (1 - 100 * alpha) ** t * 1])]


def gradients(rng):
    return [rng.normal(size=(3, 2)) for _ in range(STEPS)]


def by_optimizer(optimizer, W, dWs):
    W = W.copy()
    for dW in dWs:
        optimizer.step([W], [dW])
    return W


def momentum(rng):
    W, dWs, alpha, beta = rng.normal(size=(3, 2)), gradients(rng), rng.uniform(0.1, 2), rng.uniform(0, 0.99)
    expected, v = by_optimizer(nn.Momentum(alpha, beta), W, dWs), 0 * W
    for dW in dWs:
        v = beta * v + (1 - beta) * dW
        W = W - alpha * v
    return [expected, W]


def unrolled_average(rng):
    dWs, beta = gradients(rng), rng.uniform(0, 0.99)
    v = 0.0
    for dW in dWs:
        v = beta * v + (1 - beta) * dW
    return [v, (1 - beta) * sum(beta**k * dWs[-1 - k] for k in range(STEPS))]


def equal_gradients(rng):
    g, beta = rng.normal(size=(3, 2)), rng.uniform(0, 0.99)
    v = 0.0
    for _ in range(STEPS):
        v = beta * v + (1 - beta) * g
    return [v, (1 - beta**STEPS) * g]


def the_other_rule(rng):
    W, dWs, alpha, beta = rng.normal(size=(3, 2)), gradients(rng), rng.uniform(0.1, 2), rng.uniform(0, 0.99)
    expected, u = by_optimizer(nn.Momentum(alpha, beta), W, dWs), 0 * W
    alpha_u = (1 - beta) * alpha
    for dW in dWs:
        u = beta * u + dW
        W = W - alpha_u * u
    return [expected, W]


def rms_prop(rng):
    W, dWs, alpha, beta = rng.normal(size=(3, 2)), gradients(rng), rng.uniform(0.1, 2), rng.uniform(0, 0.99)
    epsilon = rng.uniform(1e-8, 1e-2)
    expected, s = by_optimizer(nn.RMSProp(alpha, beta, epsilon), W, dWs), 0 * W
    for dW in dWs:
        s = beta * s + (1 - beta) * dW * dW
        W = W - alpha * dW / (np.sqrt(s) + epsilon)
    return [expected, W]


def adam(rng):
    W, dWs, alpha = rng.normal(size=(3, 2)), gradients(rng), rng.uniform(0.1, 2)
    beta1, beta2, epsilon = rng.uniform(0, 0.99), rng.uniform(0, 0.999), rng.uniform(1e-8, 1e-2)
    expected = by_optimizer(nn.Adam(alpha, beta1, beta2, epsilon), W, dWs)
    m, v = 0 * W, 0 * W
    for t, dW in enumerate(dWs, start=1):
        m = beta1 * m + (1 - beta1) * dW
        v = beta2 * v + (1 - beta2) * dW * dW
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        W = W - alpha * m_hat / (np.sqrt(v_hat) + epsilon)
    return [expected, W]


def error_of_a_mean(rng):
    B = int(rng.integers(2, 50))
    means = rng.normal(size=(20_000, B)).mean(axis=1)
    return [np.array(1.0), np.round(means.std() / (1 / np.sqrt(B)), 1)]


FORMULAS = {
    r"J(w_1, w_2) = \frac{1}{2} \left( w_1^2 + 100\, w_2^2 \right)": loss_of_the_ravine,
    r"dw_1 = w_1, \qquad dw_2 = 100\, w_2": slopes_of_the_ravine,
    r"w_1 = (1 - \alpha)^t \cdot (-10), \qquad w_2 = (1 - 100\,\alpha)^t \cdot 1": way_through_the_ravine,
    r"v \leftarrow \beta\, v + (1 - \beta)\, dW": momentum,
    r"W \leftarrow W - \alpha\, v": momentum,
    r"v_t = (1 - \beta) \left( dW_t + \beta\, dW_{t-1} + \beta^2\, dW_{t-2} + \dots"
    r" + \beta^{t-1}\, dW_1 \right)": unrolled_average,
    r"v_t = (1 - \beta^t)\, g": equal_gradients,
    r"u \leftarrow \beta\, u + dW": the_other_rule,
    r"W \leftarrow W - \alpha_u\, u": the_other_rule,
    r"\alpha_u = (1 - \beta)\, \alpha": the_other_rule,
    r"s \leftarrow \beta\, s + (1 - \beta)\, dW \odot dW": rms_prop,
    r"W \leftarrow W - \alpha\, \frac{dW}{\sqrt{s} + \varepsilon}": rms_prop,
    r"m \leftarrow \beta_1\, m + (1 - \beta_1)\, dW": adam,
    r"v \leftarrow \beta_2\, v + (1 - \beta_2)\, dW \odot dW": adam,
    r"\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat v = \frac{v}{1 - \beta_2^t}": adam,
    r"W \leftarrow W - \alpha\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}": adam,
    r"\frac{\sqrt{B}}{B} = \frac{1}{\sqrt{B}}": error_of_a_mean,
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_both_sides_of_a_displayed_formula_are_equal(formula, displayed):
    assert formula in displayed(LESSON)
    rng = np.random.default_rng(6)
    for _ in range(10):
        left, *rights = FORMULAS[formula](rng)
        for right in rights:
            assert np.shape(left) == np.shape(right)
            np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-12)


def test_every_displayed_formula_is_tested(displayed):
    assert set(displayed(LESSON)) == set(FORMULAS)


def test_the_summary_repeats_the_rules(says):
    says(LESSON, r"| momentum | $v \leftarrow \beta v + (1 - \beta)\, dW$ | $W \leftarrow W - \alpha\, v$ |")
    says(LESSON, r"| RMSProp | $s \leftarrow \beta s + (1 - \beta)\, dW \odot dW$ |")
    says(LESSON, r"$W \leftarrow W - \alpha\, dW / (\sqrt{s} + \varepsilon)$")
    says(LESSON, r"$W \leftarrow W - \alpha\, \hat m / (\sqrt{\hat v} + \varepsilon)$")
