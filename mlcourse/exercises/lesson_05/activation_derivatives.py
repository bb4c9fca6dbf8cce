"""The derivatives of four activations."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.drawing import Array, overflowing_sigmoid
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


def _naive_sigmoid_derivative(Z: Array) -> Array:
    return np.exp(-Z) / (1 + np.exp(-Z)) ** 2


def _overflowing_sigmoid_derivative(Z: Array) -> Array:
    A = overflowing_sigmoid(Z)
    return A * (1 - A)


_SIGMOID_MISTAKES = (
    Mistake(
        "at-A",
        "You wrote Z * (1 - Z), as if Z were the activation. Compute A = sigmoid(Z) first: A * (1 - A).",
        lambda Z: Z * (1 - Z),
    ),
    Mistake("sigmoid-itself", "You returned the sigmoid itself. Its derivative is A * (1 - A).", sigmoid),
    Mistake(
        "sigmoid-twice",
        "You took the sigmoid twice: A * (1 - A) with A = sigmoid(Z), not with sigmoid(A).",
        lambda Z: sigmoid_derivative(sigmoid(Z)),
    ),
    Mistake("plus", "You wrote A * (1 + A). It is A * (1 - A).", lambda Z: sigmoid(Z) * (1 + sigmoid(Z))),
    Mistake("one-minus-A", "You wrote 1 - A. The derivative is A * (1 - A).", lambda Z: 1 - sigmoid(Z)),
    Mistake(
        "tanh-derivative",
        "You wrote 1 - A**2, which is how tanh goes. For the sigmoid it is A * (1 - A).",
        lambda Z: 1 - sigmoid(Z) ** 2,
    ),
    Mistake(
        "exp-overflows",
        "Right for moderate Z, but exp(-Z) overflows for Z = -1000 and gives NaN. Write the derivative as A "
        "* (1 - A) with a sigmoid that does not overflow, such as that of lesson 02.",
        _naive_sigmoid_derivative,
    ),
    Mistake(
        "sigmoid-overflows",
        "Right, but exp(-Z) overflows for Z = -1000. Use a sigmoid that takes exp(Z) where Z is negative, "
        "such as that of lesson 02.",
        _overflowing_sigmoid_derivative,
    ),
)

_TANH_MISTAKES = (
    Mistake(
        "at-A",
        "You wrote 1 - Z**2, as if Z were the activation. Compute tanh(Z) first: 1 - np.tanh(Z)**2.",
        lambda Z: 1 - Z**2,
    ),
    Mistake("square-forgotten", "You wrote 1 - tanh(Z). It is 1 - np.tanh(Z)**2.", lambda Z: 1 - np.tanh(Z)),
    Mistake("plus", "You wrote 1 + tanh(Z)**2. It is 1 - np.tanh(Z)**2.", lambda Z: 1 + np.tanh(Z) ** 2),
    Mistake("tanh-itself", "You returned tanh itself. Its derivative is 1 - np.tanh(Z)**2.", np.tanh),
    Mistake(
        "tanh-twice",
        "You took tanh twice: it is 1 - A**2 with A = np.tanh(Z), not with tanh(A).",
        lambda Z: 1 - np.tanh(np.tanh(Z)) ** 2,
    ),
    Mistake(
        "square-outside",
        "You wrote (1 - tanh(Z))**2. Only tanh is squared: 1 - np.tanh(Z)**2.",
        lambda Z: (1 - np.tanh(Z)) ** 2,
    ),
    Mistake(
        "sigmoid-derivative",
        "You wrote A * (1 - A), which is how the sigmoid goes. For tanh it is 1 - A**2.",
        lambda Z: np.tanh(Z) * (1 - np.tanh(Z)),
    ),
    Mistake(
        "cosh-overflows",
        "Right for moderate Z, but cosh(Z) overflows at 1000. Write 1 - np.tanh(Z)**2, which does not.",
        lambda Z: 1 / np.cosh(Z) ** 2,
    ),
)

_RELU_MISTAKES = (
    Mistake(
        "one-at-zero",
        "Your derivative is 1 at Z = 0. There it counts as 0, as in the statement: Z > 0, not Z >= 0.",
        lambda Z: (Z >= 0).astype(float),
    ),
    Mistake(
        "half-at-zero",
        "Your derivative is 1/2 at Z = 0. There it counts as 0, as in the statement: Z > 0.",
        lambda Z: np.heaviside(Z, 0.5),
    ),
    Mistake(
        "relu-itself",
        "You returned ReLU itself. Its derivative is 1 where Z > 0, and 0 elsewhere.",
        lambda Z: np.maximum(Z, 0),
    ),
    Mistake(
        "ones", "You returned 1 everywhere. Where Z is negative the slope is 0.", lambda Z: np.ones_like(Z)
    ),
    Mistake(
        "sign",
        "Your derivative is -1 where Z is negative. There ReLU is constant, so its slope is 0.",
        lambda Z: np.sign(Z),
    ),
    Mistake(
        "reversed",
        "You have it the wrong way round: the slope is 1 where Z > 0, and 0 where Z is negative.",
        lambda Z: (Z <= 0).astype(float),
    ),
)

_LEAKY_MISTAKES = (
    Mistake(
        "plain-relu",
        "Your derivative is 0 where Z is negative. Leaky ReLU has the slope alpha there.",
        lambda Z, alpha=0.01: (Z > 0).astype(float),
    ),
    Mistake(
        "alpha-fixed",
        "You wrote 0.01 into the function. Use the argument alpha.",
        lambda Z, alpha=0.01: np.where(Z > 0, 1.0, 0.01),
    ),
    Mistake(
        "leaky-relu-itself",
        "You returned leaky ReLU itself. Its derivative is 1 where Z > 0, and alpha elsewhere.",
        lambda Z, alpha=0.01: np.where(Z > 0, Z, alpha * Z),
    ),
    Mistake(
        "alpha-times-Z",
        "Where Z is negative you returned alpha * Z, the function's value. Its slope there is alpha.",
        lambda Z, alpha=0.01: np.where(Z > 0, 1.0, alpha * Z),
    ),
    Mistake(
        "minus-alpha",
        "Your slope is -alpha where Z is negative. It is alpha: leaky ReLU rises everywhere.",
        lambda Z, alpha=0.01: np.where(Z > 0, 1.0, -alpha),
    ),
    Mistake(
        "one-at-zero",
        "Your derivative is 1 at Z = 0. There it counts as alpha, as in the statement: Z > 0, not Z >= 0.",
        lambda Z, alpha=0.01: np.where(Z >= 0, 1.0, alpha),
    ),
    Mistake(
        "reversed",
        "You have it the wrong way round: the slope is 1 where Z > 0, and alpha where Z is negative.",
        lambda Z, alpha=0.01: np.where(Z > 0, alpha, 1.0),
    ),
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
