"""Known mistakes of lesson 01."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Mistake
from mlcourse.exercises.chain_rule_neuron import neuron_backward, sigmoid


def _power(name: str, sentence: str, slope: Callable[..., Any]) -> Mistake:
    """A mistake in the slope; it is given x and u = 3x² − 1."""

    def function(x: float) -> tuple[float, Any]:
        u = 3 * x**2 - 1
        return u**3, slope(x, u)

    return Mistake(name, sentence, function)


POWER_CHAIN = (
    _power(
        "inner-forgotten",
        "The derivative of the inner function is missing: multiply 3u² by du/dx = 6x.",
        lambda x, u: 3 * u**2,
    ),
    _power(
        "outer-forgotten",
        "This is only the derivative of the inner function, 6x: multiply it by that of the cube, 3u².",
        lambda x, u: 6 * x,
    ),
    _power(
        "sum-for-product",
        "The two derivatives are added. Along a chain they are multiplied: dy/dx = dy/du · du/dx.",
        lambda x, u: 3 * u**2 + 6 * x,
    ),
    _power(
        "at-the-derivative",
        "The cube's derivative is taken at du/dx. Take it at u = 3x² − 1 and multiply by du/dx after that.",
        lambda x, u: 3 * (6 * x) ** 2,
    ),
    _power(
        "at-x",
        "The cube's derivative is taken at x. Take it at u = 3x² − 1: dy/du = 3u².",
        lambda x, u: 3 * x**2 * 6 * x,
    ),
    _power(
        "exponent-not-lowered",
        "The exponent of the cube stays 3. The derivative of u³ is 3u².",
        lambda x, u: 3 * u**3 * 6 * x,
    ),
    _power(
        "factor-three-forgotten",
        "The factor 3 of the cube's derivative is missing: the derivative of u³ is 3u².",
        lambda x, u: u**2 * 6 * x,
    ),
    _power(
        "inner-factor-two",
        "The derivative of 3x² is 6x: the exponent 2 becomes a factor.",
        lambda x, u: 3 * u**2 * 3 * x,
    ),
    _power(
        "constant-kept",
        "The derivative of the constant −1 is 0, so du/dx is 6x, not 6x − 1.",
        lambda x, u: 3 * u**2 * (6 * x - 1),
    ),
    _power(
        "inner-exponent-kept",
        "The derivative of 3x² is 6x, not 6x².",
        lambda x, u: 3 * u**2 * 6 * x**2,
    ),
    Mistake(
        "order-of-return",
        "The two values are returned the other way round: return y, dy_dx.",
        lambda x: (18 * x * (3 * x**2 - 1) ** 2, (3 * x**2 - 1) ** 3),
    ),
    Mistake(
        "cube-forgotten",
        "y is only the inner function u = 3x² − 1: raise it to the third power.",
        lambda x: (3 * x**2 - 1, 18 * x * (3 * x**2 - 1) ** 2),
    ),
)


def _paths(name: str, sentence: str, slope: Callable[..., Any]) -> Mistake:
    """A mistake in the slope; it is given the four local derivatives and x, y, t."""

    def function(t: float) -> tuple[Any, Any]:
        x, y = np.cos(t), t**2
        return x * y**2, slope(y**2, -np.sin(t), 2 * x * y, 2 * t, x, y)

    return Mistake(name, sentence, function)


TWO_PATHS = (
    _paths(
        "path-through-y-left-out",
        "The path through y is missing: t changes z through y too. Add dz/dy · dy/dt.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: dz_dx * dx_dt,
    ),
    _paths(
        "path-through-x-left-out",
        "The path through x is missing: t changes z through x too. Add dz/dx · dx/dt.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: dz_dy * dy_dt,
    ),
    _paths(
        "paths-multiplied",
        "The contributions of the two paths are multiplied. Along a path multiply, across paths add.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: dz_dx * dx_dt * dz_dy * dy_dt,
    ),
    _paths(
        "paths-subtracted",
        "The contribution of the path through y is subtracted. Contributions of paths are added.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: dz_dx * dx_dt - dz_dy * dy_dt,
    ),
    _paths(
        "sign-of-sine",
        "The derivative of cos t is −sin t: the minus is missing.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: -dz_dx * dx_dt + dz_dy * dy_dt,
    ),
    _paths(
        "inner-derivatives-left-out",
        "The derivatives of x and y with respect to t are missing: multiply dz/dx by dx/dt, dz/dy by dy/dt.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: dz_dx + dz_dy,
    ),
    _paths(
        "dx-dt-left-out",
        "In the path through x, the factor dx/dt = −sin t is missing.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: dz_dx + dz_dy * dy_dt,
    ),
    _paths(
        "dy-dt-left-out",
        "In the path through y, the factor dy/dt = 2t is missing.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: dz_dx * dx_dt + dz_dy,
    ),
    _paths(
        "x-lost-in-dz-dy",
        "In dz/dy the factor x is missing: the derivative of x·y² with respect to y is 2xy.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: dz_dx * dx_dt + 2 * y * dy_dt,
    ),
    _paths(
        "factor-two-lost-in-dz-dy",
        "In dz/dy the factor 2 is missing: the derivative of x·y² with respect to y is 2xy.",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: dz_dx * dx_dt + x * y * dy_dt,
    ),
    _paths(
        "square-lost-in-dz-dx",
        "dz/dx is y²: the derivative of x·y² with respect to x keeps the whole factor y².",
        lambda dz_dx, dx_dt, dz_dy, dy_dt, x, y: y * dx_dt + dz_dy * dy_dt,
    ),
    Mistake(
        "order-of-return",
        "The two values are returned the other way round: return z, dz_dt.",
        lambda t: (4 * t**3 * np.cos(t) - t**4 * np.sin(t), np.cos(t) * t**4),
    ),
    Mistake(
        "y-not-squared",
        "z is x·y², but here y is not squared.",
        lambda t: (np.cos(t) * t**2, 4 * t**3 * np.cos(t) - t**4 * np.sin(t)),
    ),
)


def _shared(name: str, sentence: str, slopes: Callable[[float, float], tuple[float, float]]) -> Mistake:
    """A mistake in the slopes; it is given the two factors a + b and b + 1."""
    return Mistake(name, sentence, lambda a, b: ((a + b) * (b + 1), *slopes(a + b, b + 1)))


SHARED_NODE = (
    _shared(
        "overwritten",
        "df_db holds only the contribution of the factor b + 1: it is overwritten where it should be "
        "added. b is in both factors, so add (b + 1) and (a + b).",
        lambda left, right: (right, left),
    ),
    _shared(
        "second-path-left-out",
        "df_db holds only the contribution of the factor a + b. b is in b + 1 as well: add (a + b).",
        lambda left, right: (right, right),
    ),
    _shared(
        "paths-multiplied",
        "In df_db the contributions of the two paths are multiplied. Add them.",
        lambda left, right: (right, left * right),
    ),
    _shared(
        "paths-subtracted",
        "In df_db the contributions of the two paths are subtracted. Add them.",
        lambda left, right: (right, right - left),
    ),
    _shared(
        "a-twice",
        "df_da has two contributions, but a is only in the factor a + b: df_da = b + 1.",
        lambda left, right: (left + right, left + right),
    ),
    _shared(
        "exchanged",
        "df_da and df_db are exchanged: return f, df_da, df_db.",
        lambda left, right: (left + right, right),
    ),
    _shared(
        "own-factor",
        "df_da is the factor that holds a itself. A product gives each factor the value of the other one: "
        "df_da = b + 1.",
        lambda left, right: (left, left + right),
    ),
    _shared(
        "local-derivatives-only",
        "The local derivatives are counted (1 for a, 2 for b). Multiply each by the other factor, then add.",
        lambda left, right: (1.0, 2.0),
    ),
    Mistake(
        "f-added",
        "f is a product, but here its factors are added.",
        lambda a, b: ((a + b) + (b + 1), b + 1, a + 2 * b + 1),
    ),
)


def _neuron(name: str, sentence: str, **steps: Any) -> Mistake:
    return Mistake(name, sentence, lambda x, w, b, dy: neuron_backward(x, w, b, dy, **steps))


NEURON = (
    _neuron(
        "slope-forgotten",
        "The derivative of the sigmoid is missing: dz = dy * y * (1 - y).",
        slope=lambda z, y: 1.0,
    ),
    _neuron(
        "dy-forgotten",
        "The gradient that arrives, dy, is missing: multiply by it, dz = dy * y * (1 - y).",
        arriving=lambda dy, slope: slope,
    ),
    _neuron(
        "dy-added",
        "dy is added to the derivative of the sigmoid. Along a path multiply: dz = dy * y * (1 - y).",
        arriving=lambda dy, slope: dy + slope,
    ),
    _neuron(
        "slope-of-z",
        "The derivative of the sigmoid, y * (1 - y), is computed with z in place of y.",
        slope=lambda z, y: z * (1 - z),
    ),
    _neuron(
        "slope-at-y",
        "The sigmoid is applied twice: y * (1 - y) takes y as it is, it needs no further sigmoid.",
        slope=lambda z, y: sigmoid(y) * (1 - sigmoid(y)),
    ),
    _neuron(
        "slope-half",
        "The derivative of the sigmoid is y * (1 - y): the factor 1 - y is missing.",
        slope=lambda z, y: y,
    ),
    _neuron(
        "slope-other-half",
        "The derivative of the sigmoid is y * (1 - y): the factor y is missing.",
        slope=lambda z, y: 1 - y,
    ),
    _neuron(
        "slope-sign",
        "The derivative of the sigmoid has the wrong sign: it is y * (1 - y), never negative.",
        slope=lambda z, y: y * (y - 1),
    ),
    _neuron(
        "slope-of-tanh",
        "1 - y**2 is the derivative of tanh. That of the sigmoid is y * (1 - y).",
        slope=lambda z, y: 1 - y**2,
    ),
    _neuron(
        "bias-forgotten",
        "The bias is missing in z = w @ x + b, so y and all gradients are those of another neuron.",
        bias=0.0,
    ),
    Mistake(
        "exchanged",
        "dx and dw are exchanged: x is multiplied by w, so dx = dz * w and dw = dz * x.",
        lambda x, w, b, dy: tuple(neuron_backward(x, w, b, dy)[i] for i in (1, 0, 2)),
    ),
    Mistake(
        "db-times-b",
        "db is multiplied by b. The bias is added, so its local derivative is 1: db = dz.",
        lambda x, w, b, dy: (*neuron_backward(x, w, b, dy)[:2], neuron_backward(x, w, b, dy)[2] * b),
    ),
    Mistake(
        "db-one",
        "db is 1, the local derivative of the bias alone. Multiply by what arrives: db = dz.",
        lambda x, w, b, dy: (*neuron_backward(x, w, b, dy)[:2], 1.0),
    ),
    Mistake(
        "summed",
        "dx and dw are summed to single numbers. Each entry of x and w has its own slope: "
        "dx = dz * w and dw = dz * x.",
        lambda x, w, b, dy: tuple(np.sum(d) for d in neuron_backward(x, w, b, dy)),
    ),
)
