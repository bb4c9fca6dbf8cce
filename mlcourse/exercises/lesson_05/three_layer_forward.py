"""The forward pass of three layers."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import (
    Array,
    draw_network,
    draw_parameters,
    draw_sizes,
    relu,
)
from mlcourse.exercises.known_mistakes import known
from mlcourse.nn.activations import sigmoid


def three_layer_forward(X: Array, parameters: dict[str, Array]) -> tuple[Array, dict[str, Array]]:
    """Reference of three-layer-forward."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = relu(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = relu(Z2)
    Z3 = parameters["W3"] @ A2 + parameters["b3"]
    A3 = sigmoid(Z3)
    return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}


MISTAKES = known(
    three_layer_forward,
    """
    no-relu
        You left out the activation of both hidden layers. Without ReLU three layers are no more than one.
        - relu(Z1)
        + Z1
        - relu(Z2)
        + Z2
    no-relu-1
        You left out ReLU in layer 1: A1 = np.maximum(Z1, 0).
        - relu(Z1)
        + Z1
    no-relu-2
        You left out ReLU in layer 2: A2 = np.maximum(Z2, 0).
        - relu(Z2)
        + Z2
    sigmoid-hidden
        You used the sigmoid in the hidden layers. They are ReLU; only the output is a sigmoid.
        - relu(Z1)
        + sigmoid(Z1)
        - relu(Z2)
        + sigmoid(Z2)
    tanh-hidden
        You used tanh in the hidden layers. Here they are ReLU.
        - relu(Z1)
        + np.tanh(Z1)
        - relu(Z2)
        + np.tanh(Z2)
    no-sigmoid
        You returned Z3 for A3. The output is a probability: A3 = sigmoid(Z3).
        - sigmoid(Z3)
        + Z3
    relu-output
        You used ReLU in the output layer. It is a sigmoid: A3 = sigmoid(Z3).
        - sigmoid(Z3)
        + relu(Z3)
    no-biases
        You left out the biases: Z = W @ A + b in every layer.
        - parameters["W1"] @ X + parameters["b1"]
        + parameters["W1"] @ X
        - parameters["W2"] @ A1 + parameters["b2"]
        + parameters["W2"] @ A1
        - parameters["W3"] @ A2 + parameters["b3"]
        + parameters["W3"] @ A2
    minus-biases
        You subtracted the biases. Add them: Z = W @ A + b.
        - parameters["W1"] @ X + parameters["b1"]
        + parameters["W1"] @ X - parameters["b1"]
        - parameters["W2"] @ A1 + parameters["b2"]
        + parameters["W2"] @ A1 - parameters["b2"]
        - parameters["W3"] @ A2 + parameters["b3"]
        + parameters["W3"] @ A2 - parameters["b3"]
    layers-fed-by-Z
        You passed Z on to the next layer. Pass on the activations: Z2 = W2 @ A1 + b2.
        - parameters["W2"] @ A1
        + parameters["W2"] @ Z1
        - parameters["W3"] @ A2
        + parameters["W3"] @ Z2
    Z-and-A-exchanged
        In your cache Z and A are exchanged. Z is before the activation, A behind it.
        - {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}
        + {"X": X, "Z1": A1, "A1": Z1, "Z2": A2, "A2": Z2, "Z3": A3, "A3": Z3}
    sigmoid-overflows
        Right, but where Z3 is far below 0, exp(-Z3) overflows in your sigmoid. Use one that takes exp(Z)
        where Z is negative, such as that of lesson 02.
        - sigmoid(Z3)
        + 1 / (1 + np.exp(-Z3))
    """,
)


def _inputs(rng: np.random.Generator) -> Case:
    _, cache, parameters = draw_network(rng, 3)
    return {"X": cache["X"], "parameters": parameters}


def _edges() -> list[Case]:
    """One example; and inputs so large that a plain exp(-Z3) would overflow."""
    rng = np.random.default_rng(3)
    *units, _ = draw_sizes(rng, 3)
    return [
        {"X": rng.standard_normal((units[0], 1)), "parameters": draw_parameters(rng, units)},
        {"X": rng.standard_normal((units[0], 9)) * 1e4, "parameters": draw_parameters(rng, units)},
        {"X": rng.standard_normal((units[0], 8)) * 1e5, "parameters": draw_parameters(rng, units)},
    ]


EXERCISE = Exercise(
    id="three-layer-forward",
    lesson="05-deep-networks",
    points=1,
    title="Forward through three layers",
    parts=(
        Part(
            function="three_layer_forward",
            inputs=_inputs,
            reference=three_layer_forward,
            returns=(
                "A3",
                {"X": "X", "Z1": "Z1", "A1": "A1", "Z2": "Z2", "A2": "A2", "Z3": "Z3", "A3": 'cache["A3"]'},
            ),
            order=("X", "Z1", "A1", "Z2", "A2", "Z3", "A3", 'cache["A3"]'),
            shapes={
                "X": "(n0, m)",
                "W1": "(n1, n0)",
                "b1": "(n1, 1)",
                "W2": "(n2, n1)",
                "b2": "(n2, 1)",
                "W3": "(1, n2)",
                "b3": "(1, 1)",
                "Z1": "(n1, m)",
                "A1": "(n1, m)",
                "Z2": "(n2, m)",
                "A2": "(n2, m)",
                "Z3": "(1, m)",
                "A3": "(1, m)",
                'cache["A3"]': "(1, m)",
            },
            formulas={
                "Z1": "Z1 = W1 @ X + b1",
                "A1": "A1 = np.maximum(Z1, 0)",
                "Z2": "Z2 = W2 @ A1 + b2",
                "A2": "A2 = np.maximum(Z2, 0)",
                "Z3": "Z3 = W3 @ A2 + b3",
                "A3": "A3 = sigmoid(Z3)",
            },
            section="Three layers",
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
