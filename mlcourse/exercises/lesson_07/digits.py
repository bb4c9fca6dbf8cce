"""Training on handwritten digits."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.datasets import digits
from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.lesson_03.initialize_parameters import not_finite

Predict = Callable[[Array], Array]
GOAL = 0.9
"""Share of unseen digits that must be right."""
MORE = "Train longer, with another learning rate, or with more hidden units."
TOO_GOOD = 0.995
"""Nobody learns that from 3,500 images; a table of the images that are asked about gives all of them."""


def train_digits(X: Array, Y: Array, rng: np.random.Generator) -> Predict:
    """Reference of digits: 32 hidden ReLU units, mini-batches of 10, momentum.

    Products so small are not spread over threads, which is slower where many are graded at once.
    """
    W1, b1 = rng.standard_normal((32, 784)) * np.sqrt(2 / 784), np.zeros((32, 1))
    W2, b2 = rng.standard_normal((10, 32)) * np.sqrt(2 / 32), np.zeros((10, 1))
    parameters = [W1, b1, W2, b2]
    velocities = [np.zeros_like(parameter) for parameter in parameters]
    m = X.shape[1]
    for _ in range(8):
        order = rng.permutation(m)
        for start in range(0, m, 10):
            batch = order[start : start + 10]
            A0, targets = X[:, batch], Y[:, batch]
            A1 = np.maximum(W1 @ A0 + b1, 0)
            Z2 = W2 @ A1 + b2
            E = np.exp(Z2 - Z2.max(axis=0))
            dZ2 = (E / E.sum(axis=0) - targets) / len(batch)
            dZ1 = W2.T @ dZ2 * (A1 > 0)
            grads = [dZ1 @ A0.T, dZ1.sum(axis=1, keepdims=True), dZ2 @ A1.T, dZ2.sum(axis=1, keepdims=True)]
            for parameter, v, gradient in zip(parameters, velocities, grads, strict=True):
                v *= 0.9
                v += 0.1 * gradient
                parameter -= 0.1 * v
    return lambda images: np.argmax(W2 @ np.maximum(W1 @ images + b1, 0) + b2, axis=0)


def _untrained(decide: Callable[[Array], Any]) -> Callable[..., Predict]:
    """Classifier that was never trained, and what it makes of its scores."""

    def train(X: Array, Y: Array, rng: np.random.Generator) -> Predict:
        W = rng.standard_normal((10, 784)) * np.sqrt(2 / 784)
        return lambda images: decide(W @ images)

    return train


# Functions: each is another classifier that does not train, an edit would replace all of the reference.
MISTAKES = (
    Mistake(
        "guessing",
        "Your classifier is right no more often than by guessing. Is what you train also what predict uses?",
        _untrained(lambda Z: np.argmax(Z, axis=0)),
    ),
    Mistake(
        "one-answer",
        "Your classifier gives the same digit for every image.",
        _untrained(lambda Z: np.zeros(Z.shape[1], int)),
    ),
    Mistake(
        "scores",
        "Your predict returns ten numbers for each image. Return the digit, the place of the largest: "
        "np.argmax(Z, axis=0).",
        _untrained(lambda Z: Z),
    ),
    Mistake(
        "argmax-over-images",
        "Your predict returns ten numbers in all: its argmax runs over the images. Images are columns: "
        "axis=0.",
        _untrained(lambda Z: np.argmax(Z, axis=1)),
    ),
    Mistake(
        "row",
        "Your predict returns a row of shape (1, m). Return one axis, (m,): np.argmax(Z, axis=0) has it.",
        _untrained(lambda Z: np.argmax(Z, axis=0)[None]),
    ),
    Mistake(
        "no-whole-numbers",
        "Your predict returns floats. A digit is a whole number, as np.argmax gives it.",
        _untrained(lambda Z: np.argmax(Z, axis=0).astype(float)),
    ),
    Mistake(
        "no-function",
        "Your function does not return a function. Return predict itself, without calling it.",
        lambda X, Y, rng: np.zeros((10, 784)),
    ),
)


def _known(name: str) -> Finding:
    return Finding("predictions", next(m.sentence for m in MISTAKES if m.name == name), name)


def compare_predictions(case: Case, answer: Any) -> Finding | None:
    """Judge predictions by the share that is right."""
    if "predictions" not in answer:
        return _known("no-function")
    labels = _labels(case["images"])
    given = answer["predictions"]
    kind = np.asarray(given).dtype.kind
    if np.ndim(given) == 0 or kind not in "fiub":
        what = "None. Is there a return at its end?" if given is None else f"{_kind(given)}, not one array."
        return Finding("predictions", f"Your predict returns {what}")
    predictions = np.asarray(given, float)
    if predictions.shape in ((10, len(labels)), (len(labels), 10)):
        return _known("scores")
    if predictions.shape == (10,):
        return _known("argmax-over-images")
    if predictions.shape == (1, len(labels)):
        return _known("row")
    if predictions.shape != (len(labels),):
        words = (
            f"predict returns shape {predictions.shape} for {len(labels)} images, expected ({len(labels)},)."
        )
        return Finding("predictions", words)
    if not np.isfinite(predictions).all():
        return not_finite("predictions", predictions)
    if np.ptp(predictions) == 0:
        return _known("one-answer")
    if kind not in "iu":
        return _known("no-whole-numbers")
    share = np.mean(predictions == labels)
    if share > TOO_GOOD:
        words = (
            f"{share:.1%} of the unseen digits are right, more than 3,500 images can teach. It looks as if"
        )
        return Finding("predictions", f"{words} predict had them. Train on X and Y only.")
    if share >= GOAL:
        return None
    if share < 0.2:
        return _known("guessing")
    words = f"{share:.1%} of the unseen digits are right, 90 % are asked for."
    return Finding("predictions", f"{words} {MORE}")


def _kind(thing: Any) -> str:
    """What is no array of numbers, in words."""
    if type(thing) in (bool, int, float, np.ndarray):
        return "a single number"
    if type(thing) in (list, tuple):
        return f"a {type(thing).__name__} of other things than numbers"
    return f"an object of type {getattr(thing, 'type', type(thing).__name__)}"


def _labels(images: Array) -> Array:
    """What the images of a case show: the case must not say so, but the originals know."""
    test = digits().split("test")
    originals = np.round(test.images.T * 255)
    images = np.asarray(images, float).T
    distance = np.sum(originals**2, axis=1) - 2 * images @ originals.T
    return test.labels[distance.argmin(axis=1)]


def _inputs(rng: np.random.Generator) -> Case:
    """The digits of the test part in random order, each a little lighter or darker, and with some noise.

    So a table of the images that were bundled does not help. Training always gets the same seed: whoever
    reaches the goal once reaches it again.
    """
    images = digits().split("test").images
    images = images[:, rng.permutation(images.shape[1])]
    images = images * rng.uniform(0.85, 1, (1, images.shape[1])) + 0.03 * rng.standard_normal(images.shape)
    return {"images": np.round(np.clip(images, 0, 1) * 255).astype(np.uint8), "seed": 0}


EXERCISE = Exercise(
    id="digits",
    lesson="07-numpy-network",
    points=3,
    title="Handwritten digits",
    parts=(
        Part(
            function="train_digits",
            inputs=_inputs,
            reference=train_digits,
            returns="predictions",
            shapes={"predictions": "(m,)", "X": "(784, 3500)", "Y": "(10, 3500)"},
            formulas={"predictions": "predictions = np.argmax(Z, axis=0)"},
            section="Digits",
            drive="train_digits",
            compare=compare_predictions,
            mistakes=MISTAKES,
            seconds=60,
            draws=1,
        ),
    ),
)
