"""Backward through a neuron."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array, draw_number
from mlcourse.exercises.known_mistakes import known
from mlcourse.nn.activations import sigmoid


def neuron_backward(x: Array, w: Array, b: float, dy: float) -> tuple[Array, Array, Any]:
    """Gradients of y = sigmoid(w @ x + b), given dy."""
    z = w @ x + b
    y = sigmoid(z)
    dz = dy * y * (1 - y)
    dx = dz * w
    dw = dz * x
    db = dz
    return dx, dw, db


MISTAKES = known(
    neuron_backward,
    """
    slope-forgotten
        The derivative of the sigmoid is missing: dz = dy * y * (1 - y).
        - dy * y * (1 - y)
        + dy
    dy-forgotten
        The gradient that arrives, dy, is missing: multiply by it, dz = dy * y * (1 - y).
        - dy * y * (1 - y)
        + y * (1 - y)
    dy-added
        dy is added to the derivative of the sigmoid. Along a path multiply: dz = dy * y * (1 - y).
        - dy * y * (1 - y)
        + dy + y * (1 - y)
    slope-of-z
        The derivative of the sigmoid, y * (1 - y), is computed with z in place of y.
        - dy * y * (1 - y)
        + dy * z * (1 - z)
    slope-at-y
        The sigmoid is applied twice: y * (1 - y) takes y as it is, it needs no further sigmoid.
        - dy * y * (1 - y)
        + dy * sigmoid(y) * (1 - sigmoid(y))
    slope-half
        The derivative of the sigmoid is y * (1 - y): the factor 1 - y is missing.
        - dy * y * (1 - y)
        + dy * y
    slope-other-half
        The derivative of the sigmoid is y * (1 - y): the factor y is missing.
        - dy * y * (1 - y)
        + dy * (1 - y)
    slope-sign
        The derivative of the sigmoid has the wrong sign: it is y * (1 - y), never negative.
        - dy * y * (1 - y)
        + dy * y * (y - 1)
    slope-of-tanh
        1 - y**2 is the derivative of tanh. That of the sigmoid is y * (1 - y).
        - dy * y * (1 - y)
        + dy * (1 - y**2)
    slope-of-relu
        z > 0 is the derivative of ReLU. That of the sigmoid is y * (1 - y).
        - dy * y * (1 - y)
        + dy * (z > 0)
    slope-at-dy
        The derivative of the sigmoid is taken at dy, the gradient that arrives. Take it at y: dz = dy * y *
        (1 - y).
        - dy * y * (1 - y)
        + dy * dy * (1 - dy)
    bias-forgotten
        The bias is missing in z = w @ x + b, so y and all gradients are those of another neuron.
        - w @ x + b
        + w @ x
    exchanged
        dx and dw are exchanged: x is multiplied by w, so dx = dz * w and dw = dz * x.
        - return dx, dw, db
        + return dw, dx, db
    db-times-b
        db is multiplied by b. The bias is added, so its local derivative is 1: db = dz.
        - db = dz
        + db = dz * b
    db-one
        db is 1, the local derivative of the bias alone. Multiply by what arrives: db = dz.
        - db = dz
        + db = 1.0
    summed
        dx and dw are summed to single numbers. Each entry of x and w has its own slope: dx = dz * w and dw =
        dz * x.
        - return dx, dw, db
        + return np.sum(dx), np.sum(dw), db
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """A few inputs, none near 0."""
    n = int(rng.integers(2, 6))
    x, w = rng.uniform(0.5, 2, size=(2, n)) * rng.choice([-1, 1], size=(2, n))
    return {"x": x, "w": w / n, "b": draw_number(rng) / 3, "dy": draw_number(rng)}


def edges() -> list[Case]:
    """A single input."""
    return [{"x": np.array([2.0]), "w": np.array([-0.5]), "b": 0.3, "dy": 1.0}]


EXERCISE = Exercise(
    id="neuron-backward",
    lesson="01-chain-rule",
    points=2,
    title="Backward through a neuron",
    parts=(
        Part(
            function="neuron_backward",
            inputs=draw,
            edges=edges,
            reference=neuron_backward,
            returns=("dx", "dw", "db"),
            order=("db", "dw", "dx"),
            shapes={"x": "(n,)", "w": "(n,)", "dx": "(n,)", "dw": "(n,)"},
            formulas={
                "dz": "dz = dy * y * (1 - y), with y = sigmoid(w @ x + b)",
                "dx": "dx = dz * w",
                "dw": "dw = dz * x",
                "db": "db = dz = dy * y * (1 - y)",
            },
            section="A neuron",
            mistakes=MISTAKES,
        ),
    ),
)
