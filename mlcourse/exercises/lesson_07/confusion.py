"""The confusion matrix, and the share right of each class."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def confusion(labels: Array, answers: Array, classes: int) -> tuple[Array, Array]:
    """Count how often each label got each answer; share of each label that got the right one."""
    counts = np.zeros((classes, classes), dtype=int)
    for label, answer in zip(labels, answers, strict=True):
        counts[label, answer] += 1
    recall = np.diag(counts) / np.maximum(counts.sum(axis=1), 1)
    return counts, recall


MISTAKES = known(
    confusion,
    """
    transposed
        Rows and columns are exchanged: the row is the label, the column the answer.
        - counts[label, answer] += 1
        + counts[answer, label] += 1
    right-ones-only
        You counted right answers only. Every example adds 1 to one entry, wrong ones off the diagonal.
        - counts[label, answer] += 1
        + counts[label, label] += label == answer
    pairs-counted-once
        In your table no pair counts more than once. Add 1 for every example, in a loop or with np.add.at:
        counts[labels, answers] += 1 adds 1 to each entry only once, however often the pair occurs.
        - counts[label, answer] += 1
        + counts[label, answer] = 1
    precision-for-recall
        You divided by the sums of the columns, the answers. Divide by those of the rows, the labels.
        - counts.sum(axis=1)
        + counts.sum(axis=0)
    share-of-all
        You divided by the number of all examples. Divide by those of the class, the sum of its row.
        - np.maximum(counts.sum(axis=1), 1)
        + len(labels)
    wrong-ones
        You returned the share of wrong answers of each class.
        - np.diag(counts) / np.maximum(counts.sum(axis=1), 1)
        + 1 - np.diag(counts) / np.maximum(counts.sum(axis=1), 1)
    divided-by-zero
        A class without examples gives 0 / 0. Its share is 0: divide by at least 1.
        - np.maximum(counts.sum(axis=1), 1)
        + counts.sum(axis=1)
    ones-without-examples
        A class without examples gets 1 in your answer. Its share is 0.
        - np.diag(counts) / np.maximum(counts.sum(axis=1), 1)
        + np.where(counts.sum(axis=1) > 0, np.diag(counts) / np.maximum(counts.sum(axis=1), 1), 1.0)
    cut-to-whole-numbers
        Your shares are cut to 0 or 1, as by // or by an array of whole numbers.
        - np.diag(counts) / np.maximum(counts.sum(axis=1), 1)
        + np.diag(counts) // np.maximum(counts.sum(axis=1), 1)
    shares-for-counts
        You returned shares in place of the counts.
        - return counts, recall
        + return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), recall
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """Labels and answers of few classes, wrong ones in one direction, so that rows and columns differ."""
    classes = int(rng.integers(3, 6))
    labels = rng.permutation(np.concatenate([np.arange(classes), rng.integers(0, classes, 25)]))
    wrong = rng.random(len(labels)) < 0.4
    answers = np.where(wrong, np.maximum(labels - 1, 0), labels)
    answers[:2], labels[:2] = 0, 1  # a pair that occurs twice, for certain
    answers[2:4], labels[2:4] = 2, 2
    return {"labels": labels, "answers": answers, "classes": classes}


def edges() -> list[Case]:
    """A class that nobody has, and one that nobody answers; more examples of a pair than a byte can count."""
    labels, answers = np.array([0, 0, 1, 3, 3, 3]), np.array([0, 2, 1, 3, 2, 2])
    many = np.arange(900) // 300
    return [
        {"labels": labels, "answers": answers, "classes": 5},
        {"labels": many, "answers": np.maximum(many, 1), "classes": 3},
    ]


EXERCISE = Exercise(
    id="confusion",
    lesson="07-numpy-network",
    points=2,
    title="The confusion matrix",
    parts=(
        Part(
            function="confusion",
            inputs=draw,
            reference=confusion,
            returns=("counts", "recall"),
            order=("counts", "recall"),
            shapes={"labels": "(n,)", "answers": "(n,)", "counts": "(classes, classes)"}
            | {"recall": "(classes,)"},
            formulas={
                "counts": "counts[label, answer] += 1, for every example",
                "recall": "recall = np.diag(counts) / np.maximum(counts.sum(axis=1), 1)",
            },
            section="Which digits are mistaken for which?",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
