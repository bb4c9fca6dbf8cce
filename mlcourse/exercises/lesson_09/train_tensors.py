"""Digits, trained on an engine of one's own."""

from dataclasses import replace
from typing import Any

import numpy as np

from mlcourse.autograd import Tensor
from mlcourse.exercises.base import Case, Exercise, Finding
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.lesson_07.digits import EXERCISE as DIGITS
from mlcourse.exercises.lesson_07.digits import MORE, Predict
from mlcourse.exercises.lesson_07.digits import compare_predictions as compare_digits


def train_tensors(X: Array, Y: Array, rng: np.random.Generator) -> Predict:
    """Reference of train-tensors: 32 hidden ReLU units, mini-batches of 10, gradient descent."""
    W1, W2 = (
        Tensor(rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in))
        for n_in, n_out in [(784, 32), (32, 10)]
    )
    b1, b2 = Tensor(np.zeros((32, 1))), Tensor(np.zeros((10, 1)))
    for _ in range(8):
        order = rng.permutation(X.shape[1])
        for start in range(0, len(order), 10):
            batch = order[start : start + 10]
            L = (W2 @ (W1 @ X[:, batch] + b1).relu() + b2).log_softmax()
            loss = -(L * Y[:, batch]).sum() * (1 / len(batch))
            for parameter in (W1, b1, W2, b2):
                parameter.grad = 0.0
            loss.backward()
            for parameter in (W1, b1, W2, b2):
                parameter.data -= 0.1 * parameter.grad
    return lambda images: np.argmax(W2.data @ np.maximum(W1.data @ images + b1.data, 0) + b2.data, axis=0)


_ELSE = {
    "guessing": "Your classifier is right no more often than by guessing. Look at four things: are all "
    "slopes set back to 0 before each backward? Does the update change parameter.data itself, and with a "
    "minus? Are images and labels those of the same batch? Does predict use what you train?",
    "one-answer": "Your classifier gives the same digit for every image. Look at four things: has the loss "
    "its minus and its 1/m? Has the update its minus? Are the weights drawn at random, and small? Are all "
    "slopes set back to 0 before each backward?",
}
"""What else may be the cause where the slopes come from an engine."""

_START = "Look at the start, too: are the weights drawn with the factor sqrt(2 / n_in)?"

_WORDED = tuple(replace(m, sentence=_ELSE.get(m.name, m.sentence)) for m in DIGITS.parts[0].mistakes)


def compare_predictions(case: Case, answer: Any) -> Finding | None:
    """Judge predictions as those of lesson 07, by the share of unseen digits that is right."""
    found = compare_digits(case, answer)
    if found is not None and found.sentence.endswith(MORE):
        return Finding(found.variable, f"{found.sentence} {_START}")
    if found is None or found.mistake not in _ELSE:
        return found
    return Finding(found.variable, _ELSE[found.mistake], found.mistake)


EXERCISE = Exercise(
    id="train-tensors",
    lesson="09-tensors",
    points=3,
    title="Digits on your own engine",
    parts=(
        replace(
            DIGITS.parts[0],
            function="train_tensors",
            reference=train_tensors,
            section="Digits on your own engine",
            compare=compare_predictions,
            mistakes=_WORDED,
        ),
    ),
)
