"""From probabilities to 0 and 1."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Part
from mlcourse.exercises.drawing import (
    Array,
    draw_parameters,
    draw_sizes,
    draw_until,
    forward,
    mixed,
    relu,
)
from mlcourse.exercises.known_mistakes import known
from mlcourse.nn.activations import sigmoid


def predict(X: Array, parameters: dict[str, Array]) -> Array:
    """Reference of predict."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = relu(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return (A2 > 0.5).astype(int)


MISTAKES = known(
    predict,
    """
    probabilities
        You returned the probabilities A2. Decide: 1 where A2 is above 0.5, 0 elsewhere.
        - (A2 > 0.5).astype(int)
        + A2
    threshold-on-Z2
        What you compared with 0.5 has not gone through the sigmoid. Compare A2 = sigmoid(Z2) with 0.5, or Z2
        with 0.
        - A2 > 0.5
        + Z2 > 0.5
    threshold-zero
        You predict 1 for every example. Compare A2 = sigmoid(Z2) with 0.5.
        - A2 > 0.5
        + A2 > 0
    reversed
        Your 0 and 1 are exchanged: predict 1 where A2 is above 0.5.
        - A2 > 0.5
        + A2 < 0.5
    argmax
        You predict 0 for every example, as an argmax over a single output does. Compare A2 with 0.5.
        - (A2 > 0.5).astype(int)
        + np.argmax(A2, axis=0)
    half-counts-as-one
        You predict 1 where A2 is exactly 0.5 as well. It is 1 above 0.5 only: A2 > 0.5, not >=.
        - A2 > 0.5
        + A2 >= 0.5
    flat
        Your predictions have shape (m,). Keep the shape of A2, (1, m).
        - (A2 > 0.5).astype(int)
        + (A2 > 0.5).astype(int)[0]
    no-relu
        You left out ReLU in the hidden layer: A1 = np.maximum(Z1, 0).
        - relu(Z1)
        + Z1
    sigmoid-hidden
        You used the sigmoid in the hidden layer too. There it is ReLU.
        - relu(Z1)
        + sigmoid(Z1)
    no-biases
        You left out the biases: Z = W @ A + b.
        - parameters["W1"] @ X + parameters["b1"]
        + parameters["W1"] @ X
        - parameters["W2"] @ A1 + parameters["b2"]
        + parameters["W2"] @ A1
    """,
)


def compare(case: Case, answer: Any) -> Any:
    """Refuse what is neither 0 nor 1, however near; leave all else to comparison."""
    if not isinstance(answer, np.ndarray):
        return NotImplemented
    values = answer
    if values.dtype.kind in "biuf" and values.shape == (1, case["X"].shape[1]):
        near = np.isclose(values, np.round(values), atol=1e-2) & np.isin(np.round(values), (0, 1))
        if near.all() and not np.isin(values, (0, 1)).all():
            words = (
                "Your predictions are near 0 and 1, but not these numbers. Decide: (A2 > 0.5).astype(int)."
            )
            return Finding("predictions", words)
    return NotImplemented


def _edges() -> list[Case]:
    """A probability of exactly 1/2, which is not above it; and one example."""
    rng = np.random.default_rng(3)
    X, parameters = rng.standard_normal((3, 6)), draw_parameters(rng, [3, 4, 1])
    X[:, 2] = 0
    without_biases = {name: value * (name[0] == "W") for name, value in parameters.items()}
    return [{"X": X, "parameters": without_biases}, {"X": X[:, :1], "parameters": parameters}]


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
        # One of them differs only where A2 is exactly 0.5, which an edge has.
        return len(answers) == len(functions) - 1 and mixed(cache["Z2"]) and bool(clear)

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
            compare=compare,
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
