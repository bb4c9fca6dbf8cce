"""The derivatives of four activations."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known
from mlcourse.nn.activations import sigmoid

_SECTION = "Derivatives of activations"


def sigmoid_derivative(Z: Array) -> Array:
    """Reference: A (1 - A), without overflow."""
    A = sigmoid(Z)
    return A * (1 - A)


def tanh_derivative(Z: Array) -> Array:
    """Reference: 1 - tanh(Z)²."""
    return 1 - np.tanh(Z) ** 2


def relu_derivative(Z: Array) -> Array:
    """Reference: 1 where Z > 0, 0 elsewhere."""
    return (Z > 0).astype(float)


def leaky_relu_derivative(Z: Array, alpha: float = 0.01) -> Array:
    """Reference: 1 where Z > 0, alpha elsewhere."""
    return np.where(Z > 0, 1.0, alpha)


def _draw(rng: np.random.Generator) -> Array:
    """Matrix with zeros, and with numbers of both signs beyond 1."""
    rows, columns = rng.permutation(np.arange(3, 8))[:2]
    Z = rng.standard_normal((rows, columns)) * 2
    Z.flat[rng.permutation(Z.size)[:3]] = 0, 2.5, -2.5
    return Z


def _inputs(rng: np.random.Generator) -> Case:
    return {"Z": _draw(rng)}


def _leaky_inputs(rng: np.random.Generator) -> Case:
    return {"Z": _draw(rng), "alpha": float(rng.uniform(0.05, 0.4))}


def _edges() -> list[Case]:
    """Extreme values, which overflow in a plain exp; and another number of dimensions.

    And numbers so large that a step beside them is lost: a difference quotient is no derivative there.
    """
    return [
        {"Z": np.array([[-1000.0, -40.0, 0.0], [3.0, 40.0, 1000.0]])},
        {"Z": np.array([[-800.0, 1.0], [-1.0, 900.0], [0.0, -0.5]])},
        {"Z": np.array([-3.0, 0.0, 0.25, 2.0])},
        {"Z": np.array([[-1e12, 1e12]])},
    ]


def _leaky_edges() -> list[Case]:
    """Alpha left at its default, and alpha 0, which is plain ReLU."""
    return [*_edges(), {"Z": np.array([[-2.0, 0.0, 2.0]]), "alpha": 0.0}]


_SIGMOID_MISTAKES = known(
    sigmoid_derivative,
    """
    at-A
        You wrote Z * (1 - Z), as if Z were the activation. Compute A = sigmoid(Z) first: A * (1 - A).
        - sigmoid(Z)
        + Z
    sigmoid-itself
        You returned the sigmoid itself. Its derivative is A * (1 - A).
        - A * (1 - A)
        + A
    sigmoid-twice
        You took the sigmoid twice: A * (1 - A) with A = sigmoid(Z), not with sigmoid(A).
        - sigmoid(Z)
        + sigmoid(sigmoid(Z))
    plus
        You wrote A * (1 + A). It is A * (1 - A).
        - 1 - A
        + 1 + A
    one-minus-A
        You wrote 1 - A. The derivative is A * (1 - A).
        - A * (1 - A)
        + 1 - A
    tanh-derivative
        You wrote 1 - A**2, which is how tanh goes. For the sigmoid it is A * (1 - A).
        - A * (1 - A)
        + 1 - A**2
    exp-overflows
        Right for moderate Z, but exp(-Z) overflows for Z = -1000 and gives NaN. Write the derivative
        as A * (1 - A) with a sigmoid that does not overflow, such as that of lesson 02.
        - A * (1 - A)
        + np.exp(-Z) / (1 + np.exp(-Z)) ** 2
    sigmoid-overflows
        Right, but exp(-Z) overflows for Z = -1000. Use a sigmoid that takes exp(Z) where Z is
        negative, such as that of lesson 02.
        - sigmoid(Z)
        + 1 / (1 + np.exp(-Z))
    """,
)

_TANH_MISTAKES = known(
    tanh_derivative,
    """
    at-A
        You wrote 1 - Z**2, as if Z were the activation. Compute tanh(Z) first: 1 - np.tanh(Z)**2.
        - np.tanh(Z)
        + Z
    square-forgotten
        You wrote 1 - tanh(Z). It is 1 - np.tanh(Z)**2.
        - np.tanh(Z) ** 2
        + np.tanh(Z)
    plus
        You wrote 1 + tanh(Z)**2. It is 1 - np.tanh(Z)**2.
        - 1 - np.tanh(Z) ** 2
        + 1 + np.tanh(Z) ** 2
    tanh-itself
        You returned tanh itself. Its derivative is 1 - np.tanh(Z)**2.
        - 1 - np.tanh(Z) ** 2
        + np.tanh(Z)
    tanh-twice
        You took tanh twice: it is 1 - A**2 with A = np.tanh(Z), not with tanh(A).
        - np.tanh(Z)
        + np.tanh(np.tanh(Z))
    square-outside
        You wrote (1 - tanh(Z))**2. Only tanh is squared: 1 - np.tanh(Z)**2.
        - 1 - np.tanh(Z) ** 2
        + (1 - np.tanh(Z)) ** 2
    sigmoid-derivative
        You wrote A * (1 - A), which is how the sigmoid goes. For tanh it is 1 - A**2.
        - 1 - np.tanh(Z) ** 2
        + np.tanh(Z) * (1 - np.tanh(Z))
    cosh-overflows
        Right for moderate Z, but cosh(Z) overflows at 1000. Write 1 - np.tanh(Z)**2, which does not.
        - 1 - np.tanh(Z) ** 2
        + 1 / np.cosh(Z) ** 2
    """,
)

_RELU_MISTAKES = known(
    relu_derivative,
    """
    one-at-zero
        Your derivative is 1 at Z = 0. There it counts as 0, as in the statement: Z > 0, not Z >= 0.
        - Z > 0
        + Z >= 0
    half-at-zero
        Your derivative is 1/2 at Z = 0. There it counts as 0, as in the statement: Z > 0.
        - (Z > 0).astype(float)
        + np.heaviside(Z, 0.5)
    relu-itself
        You returned ReLU itself. Its derivative is 1 where Z > 0, and 0 elsewhere.
        - (Z > 0).astype(float)
        + np.maximum(Z, 0)
    ones
        You returned 1 everywhere. Where Z is negative the slope is 0.
        - (Z > 0).astype(float)
        + np.ones_like(Z)
    sign
        Your derivative is -1 where Z is negative. There ReLU is constant, so its slope is 0.
        - (Z > 0).astype(float)
        + np.sign(Z)
    reversed
        You have it the wrong way round: the slope is 1 where Z > 0, and 0 where Z is negative.
        - Z > 0
        + Z <= 0
    """,
)

_LEAKY_MISTAKES = known(
    leaky_relu_derivative,
    """
    plain-relu
        Your derivative is 0 where Z is negative. Leaky ReLU has the slope alpha there.
        - np.where(Z > 0, 1.0, alpha)
        + (Z > 0).astype(float)
    alpha-fixed
        You wrote 0.01 into the function. Use the argument alpha.
        - np.where(Z > 0, 1.0, alpha)
        + np.where(Z > 0, 1.0, 0.01)
    leaky-relu-itself
        You returned leaky ReLU itself. Its derivative is 1 where Z > 0, and alpha elsewhere.
        - np.where(Z > 0, 1.0, alpha)
        + np.where(Z > 0, Z, alpha * Z)
    alpha-times-Z
        Where Z is negative you returned alpha * Z, the function's value. Its slope there is alpha.
        - np.where(Z > 0, 1.0, alpha)
        + np.where(Z > 0, 1.0, alpha * Z)
    minus-alpha
        Your slope is -alpha where Z is negative. It is alpha: leaky ReLU rises everywhere.
        - np.where(Z > 0, 1.0, alpha)
        + np.where(Z > 0, 1.0, -alpha)
    one-at-zero
        Your derivative is 1 at Z = 0. There it counts as alpha, as in the statement: Z > 0, not Z >=
        0.
        - Z > 0
        + Z >= 0
    reversed
        You have it the wrong way round: the slope is 1 where Z > 0, and alpha where Z is negative.
        - np.where(Z > 0, 1.0, alpha)
        + np.where(Z > 0, alpha, 1.0)
    """,
)


def _part(
    reference: Callable[..., Any],
    formula: str,
    mistakes: tuple[Mistake, ...],
    inputs: Callable[[np.random.Generator], Case] = _inputs,
    edges: Callable[[], list[Case]] = _edges,
) -> Part:
    return Part(
        function=reference.__name__,
        inputs=inputs,
        reference=reference,
        returns="derivative",
        shapes={"derivative": "the shape of Z"},
        formulas={"derivative": formula},
        section=_SECTION,
        mistakes=mistakes,
        edges=edges,
    )


EXERCISE = Exercise(
    id="activation-derivatives",
    lesson="05-deep-networks",
    points=2,
    title="Derivatives of four activations",
    parts=(
        _part(sigmoid_derivative, "A * (1 - A) with A = sigmoid(Z)", _SIGMOID_MISTAKES),
        _part(tanh_derivative, "1 - np.tanh(Z)**2", _TANH_MISTAKES),
        _part(relu_derivative, "1 where Z > 0, 0 elsewhere", _RELU_MISTAKES),
        _part(
            leaky_relu_derivative,
            "1 where Z > 0, alpha elsewhere",
            _LEAKY_MISTAKES,
            _leaky_inputs,
            _leaky_edges,
        ),
    ),
)
