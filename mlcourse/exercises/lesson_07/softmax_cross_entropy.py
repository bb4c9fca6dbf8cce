"""Softmax and cross-entropy in one."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known

Loss = tuple[float, Array]


def softmax_cross_entropy(Z: Array, Y: Array) -> Loss:
    """Reference of softmax-cross-entropy."""
    m = Z.shape[1]
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
    loss = -np.sum(Y * log_P) / m
    return float(loss), (np.exp(log_P) - Y) / m


def _log_softmax(Z: Array) -> Array:
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))


def _sum_of_logarithms(P: Array, Y: Array) -> float:
    return float(-np.sum(np.log(np.sum(P * Y, axis=0))) / P.shape[1])


def _softmax(Z: Array) -> Array:
    return np.exp(_log_softmax(Z))


def _unshifted(Z: Array, Y: Array) -> Loss:
    P = np.exp(Z) / np.sum(np.exp(Z), axis=0, keepdims=True)
    return _sum_of_logarithms(P, Y), (P - Y) / Z.shape[1]


def _shifted_together(Z: Array, Y: Array) -> Loss:
    E = np.exp(Z - np.max(Z))
    P = E / np.sum(E, axis=0, keepdims=True)
    return _sum_of_logarithms(P, Y), (P - Y) / Z.shape[1]


def _logarithm_of_softmax(Z: Array, Y: Array) -> Loss:
    P = _softmax(Z)
    return _sum_of_logarithms(P, Y), (P - Y) / Z.shape[1]


def _padded(Z: Array, Y: Array) -> Loss:
    P = _softmax(Z)
    return float(-np.sum(Y * np.log(P + 1e-8)) / Z.shape[1]), (P - Y) / Z.shape[1]


def _clipped(Z: Array, Y: Array) -> Loss:
    P = _softmax(Z)
    return float(-np.sum(Y * np.log(np.clip(P, 1e-12, 1))) / Z.shape[1]), (P - Y) / Z.shape[1]


def _over_examples(Z: Array, Y: Array) -> Loss:
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    log_P = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return float(-np.sum(Y * log_P) / Z.shape[1]), (np.exp(log_P) - Y) / Z.shape[1]


def _wrong(
    loss: Callable[[Array, Array], Any] = lambda log_P, Y: float(-np.sum(Y * log_P) / Y.shape[1]),
    dZ: Callable[[Array, Array], Array] = lambda P, Y: (P - Y) / Y.shape[1],
) -> Callable[..., Any]:
    """Loss with another formula for it or for its derivative."""

    def wrong(Z: Array, Y: Array) -> tuple[Any, Array]:
        log_P = _log_softmax(Z)
        return loss(log_P, Y), dZ(np.exp(log_P), Y)

    return wrong


MISTAKES = (
    *known(
        softmax_cross_entropy,
        """
        one-softmax-for-all
            Your softmax runs over all examples together, so the probabilities of one example do not add up
            to 1. Each column is one example: maximum and sum with axis=0, keepdims=True.
            - np.max(Z, axis=0, keepdims=True)
            + np.max(Z)
            - np.sum(np.exp(shifted), axis=0, keepdims=True)
            + np.sum(np.exp(shifted))
        classes-for-m
            You divided by the number of classes: len(Z) is the number of rows. The number of examples is
            Z.shape[1].
            - Z.shape[1]
            + len(Z)
        """,
    ),
    Mistake(
        "no-mean-in-dZ",
        "Your dZ is P - Y. The loss is a mean, so its derivative contains the 1/m: (P - Y) / m.",
        _wrong(dZ=lambda P, Y: P - Y),
    ),
    Mistake(
        "no-mean-in-loss",
        "Your loss is the sum over the examples. Divide it by m.",
        _wrong(loss=lambda log_P, Y: float(-np.sum(Y * log_P))),
    ),
    Mistake(
        "no-mean",
        "You summed over the examples. The loss is their mean: divide loss and dZ by m.",
        _wrong(loss=lambda log_P, Y: float(-np.sum(Y * log_P)), dZ=lambda P, Y: P - Y),
    ),
    Mistake(
        "mean-over-classes",
        "Your loss is a mean over classes and examples. Sum over the classes, and divide by m only.",
        _wrong(loss=lambda log_P, Y: float(-np.mean(Y * log_P))),
    ),
    Mistake(
        "mean-over-classes-twice",
        "You divided by classes times m, in loss and dZ. The mean is over the examples only: divide by m.",
        _wrong(loss=lambda log_P, Y: float(-np.mean(Y * log_P)), dZ=lambda P, Y: (P - Y) / Y.size),
    ),
    Mistake(
        "one-loss-per-example",
        "You returned a loss for each example. Return their mean, one number.",
        _wrong(loss=lambda log_P, Y: -np.sum(Y * log_P, axis=0)),
    ),
    Mistake(
        "sign-of-loss",
        "Your loss is negative. Logarithms of probabilities are negative: put a minus before their sum.",
        _wrong(loss=lambda log_P, Y: float(np.sum(Y * log_P) / Y.shape[1])),
    ),
    Mistake(
        "sign-of-dZ",
        "Your dZ has the wrong sign: it is (P - Y) / m, not (Y - P) / m.",
        _wrong(dZ=lambda P, Y: (Y - P) / Y.shape[1]),
    ),
    Mistake(
        "softmax-derivative-again",
        "You multiplied P - Y by P(1 - P). With the cross-entropy loss softmax's derivative is in P - Y "
        "already.",
        _wrong(dZ=lambda P, Y: (P - Y) * P * (1 - P) / Y.shape[1]),
    ),
    Mistake(
        "derivative-of-A",
        "You returned the derivative with respect to P, -Y / P. Return that with respect to Z: (P - Y) / m.",
        _wrong(dZ=lambda P, Y: -Y / P / Y.shape[1]),
    ),
    Mistake(
        "binary-cross-entropy",
        "You added the terms (1 - Y) log(1 - P) of the binary loss. With several classes only the right one "
        "counts.",
        _wrong(
            loss=lambda log_P, Y: float(-np.sum(Y * log_P + (1 - Y) * np.log1p(-np.exp(log_P))) / Y.shape[1])
        ),
    ),
    Mistake(
        "softmax-over-examples",
        "Your softmax runs over the examples. Each column is one example: sum with axis=0.",
        _over_examples,
    ),
    Mistake(
        "not-shifted",
        "Right for small Z, but exp(1000) overflows. Subtract the largest Z of each column first.",
        _unshifted,
    ),
    Mistake(
        "shifted-together",
        "You subtracted the largest Z of all examples. In a column whose numbers are far below it, exp "
        "gives only zeros: subtract the largest of each column.",
        _shifted_together,
    ),
    Mistake(
        "logarithm-of-zero",
        "Right for moderate Z, but the softmax of -1000 is 0 and its logarithm infinite. Take both in one "
        "step: log P = Z - max - log(sum(exp(Z - max))).",
        _logarithm_of_softmax,
    ),
    Mistake(
        "padded-logarithm",
        "You added 1e-8 inside the logarithm, so the loss is not that of your dZ. Take logarithm and "
        "softmax in one step: log P = Z - max - log(sum(exp(Z - max))).",
        _padded,
    ),
    Mistake(
        "clipped-logarithm",
        "Right for moderate Z, but you cut probabilities off at 1e-12, and with it the loss. Take logarithm "
        "and softmax in one step: log P = Z - max - log(sum(exp(Z - max))).",
        _clipped,
    ),
)


def _case(rng: np.random.Generator, classes: int, m: int) -> Case:
    return {
        "Z": rng.standard_normal((classes, m)) * 2,
        "Y": np.eye(classes)[:, np.concatenate([[0, 1], rng.integers(0, classes, m - 2)])],
    }


def _inputs(rng: np.random.Generator) -> Case:
    classes, m = (int(n) for n in rng.permutation(np.arange(3, 10))[:2])
    return _case(rng, classes, m)


def _edges() -> list[Case]:
    """Logits of ±1000: sure and right, sure and wrong, one example far below the others; each twice."""
    rng = np.random.default_rng(10)
    right = np.array([[1000.0, -1.0], [0.0, 1.0], [-1000.0, 2.0]]), np.array([[1000.0, 998.0, 1000.0]]).T
    wrong = (
        np.array([[1000.0, 0.5], [-1000.0, 0.0], [0.0, -0.5]]),
        np.array([[-1000.0, 400.0], [1000.0, -400.0]]),
    )
    far = (
        np.array([[1000.0, -1000.0], [999.0, -999.0]]),
        np.array([[0.0, -900.0], [1.0, -901.0], [2.0, -902.0]]),
    )
    return [
        {"Z": Z, "Y": np.eye(len(Z))[:, np.full(Z.shape[1], label)]}
        for pair, label in ((right, 0), (wrong, 1), (far, 1))
        for Z in pair
    ] + [_case(rng, 4, 2)]


EXERCISE = Exercise(
    id="softmax-cross-entropy",
    lesson="07-numpy-network",
    points=2,
    title="Softmax and cross-entropy",
    parts=(
        Part(
            function="softmax_cross_entropy",
            inputs=_inputs,
            reference=softmax_cross_entropy,
            returns=("loss", "dZ"),
            order=("loss", "dZ"),
            shapes={"loss": "a number", "dZ": "(classes, m)", "Z": "(classes, m)", "Y": "(classes, m)"},
            formulas={
                "loss": "loss = -np.sum(Y * log_P) / m with log_P = Z - max - log(sum(exp(Z - max)))",
                "dZ": "dZ = (P - Y) / m",
            },
            section="Ten classes",
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
