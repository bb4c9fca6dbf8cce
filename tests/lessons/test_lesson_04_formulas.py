"""Each displayed formula of lesson 04 that states a slope, both sides at random points."""

import numpy as np
import pytest
from autograd import grad
from autograd import numpy as anp

LESSON = "04-gradient-checking"


def _function(rng):
    a, b, c = rng.normal(size=3)
    return (lambda x: anp.sin(a * x) + b * anp.exp(c * x)), rng.normal()


def _forward(rng):
    f, x = _function(rng)
    epsilon = 1e-5
    return (f(x + epsilon) - f(x)) / epsilon, grad(f)(x) + epsilon / 2 * grad(grad(f))(x), epsilon**1.7


def _central(rng):
    f, x = _function(rng)
    epsilon = 1e-2
    third = grad(grad(grad(f)))(x)
    return (
        (f(x + epsilon) - f(x - epsilon)) / (2 * epsilon),
        grad(f)(x) + epsilon**2 / 6 * third,
        epsilon**3.3,
    )


SIDES = {
    r"\frac{f(x + \varepsilon) - f(x)}{\varepsilon} \approx f'(x) + \frac{\varepsilon}{2} f''(x)": _forward,
    r"\frac{f(x + \varepsilon) - f(x - \varepsilon)}{2 \varepsilon} "
    r"\approx f'(x) + \frac{\varepsilon^2}{6} f'''(x)":
        _central,
}  # fmt: skip


@pytest.mark.parametrize("formula", SIDES)
def test_both_sides_agree_up_to_the_next_term(formula, displayed):
    assert formula in displayed(LESSON)
    rng = np.random.default_rng(4)
    for _ in range(40):
        left, right, next_term = SIDES[formula](rng)
        assert abs(left - right) < 30 * next_term


def test_every_displayed_formula_of_a_slope_is_tested(displayed):
    slopes = [formula for formula in displayed(LESSON) if "f'(x)" in formula]
    assert set(slopes) == set(SIDES)


def test_the_best_nudge_is_the_lowest_point_of_the_error(displayed):
    error = r"\text{error} \approx \frac{u\,|f|}{\varepsilon} + \frac{\varepsilon^2}{6} |f'''|"
    best = r"\varepsilon_{\text{best}} = \sqrt[3]{\frac{3\,u\,|f|}{|f'''|}}"
    assert {error, best} <= set(displayed(LESSON))
    rng = np.random.default_rng(5)
    for _ in range(20):
        u, f, third = 10 ** rng.uniform(-16, -7), *rng.uniform(0.1, 10, size=2)
        slope = grad(lambda e, u=u, f=f, third=third: u * f / e + e**2 / 6 * third)
        epsilon = np.cbrt(3 * u * f / third)
        assert abs(slope(epsilon)) < 1e-9 * abs(slope(epsilon / 2))


def test_the_relative_difference_is_the_one_the_text_displays(displayed):
    formula = r"\frac{\lVert a - b \rVert}{\lVert a \rVert + \lVert b \rVert}"
    assert formula in displayed(LESSON)
    from mlcourse.nn.gradient_check import relative_difference

    rng = np.random.default_rng(6)
    for _ in range(20):
        a, b = rng.normal(size=(2, 3, 4))
        norm = lambda x: np.sqrt((x**2).sum())  # noqa: E731
        assert np.isclose(relative_difference(a, b), norm(a - b) / (norm(a) + norm(b)))
