"""Softmax and cross-entropy in one."""

from textwrap import dedent

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known

Loss = tuple[float, Array]


def softmax_cross_entropy(Z: Array, Y: Array) -> tuple[float, Array]:
    """Mean loss of a batch, and its derivative with respect to the scores."""
    m = Z.shape[1]
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
    P = np.exp(log_P)
    loss = float(-np.sum(Y * log_P) / m)
    dZ = (P - Y) / m
    return loss, dZ


def _spelled(name: str, sentence: str, *losses: str) -> str:
    """A mistake in some spellings of the loss, in the notation of `known`."""
    edits = "\n    or\n".join(
        f"    - -np.sum(Y * log_P)\n    + -np.sum(Y * np.log({loss}))" for loss in losses
    )
    return f"\n{name}\n    {sentence}\n{edits}\n"


_LARGE = ("1e-3", "1e-5", "1e-6", "1e-7", "1e-8")
_SMALL = ("1e-9", "1e-10", "1e-11", "1e-12", "1e-15", "1e-16")
"""Constants that people keep their logarithm from 0 with; added or not, a small one does the same."""

MISTAKES = known(
    softmax_cross_entropy,
    dedent("""
    one-softmax-for-all
        Your softmax runs over all examples together, so the probabilities of one example do not add up to 1.
        Each column is one example: maximum and sum with axis=0, keepdims=True.
        - np.max(Z, axis=0, keepdims=True)
        + np.max(Z)
        - np.sum(np.exp(shifted), axis=0, keepdims=True)
        + np.sum(np.exp(shifted))
    classes-for-m
        You divided by the number of classes: len(Z) is the number of rows. The number of examples is
        Z.shape[1].
        - Z.shape[1]
        + len(Z)
    no-mean-in-dZ
        Your dZ is P - Y. The loss is a mean, so its derivative contains the 1/m: (P - Y) / m.
        - (P - Y) / m
        + P - Y
    no-mean-in-loss
        Your loss is the sum over the examples. Divide it by m.
        - -np.sum(Y * log_P) / m
        + -np.sum(Y * log_P)
    no-mean
        You summed over the examples. The loss is their mean: divide loss and dZ by m.
        - -np.sum(Y * log_P) / m
        + -np.sum(Y * log_P)
        - (P - Y) / m
        + P - Y
    mean-over-classes
        Your loss is a mean over classes and examples. Sum over the classes, and divide by m only.
        - -np.sum(Y * log_P) / m
        + -np.mean(Y * log_P)
    mean-over-classes-twice
        You divided by classes times m, in loss and dZ. The mean is over the examples only: divide by m.
        - -np.sum(Y * log_P) / m
        + -np.mean(Y * log_P)
        - (P - Y) / m
        + (P - Y) / Y.size
    mean-over-classes-in-dZ
        Your dZ is divided by classes times m. The loss is a mean over the examples only: divide by m.
        - (P - Y) / m
        + (P - Y) / Y.size
    one-loss-per-example
        You returned a loss for each example. Return their mean, one number.
        - float(-np.sum(Y * log_P) / m)
        + -np.sum(Y * log_P, axis=0)
    sign-of-loss
        Your loss is negative. Logarithms of probabilities are negative: put a minus before their sum.
        - -np.sum(Y * log_P)
        + np.sum(Y * log_P)
    sign-of-dZ
        Your dZ has the wrong sign: it is (P - Y) / m, not (Y - P) / m.
        - P - Y
        + Y - P
    softmax-derivative-again
        You multiplied P - Y by P(1 - P). With the cross-entropy loss softmax's derivative is in P - Y
        already.
        - P - Y
        + (P - Y) * P * (1 - P)
    derivative-of-A
        You returned the derivative with respect to P, -Y / P. Return that with respect to Z: (P - Y) / m.
        - P - Y
        + -Y / P
    binary-cross-entropy
        You added the terms (1 - Y) log(1 - P) of the binary loss. With several classes only the right one
        counts.
        - Y * log_P
        + Y * log_P + (1 - Y) * np.log1p(-np.exp(log_P))
    softmax-over-examples
        Your softmax runs over the examples. Each column is one example: sum with axis=0.
        - np.max(Z, axis=0, keepdims=True)
        + np.max(Z, axis=1, keepdims=True)
        - np.sum(np.exp(shifted), axis=0, keepdims=True)
        + np.sum(np.exp(shifted), axis=1, keepdims=True)
    not-shifted
        Right for small Z, but exp(1000) overflows. Subtract the largest Z of each column first.
        - log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
        - P = np.exp(log_P)
        - loss = float(-np.sum(Y * log_P) / m)
        + P = np.exp(Z) / np.sum(np.exp(Z), axis=0, keepdims=True)
        + loss = float(-np.sum(np.log(np.sum(P * Y, axis=0))) / m)
        or
        - Z - np.max(Z, axis=0, keepdims=True)
        + Z
        or
        - Z - np.max(Z, axis=0, keepdims=True)
        + Z - np.min(Z, axis=0, keepdims=True)
        or
        - log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
        + log_P = np.log(np.exp(Z) / np.sum(np.exp(Z), axis=0, keepdims=True))
    shifted-together
        You subtracted the largest Z of all examples. In a column whose numbers are far below it, exp gives
        only zeros: subtract the largest of each column.
        - np.max(Z, axis=0, keepdims=True)
        + np.max(Z)
        - log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
        - P = np.exp(log_P)
        - loss = float(-np.sum(Y * log_P) / m)
        + P = np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True)
        + loss = float(-np.sum(np.log(np.sum(P * Y, axis=0))) / m)
        or
        - np.max(Z, axis=0, keepdims=True)
        + np.max(Z)
        or
        - np.max(Z, axis=0, keepdims=True)
        + np.max(Z)
        - log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
        + log_P = np.log(np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True))
    logarithm-of-zero
        Right for moderate Z, but the softmax of -1000 is 0 and its logarithm infinite. Take both in one step:
        log P = Z - max - log(sum(exp(Z - max))).
        - -np.sum(Y * log_P)
        + -np.sum(np.log(np.sum(P * Y, axis=0)))
        or
        - -np.sum(Y * log_P)
        + -np.sum(Y * np.log(P))
    """)
    + _spelled(
        "padded-logarithm",
        "You added a constant inside the logarithm, so the loss is not that of your dZ. Take logarithm and "
        "softmax in one step: log P = Z - max - log(sum(exp(Z - max))).",
        *(f"P + {constant}" for constant in _LARGE),
    )
    + _spelled(
        "clipped-logarithm",
        "Right for moderate Z, but a small constant keeps your logarithm from 0 and the loss from growing. "
        "Take logarithm and softmax in one step: log P = Z - max - log(sum(exp(Z - max))).",
        *(f"np.maximum(P, {constant})" for constant in _LARGE[1:] + _SMALL),
        *(f"P + {constant}" for constant in _SMALL),
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
    """Logits of ±1000: sure and right, sure and wrong, one example far below the others; each twice.

    And so many logits that to nudge each of them takes far too long.
    """
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
    ] + [_case(rng, 4, 2), _case(rng, 1000, 30)]


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
