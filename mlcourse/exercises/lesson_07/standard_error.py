"""The error bar of a share of right answers."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def standard_error(answers: Array, labels: Array) -> tuple[float, float]:
    """Share of right answers and its standard error."""
    n = len(labels)
    share = np.mean(answers == labels)
    error = np.sqrt(share * (1 - share) / n)
    return share, error


MISTAKES = known(
    standard_error,
    """
    share-of-wrong-ones
        You returned the share of wrong answers.
        - answers == labels
        + answers != labels
    number-for-share
        You returned the number of right answers. Divide it by n: np.mean does.
        - np.mean(answers == labels)
        + np.sum(answers == labels)
        - share * (1 - share) / n
        + share / n * (1 - share / n) / n
    percent
        You returned per cent. The share is a number from 0 to 1.
        - return share, error
        + return 100 * share, 100 * error
    one-answer
        Your error is that of a single answer. For the mean of n answers divide by n under the root.
        - share * (1 - share) / n
        + share * (1 - share)
    divided-by-n
        You divided by n outside the root. Squares add, so n stands under the root.
        - np.sqrt(share * (1 - share) / n)
        + np.sqrt(share * (1 - share)) / n
    root-forgotten
        You left out the root.
        - np.sqrt(share * (1 - share) / n)
        + share * (1 - share) / n
    without-share
        You returned one over the root of n. A single answer is off by the root of share * (1 - share).
        - np.sqrt(share * (1 - share) / n)
        + np.sqrt(1 / n)
    divided-by-one-less
        You divided by n - 1. The formula has n.
        - share * (1 - share) / n
        + share * (1 - share) / (n - 1)
    two-errors
        You returned twice the standard error.
        - return share, error
        + return share, 2 * error
    spread-of-the-labels
        You took the spread of the labels. It is the right and wrong answers that vary.
        - np.sqrt(share * (1 - share) / n)
        + np.std(labels) / np.sqrt(n)
    exchanged
        You returned error, share. Return share, error.
        - return share, error
        + return error, share
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """Digits, of which most but not all are answered rightly."""
    labels = rng.integers(0, 10, int(rng.integers(20, 60)))
    answers = labels.copy()
    wrong = rng.permutation(len(labels))[: int(rng.integers(3, 9))]
    answers[wrong] = (labels[wrong] + rng.integers(1, 10, len(wrong))) % 10
    return {"answers": answers, "labels": labels}


def edges() -> list[Case]:
    """All right, all wrong, and three of four right."""
    labels = np.array([1, 2, 3, 4])
    three_right = np.array([1, 2, 3, 0])
    return [{"answers": answers, "labels": labels} for answers in (labels, labels + 1, three_right)]


EXERCISE = Exercise(
    id="standard-error",
    lesson="07-numpy-network",
    points=1,
    title="The standard error",
    parts=(
        Part(
            function="standard_error",
            inputs=draw,
            reference=standard_error,
            returns=("share", "error"),
            order=("share", "error"),
            shapes={"answers": "(n,)", "labels": "(n,)"},
            formulas={
                "share": "share = np.mean(answers == labels)",
                "error": "error = np.sqrt(share * (1 - share) / n)",
            },
            section="An error bar",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
