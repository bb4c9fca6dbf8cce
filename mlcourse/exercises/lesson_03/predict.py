"""From probabilities to 0 and 1."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.drawing import (
    Activation,
    Array,
    draw_parameters,
    draw_sizes,
    draw_until,
    forward,
    mixed,
    relu,
)
from mlcourse.nn.activations import sigmoid


def predict(X: Array, parameters: dict[str, Array]) -> Array:
    """Reference of predict."""
    A1 = relu(parameters["W1"] @ X + parameters["b1"])
    A2 = sigmoid(parameters["W2"] @ A1 + parameters["b2"])
    return (A2 > 0.5).astype(int)


def _wrong(
    decide: Callable[[dict[str, Array]], Any] = lambda cache: (cache["A2"] > 0.5).astype(int),
    hidden: Activation = relu,
    bias: float = 1,
) -> Callable[..., Any]:
    """Prediction with another decision, another hidden activation, or without biases."""

    def wrong(X: Array, parameters: dict[str, Array]) -> Any:
        scaled = {name: value * bias if name[0] == "b" else value for name, value in parameters.items()}
        return decide(forward(X, scaled, hidden))

    return wrong


MISTAKES = (
    Mistake(
        "probabilities",
        "You returned the probabilities A2. Decide: 1 where A2 is above 0.5, 0 elsewhere.",
        _wrong(lambda cache: cache["A2"]),
    ),
    Mistake(
        "threshold-on-Z2",
        "You compared Z2 with 0.5. The probability is A2 = sigmoid(Z2); compare that with 0.5 (or Z2 with "
        "0).",
        _wrong(lambda cache: (cache["Z2"] > 0.5).astype(int)),
    ),
    Mistake(
        "threshold-zero",
        "You predict 1 for every example: each probability is above 0. Compare A2 with 0.5.",
        _wrong(lambda cache: (cache["A2"] > 0).astype(int)),
    ),
    Mistake(
        "reversed",
        "Your 0 and 1 are exchanged: predict 1 where A2 is above 0.5.",
        _wrong(lambda cache: (cache["A2"] < 0.5).astype(int)),
    ),
    Mistake(
        "argmax",
        "You took the argmax over a single output, which is always 0. Compare A2 with 0.5.",
        _wrong(lambda cache: np.argmax(cache["A2"], axis=0)),
    ),
    Mistake(
        "flat",
        "Your predictions have shape (m,). Keep the shape of A2, (1, m).",
        _wrong(lambda cache: (cache["A2"] > 0.5).astype(int)[0]),
    ),
    Mistake(
        "no-relu",
        "You left out ReLU in the hidden layer: A1 = np.maximum(Z1, 0).",
        _wrong(hidden=lambda Z: Z),
    ),
    Mistake(
        "sigmoid-hidden",
        "You used the sigmoid in the hidden layer too. There it is ReLU.",
        _wrong(hidden=sigmoid),
    ),
    Mistake("no-biases", "You left out the biases: Z = W @ A + b.", _wrong(bias=0)),
)


def _inputs(rng: np.random.Generator) -> Case:
    """Draw until no two mistakes predict the same: predictions are only 0 and 1."""

    def draw() -> Case:
        n_x, n_h = draw_sizes(rng, 2)[:2]
        m = int(rng.integers(40, 61))
        return {"X": rng.standard_normal((n_x, m)), "parameters": draw_parameters(rng, [n_x, n_h, 1])}

    def good(case: Case) -> bool:
        X, parameters = case.values()
        functions = (predict, *(mistake.function for mistake in MISTAKES))
        answers = {
            (np.shape(a), np.asarray(a, float).tobytes()) for a in (f(X, parameters) for f in functions)
        }
        cache = forward(X, parameters)
        clear = np.abs(cache["Z2"]).min() > 1e-3  # no probability so near 1/2 that rounding decides
        return len(answers) == len(functions) and mixed(cache["Z2"]) and bool(clear)

    return draw_until(draw, good)


EXERCISE = Exercise(
    id="predict",
    lesson="03-training",
    points=1,
    title="Predictions",
    parts=(
        Part(
            function="predict",
            inputs=_inputs,
            reference=predict,
            returns="predictions",
            shapes={
                "predictions": "(1, m)",
                "X": "(n_x, m)",
                "W1": "(n_h, n_x)",
                "b1": "(n_h, 1)",
                "W2": "(1, n_h)",
                "b2": "(1, 1)",
            },
            formulas={"predictions": "predictions = (A2 > 0.5).astype(int)"},
            section="From a probability to an answer",
            mistakes=MISTAKES,
        ),
    ),
)
