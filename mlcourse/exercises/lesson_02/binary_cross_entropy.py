"""The loss: binary cross-entropy, finite at 0 and 1."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_02.two_layers import SHAPES, draw_labels


def binary_cross_entropy(A: Array, Y: Array) -> float:
    """Mean over the examples."""
    A = np.clip(A, 1e-15, 1 - 1e-15)
    terms = Y * np.log(A) + (1 - Y) * np.log(1 - A)
    return float(-np.mean(terms))


MISTAKES = known(
    binary_cross_entropy,
    """
    infinite-loss
        The loss is not finite where A is exactly 0 or 1: log(0) is -inf, and 0 * inf is nan. Raise the
        argument of each logarithm to a tiny number where it is below, such as np.finfo(float).tiny.
        - A = np.clip(A, 1e-15, 1 - 1e-15)
    sign
        The sign is wrong: logarithms of probabilities are negative, the loss is minus their mean.
        - -np.mean(terms)
        + np.mean(terms)
    sum
        This is the sum over the examples, not their mean: divide by m.
        - -np.mean(terms)
        + -np.sum(terms)
    mean-twice
        This is divided by m twice: np.mean has divided already.
        - -np.mean(terms)
        + -np.mean(terms) / Y.shape[1]
    first-term-only
        The term of the examples with Y = 0 is missing: (1 - Y) * log(1 - A).
        - Y * np.log(A) + (1 - Y) * np.log(1 - A)
        + Y * np.log(A)
    second-term-only
        The term of the examples with Y = 1 is missing: Y * log(A).
        - Y * np.log(A) + (1 - Y) * np.log(1 - A)
        + (1 - Y) * np.log(1 - A)
    minus-between
        The two terms have opposite signs in your loss: it is -mean(Y * log(A) + (1 - Y) * log(1 - A)).
        - Y * np.log(A) + (1 - Y) * np.log(1 - A)
        + Y * np.log(A) - (1 - Y) * np.log(1 - A)
    classes-exchanged
        The classes are exchanged: log(A) belongs to Y = 1, log(1 - A) to Y = 0.
        - Y * np.log(A) + (1 - Y) * np.log(1 - A)
        + (1 - Y) * np.log(A) + Y * np.log(1 - A)
    squared-error
        This is the mean squared error. The cross-entropy takes logarithms of A.
        - -np.mean(terms)
        + np.mean((A - Y) ** 2)
    half-squared-error
        This is half the mean squared error. The cross-entropy takes logarithms of A.
        - -np.mean(terms)
        + np.mean((A - Y) ** 2) / 2
    absolute-error
        This is the mean absolute error. The cross-entropy takes logarithms of A.
        - -np.mean(terms)
        + np.mean(np.abs(A - Y))
    halved
        This is half the loss: the mean has no further factor.
        - -np.mean(terms)
        + -np.mean(terms) / 2
    other-logarithm
        The logarithm is to base 2. The gradients of this lesson are those of the natural one, np.log.
        - -np.mean(terms)
        + -np.mean(terms) / np.log(2)
    decimal-logarithm
        The logarithm is to base 10. The gradients of this lesson are those of the natural one, np.log.
        - -np.mean(terms)
        + -np.mean(terms) / np.log(10)
    not-averaged
        This is one loss for each example: take their mean, a single number.
        - float(-np.mean(terms))
        + -terms
    """
    + "".join(
        f"""
    log-plus-{epsilon}
        You added {epsilon} inside the logarithm, which makes it another function with another slope. Raise
        the argument of the logarithm to a tiny number only where it is below.
        - A = np.clip(A, 1e-15, 1 - 1e-15)
        - terms = Y * np.log(A) + (1 - Y) * np.log(1 - A)
        + terms = Y * np.log(A + {epsilon}) + (1 - Y) * np.log(1 - A + {epsilon})
    """
        for epsilon in (f"1e-{digits}" for digits in range(2, 15))  # 1e-15 is no more than rounding
    )
    + "".join(
        f"""
    clipped-at-{epsilon}
        You clip A at {epsilon}, so the loss of a prediction nearer to 0 or 1 than that is no longer its own.
        Clip only at a number so small that no ordinary prediction is below it, such as 1e-15.
        - A = np.clip(A, 1e-15, 1 - 1e-15)
        + A = np.clip(A, {epsilon}, 1 - {epsilon})
    """
        for epsilon in ("0.1", "0.05", "0.01", "1e-3", "1e-4", "1e-5", "1e-6")
    ),
)


def draw(rng: np.random.Generator) -> Case:
    """Probabilities that are not sure."""
    m = int(rng.integers(5, 12))
    return {"A": rng.uniform(0.1, 0.9, size=(1, m)), "Y": draw_labels(rng, m)}


def edges() -> list[Case]:
    """A near 0 and 1, where a constant inside the logarithm shows; and exactly 0 and 1, right and wrong."""
    return [
        {"A": np.array([[2e-7, 0.6, 1 - 2e-7]]), "Y": np.array([[1.0, 1.0, 0.0]])},
        {"A": np.array([[0.0, 1.0, 0.3]]), "Y": np.array([[0.0, 1.0, 1.0]])},
        {"A": np.array([[1.0, 0.0, 0.6]]), "Y": np.array([[0.0, 1.0, 1.0]])},
    ]


_ADDED = tuple(mistake for mistake in MISTAKES if mistake.name.startswith("log-plus-"))


def _added(A: Array, Y: Array, value: Array) -> Finding | None:
    """What was added inside the logarithm, where it is too little for the tolerance."""
    if value.size == 1 and abs(value.item() / binary_cross_entropy(A, Y) - 1) > 1e-10:
        for mistake in _ADDED:
            if abs(value.item() / mistake.function(A, Y) - 1) < 2e-11:
                return Finding("loss", mistake.sentence, mistake.name)
    return None


def compare(case: Case, answer: Any) -> Any:
    """At A = 0 and A = 1 any large finite loss will do: how far to clip is the learner's choice."""
    value = np.asarray(answer, dtype=float)
    if ((case["A"] > 0) & (case["A"] < 1)).all():
        return _added(case["A"], case["Y"], value) or NotImplemented
    if not np.isfinite(value).all():
        infinite = MISTAKES[0]
        return Finding("loss", infinite.sentence, infinite.name)
    right_where_sure = binary_cross_entropy(case["A"], case["Y"]) < 1
    # A clip between 1e-6 and the smallest number.
    low, high = (0.3, 0.5) if right_where_sure else (8.0, 600.0)
    if value.size == 1 and low <= value.item() <= high:
        return None
    return Finding("loss", f"The loss is wrong where A is exactly 0 or 1: it is {value.ravel()[0]:.3g}.")


EXERCISE = Exercise(
    id="binary-cross-entropy",
    lesson="02-two-layer-network",
    points=1,
    title="The loss",
    parts=(
        Part(
            function="binary_cross_entropy",
            inputs=draw,
            edges=edges,
            reference=binary_cross_entropy,
            returns="loss",
            shapes=SHAPES,
            formulas={"loss": "loss = -mean(Y * log(A) + (1 - Y) * log(1 - A))"},
            section="The loss",
            mistakes=MISTAKES,
            compare=compare,
        ),
    ),
)
