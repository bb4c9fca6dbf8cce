"""Logarithms of the softmax, forward and backward."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known

NO_PAIR = "no pair"
"""What the drive gives in place of L where something else than two things is returned."""


def log_softmax(Z: Array) -> tuple[Array, Callable[[Array], Array]]:
    """Reference of log-softmax."""
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    L = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))

    def pullback(dL: Array) -> Array:
        P = np.exp(L)
        dZ = dL - P * np.sum(dL, axis=0, keepdims=True)
        return dZ

    return L, pullback


def _gradient_for_function(Z: Array) -> tuple[Array, Array]:
    L, pullback = log_softmax(Z)
    return L, pullback(np.ones_like(Z))


MISTAKES = (
    *known(
        log_softmax,
        """
        not-shifted
            Right for small Z, but exp(1000) overflows. Take the largest score of each column off first.
            - Z - np.max(Z, axis=0, keepdims=True)
            + Z
        shifted-together
            You took the largest of all scores off. In a column whose scores are far below it, exp gives only
            zeros: take off the largest of each column, with axis=0 and keepdims=True.
            - np.max(Z, axis=0, keepdims=True)
            + np.max(Z)
        logarithm-of-softmax
            Right for moderate Z, but the softmax of -1000 is 0 and its logarithm infinite. Take both in one
            step: shifted - log(sum(exp(shifted))).
            - shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
            + np.log(np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True))
        constant-in-the-logarithm
            Right for moderate Z. But a softmax of 0 should give a logarithm of about -1000 or -2000, and the
            constant in yours makes it that of the constant. Take both in one step: shifted -
            log(sum(exp(shifted))).
            - shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
            + np.log(np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True) + 1e-12)
            or
            - shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
            + np.log(np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True) + 1e-10)
            or
            - shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
            + np.log(np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True) + 1e-15)
            or
            - shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
            + np.log(np.maximum(np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True), 1e-12))
            or
            - shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
            + np.log(np.maximum(np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True), 1e-15))
        largest-taken-off-once
            You took the largest score off in the logarithm alone. Take it off the score that stands before
            it, too.
            - shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
            + Z - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
        logarithm-forgotten
            You took off the sum of the exponentials. Take off its logarithm.
            - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
            + np.sum(np.exp(shifted), axis=0, keepdims=True)
        exponentials-over-examples
            You summed the exponentials over the examples. Each column is one example: axis=0.
            - np.sum(np.exp(shifted), axis=0, keepdims=True)
            + np.sum(np.exp(shifted), axis=1, keepdims=True)
        exponentials-for-probabilities
            Your P is not divided by its sum. The softmax is P = np.exp(L).
            - np.exp(L)
            + np.exp(shifted)
        mean-of-dL
            You took the mean of dL over the classes. Take the sum: dZ = dL - P * sum(dL).
            - np.sum(dL, axis=0, keepdims=True)
            + np.mean(dL, axis=0, keepdims=True)
        over-examples
            Your softmax runs over the examples. Each column is one example: axis=0.
            - np.max(Z, axis=0, keepdims=True)
            + np.max(Z, axis=1, keepdims=True)
            - np.sum(np.exp(shifted), axis=0, keepdims=True)
            + np.sum(np.exp(shifted), axis=1, keepdims=True)
            - np.sum(dL, axis=0, keepdims=True)
            + np.sum(dL, axis=1, keepdims=True)
        over-examples-forward
            Your softmax runs over the examples. Each column is one example: axis=0 in maximum and sum.
            - np.max(Z, axis=0, keepdims=True)
            + np.max(Z, axis=1, keepdims=True)
            - np.sum(np.exp(shifted), axis=0, keepdims=True)
            + np.sum(np.exp(shifted), axis=1, keepdims=True)
        one-softmax-for-all
            Your softmax runs over all entries together, so the probabilities of one example do not add up to
            1. Each column is one example: sum with axis=0, keepdims=True.
            - np.sum(np.exp(shifted), axis=0, keepdims=True)
            + np.sum(np.exp(shifted))
        softmax-returned
            You returned the softmax itself. Asked for are its logarithms.
            - return L, pullback
            + return np.exp(L), pullback
        sum-left-out
            Your dZ is dL * (1 - P), as if each entry of L depended on its own score only. Every score is in
            the sum of its column: dZ = dL - P * sum(dL).
            - np.sum(dL, axis=0, keepdims=True)
            + dL
        sum-taken-for-1
            Your dZ is dL - P, which is right only where the entries of dL in a column add up to 1. In
            general: dZ = dL - P * sum(dL).
            - P * np.sum(dL, axis=0, keepdims=True)
            + P
        sum-taken-for-minus-1
            Your dZ is dL + P, which is right only where the entries of dL in a column add up to -1, as with a
            one-hot label. In general: dZ = dL - P * sum(dL).
            - dL - P * np.sum(dL, axis=0, keepdims=True)
            + dL + P
        sum-over-all
            You summed dL over all examples. Each column is one example: axis=0, keepdims=True.
            - np.sum(dL, axis=0, keepdims=True)
            + np.sum(dL)
        sum-over-examples
            You summed dL over the examples. Each column is one example: axis=0.
            - np.sum(dL, axis=0, keepdims=True)
            + np.sum(dL, axis=1, keepdims=True)
        weighted-sum
            Your sum is that of P * dL, which belongs to the softmax itself. Here it is the sum of dL alone.
            - np.sum(dL, axis=0, keepdims=True)
            + np.sum(P * dL, axis=0, keepdims=True)
        probability-in-the-sum
            You summed P * dL. The sum is that of dL alone, and P stands before it: dZ = dL - P * sum(dL).
            - P * np.sum(dL, axis=0, keepdims=True)
            + np.sum(P * dL, axis=0, keepdims=True)
        slope-of-the-softmax
            Your function goes back through the softmax itself, P * (dL - sum(P * dL)). Of its logarithms it
            is dZ = dL - P * sum(dL).
            - dL - P * np.sum(dL, axis=0, keepdims=True)
            + P * (dL - np.sum(P * dL, axis=0, keepdims=True))
        second-term-only
            You left out the first term: dL itself comes back through the score that stands alone in L = Z -
            log(sum(exp(Z))).
            - dL - P * np.sum(dL, axis=0, keepdims=True)
            + -P * np.sum(dL, axis=0, keepdims=True)
        sign-of-the-sum
            The sign before the sum is wrong. The logarithm of the sum is taken off: dZ = dL - P * sum(dL).
            - dL - P * np.sum(dL, axis=0, keepdims=True)
            + dL + P * np.sum(dL, axis=0, keepdims=True)
        sign
            Your dZ has the wrong sign: it is dL - P * sum(dL).
            - dL - P * np.sum(dL, axis=0, keepdims=True)
            + P * np.sum(dL, axis=0, keepdims=True) - dL
        logarithms-for-probabilities
            Your dZ has L where P belongs. The slope of log(sum(exp(Z))) is the softmax: P = np.exp(L).
            - np.exp(L)
            + L
        mean
            You divided by the number of examples. The 1/m of a mean loss is in dL already.
            - return dZ
            + return dZ / Z.shape[1]
        """,
    ),
    Mistake(
        "no-function",
        "The second thing that you return is no function. Return the function itself, without calling it: "
        "return L, pullback.",
        _gradient_for_function,
    ),
)


def compare_pullback(case: Case, answer: Any) -> Any:
    """Say so where there is no function to go back with; else leave it to the comparison."""
    if type(answer[0]) is str and answer[0] == NO_PAIR:
        words = f"log_softmax returns {answer[1]}, expected two things: L, and the function that goes back."
        return Finding("log_softmax", words)
    if type(answer[1]) is str:
        return Finding("dZ", MISTAKES[-1].sentence, MISTAKES[-1].name)
    return NotImplemented


def _case(rng: np.random.Generator, classes: int, m: int) -> Case:
    return {"Z": rng.standard_normal((classes, m)) * 2, "dL": rng.standard_normal((classes, m))}


def _inputs(rng: np.random.Generator) -> Case:
    return _case(rng, *(int(n) for n in rng.permutation(np.arange(3, 9))[:2]))


def _edges() -> list[Case]:
    """Scores of ±1000, one example far below the others; each twice. A single example."""
    cases = []
    for seed in (0, 1):
        rng = np.random.default_rng(seed)
        large, apart = _case(rng, 3, 4), _case(rng, 4, 3)
        large["Z"][:, :2] = np.array([[1000.0, -1000.0, 0.5], [-1000.0, -1000.0, 1000.0]]).T
        apart["Z"][:, 0] -= 2000
        cases += [large, apart, _case(rng, 3, 1)]
    return cases


EXERCISE = Exercise(
    id="log-softmax",
    lesson="09-tensors",
    points=3,
    title="Log-softmax, forward and backward",
    parts=(
        Part(
            function="log_softmax",
            inputs=_inputs,
            reference=log_softmax,
            returns=("L", "dZ"),
            shapes={name: "(classes, m)" for name in ("Z", "L", "dL", "dZ", "P")},
            formulas={
                "L": "L = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))",
                "dZ": "dZ = dL - np.exp(L) * np.sum(dL, axis=0, keepdims=True)",
            },
            section="Log-softmax",
            drive="log_softmax",
            compare=compare_pullback,
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
