"""Known mistakes of lesson 02 in the binary cross-entropy."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Mistake

Array = np.ndarray


def _clip(A: Array) -> Array:
    return np.clip(A, 1e-15, 1 - 1e-15)


def _terms(A: Array, Y: Array) -> Array:
    A = _clip(A)
    return Y * np.log(A) + (1 - Y) * np.log(1 - A)


INFINITE_LOSS = (
    "The loss is not finite where A is exactly 0 or 1: log(0) is -inf, and 0 * inf is nan. Clip A into "
    "[epsilon, 1 - epsilon] before the logarithm, epsilon about 1e-15."
)


def _unclipped(A: Array, Y: Array) -> Any:
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


LOSS = (
    Mistake("infinite-loss", INFINITE_LOSS, _unclipped),
    Mistake(
        "sign",
        "The sign is wrong: logarithms of probabilities are negative, the loss is minus their mean.",
        lambda A, Y: np.mean(_terms(A, Y)),
    ),
    Mistake(
        "sum",
        "This is the sum over the examples, not their mean: divide by m.",
        lambda A, Y: -np.sum(_terms(A, Y)),
    ),
    Mistake(
        "mean-twice",
        "This is divided by m twice: np.mean has divided already.",
        lambda A, Y: -np.mean(_terms(A, Y)) / Y.shape[1],
    ),
    Mistake(
        "first-term-only",
        "The term of the examples with Y = 0 is missing: (1 - Y) * log(1 - A).",
        lambda A, Y: -np.mean(Y * np.log(_clip(A))),
    ),
    Mistake(
        "second-term-only",
        "The term of the examples with Y = 1 is missing: Y * log(A).",
        lambda A, Y: -np.mean((1 - Y) * np.log(1 - _clip(A))),
    ),
    Mistake(
        "minus-between",
        "The two terms are added inside the mean: Y * log(A) + (1 - Y) * log(1 - A).",
        lambda A, Y: -np.mean(Y * np.log(_clip(A)) - (1 - Y) * np.log(1 - _clip(A))),
    ),
    Mistake(
        "classes-exchanged",
        "The classes are exchanged: log(A) belongs to Y = 1, log(1 - A) to Y = 0.",
        lambda A, Y: -np.mean(_terms(A, 1 - Y)),
    ),
    Mistake(
        "squared-error",
        "This is the mean squared error. The cross-entropy takes logarithms of A.",
        lambda A, Y: np.mean((A - Y) ** 2),
    ),
    Mistake(
        "other-logarithm",
        "The logarithm is to base 2. The gradients of this lesson are those of the natural one, np.log.",
        lambda A, Y: -np.mean(_terms(A, Y)) / np.log(2),
    ),
    Mistake(
        "decimal-logarithm",
        "The logarithm is to base 10. The gradients of this lesson are those of the natural one, np.log.",
        lambda A, Y: -np.mean(_terms(A, Y)) / np.log(10),
    ),
    Mistake(
        "not-averaged",
        "This is one loss for each example: take their mean, a single number.",
        lambda A, Y: -_terms(A, Y),
    ),
    Mistake(
        "coarse-clip",
        "A is clipped so far from 0 and 1 that ordinary probabilities change. Use an epsilon of about 1e-15.",
        lambda A, Y: -np.mean(np.log(np.where(Y == 1, A + 1e-3, 1 - A + 1e-3))),
    ),
)
