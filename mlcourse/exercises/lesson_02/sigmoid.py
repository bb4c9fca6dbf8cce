"""The sigmoid function, without overflow."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_02.two_layers import draw_sizes


def sigmoid(Z: Array) -> Array:
    """Logistic function; exp is taken of numbers that are not positive."""
    small = np.exp(-np.abs(Z))
    A = np.where(Z >= 0, 1.0, small) / (1.0 + small)
    return A


MISTAKES = known(
    sigmoid,
    """
    overflow
        The values are right, but np.exp(-Z) overflows where Z is very negative, such as -1000. Take exp of
        negative numbers only: for Z < 0 the sigmoid is also exp(Z) / (1 + exp(Z)).
        @@ sigmoid
        + return 1 / (1 + np.exp(-Z))
    overflow-to-nan
        np.exp(Z) overflows where Z is very large, such as 1000, and inf / inf is nan. Take exp of negative
        numbers only: for Z > 0 the sigmoid is also 1 / (1 + exp(-Z)).
        @@ sigmoid
        + return np.exp(Z) / (1 + np.exp(Z))
    overflow-in-both-branches
        The values are right, but np.where computes both of its branches for every entry, and one of them
        overflows. Take exp of -np.abs(Z), which is never positive, or give each formula its own entries with
        a mask.
        @@ sigmoid
        + return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))
    sign
        This is the sigmoid of -Z: it falls where it should rise. The exponent is -Z.
        - A = np.where(Z >= 0, 1.0, small) / (1.0 + small)
        + A = np.where(-Z >= 0, 1.0, small) / (1.0 + small)
    derivative
        This is the derivative, sigmoid(Z) * (1 - sigmoid(Z)), not the sigmoid itself.
        - return A
        + return A * (1 - A)
    tanh
        This is tanh, which runs from -1 to 1. The sigmoid runs from 0 to 1: 1 / (1 + exp(-Z)).
        - return A
        + return np.tanh(Z)
    minus-in-denominator
        The denominator is 1 + exp(-Z), with a plus.
        @@ sigmoid
        + return 1 / (1 - np.exp(-Z))
    normalized
        The values are divided by their sum, as a softmax does. The sigmoid takes each number by itself.
        @@ sigmoid
        + return np.exp(Z - Z.max()) / np.sum(np.exp(Z - Z.max()))
    thresholded
        The values are rounded to 0 and 1. The sigmoid is the probability itself.
        - return A
        + return np.where(Z > 0, 1.0, 0.0)
    one-forgotten
        The 1 in the denominator is missing: the sigmoid is 1 / (1 + exp(-Z)).
        @@ sigmoid
        + return 1 / np.exp(-Z)
    double-argument
        This is the sigmoid of 2 Z. The exponent is -Z, without a factor.
        - return A
        + return 0.5 * (1 + np.tanh(Z))
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """Numbers on both sides of zero."""
    n0, n1, _ = draw_sizes(rng)
    return {"Z": rng.normal(scale=3.0, size=(n0, n1))}


def edges() -> list[Case]:
    """Numbers whose exponential overflows, on both sides and on one: which one warns tells formulas apart."""
    Z = np.array([[-1000.0, -40.0, 0.0], [0.5, 40.0, 1000.0]])
    return [{"Z": Z}, {"Z": Z[:1]}, {"Z": Z[1:]}]


EXERCISE = Exercise(
    id="sigmoid",
    lesson="02-two-layer-network",
    points=2,
    title="The sigmoid function",
    parts=(
        Part(
            function="sigmoid",
            inputs=draw,
            edges=edges,
            reference=sigmoid,
            returns="A",
            shapes={"A": "the shape of Z"},
            formulas={"A": "A = 1 / (1 + exp(-Z))"},
            section="Forward, one example",
            mistakes=MISTAKES,
        ),
    ),
)
