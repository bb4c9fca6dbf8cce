"""One step of momentum."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array, draw_arrays
from mlcourse.exercises.known_mistakes import known


def momentum_step(W: Array, dW: Array, v: Array, learning_rate: float, beta: float) -> tuple[Array, Array]:
    """Move W along an average of the gradients."""
    v = beta * v + (1 - beta) * dW
    W = W - learning_rate * v
    return W, v


MISTAKES = known(
    momentum_step,
    """
    beta-exchanged
        You exchanged beta and 1 - beta. v keeps the part beta of itself: v = beta * v + (1 - beta) * dW.
        - beta * v + (1 - beta) * dW
        + (1 - beta) * v + beta * dW
    undamped-gradient
        You wrote v = beta * v + dW, which is also in use, but not here: dW is multiplied by 1 - beta.
        - (1 - beta) * dW
        + dW
    undamped-velocity
        You did not multiply the old v by beta, so it grows without end: v = beta * v + (1 - beta) * dW.
        - beta * v
        + v
    minus-in-velocity
        You subtracted the gradient in v and v from W. One minus is enough: v = beta * v + (1 - beta) * dW.
        - beta * v + (1 - beta) * dW
        + beta * v - (1 - beta) * dW
    learning-rate-in-velocity
        You put the learning rate into v. Here v averages gradients only; W = W - learning_rate * v.
        - (1 - beta) * dW
        + (1 - beta) * learning_rate * dW
        - W - learning_rate * v
        + W - v
    gradient-step
        You moved W along dW, as plain gradient descent does. Move it along v: W = W - learning_rate * v.
        - learning_rate * v
        + learning_rate * dW
    old-velocity
        You moved W along the old v. Compute the new v first, then W = W - learning_rate * v.
        - v = beta * v + (1 - beta) * dW
        - W = W - learning_rate * v
        + W = W - learning_rate * v
        + v = beta * v + (1 - beta) * dW
    ascent
        You added the step to W, which goes uphill. Subtract it: W = W - learning_rate * v.
        - W - learning_rate * v
        + W + learning_rate * v
    learning-rate-forgotten
        You left out the learning rate: W = W - learning_rate * v.
        - learning_rate * v
        + v
    nesterov
        You looked one step ahead, as Nesterov's momentum does. Here W = W - learning_rate * v.
        - learning_rate * v
        + learning_rate * (beta * v + (1 - beta) * dW)
    velocity-subtracted-first
        You put the learning rate into v with a minus, and added v to W. Here v averages gradients only: v =
        beta * v + (1 - beta) * dW, and W = W - learning_rate * v.
        - beta * v + (1 - beta) * dW
        + beta * v - learning_rate * dW
        - W - learning_rate * v
        + W + v
    velocity-not-returned
        You returned the old v. Return the new one: the next step builds on it.
        - v = beta * v + (1 - beta) * dW
        - W = W - learning_rate * v
        + W = W - learning_rate * (beta * v + (1 - beta) * dW)
    exchanged
        You returned v, W. Return W first: W, v.
        - return W, v
        + return v, W
    in-place
        Right, but W and v have changed in the caller's hands too: *= and += work in place. Write W = W - ...
        and v = beta * v + ..., which make new arrays.
        - v = beta * v + (1 - beta) * dW
        - W = W - learning_rate * v
        + v *= beta
        + v += (1 - beta) * dW
        + W -= learning_rate * v
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """Arrays of any one shape."""
    return draw_arrays(rng, "W dW v") | {
        "learning_rate": float(rng.uniform(0.1, 0.6)),
        "beta": float(rng.uniform(0.6, 0.95)),
    }


def edges() -> list[Case]:
    """The first step, and a column of biases."""
    case = draw(np.random.default_rng(8))
    return [
        case | {"v": np.zeros_like(case["v"]), "beta": 0.9},
        case | {name: case[name][:, :1] for name in ("W", "dW", "v")},
    ]


EXERCISE = Exercise(
    id="momentum",
    lesson="06-optimization",
    points=2,
    title="A step with momentum",
    parts=(
        Part(
            function="momentum_step",
            inputs=draw,
            reference=momentum_step,
            returns=("W", "v"),
            order=("v", "W"),
            shapes=dict.fromkeys(["W", "dW", "v"], "one shape for all"),
            formulas={"v": "v = beta * v + (1 - beta) * dW", "W": "W = W - learning_rate * v"},
            section="Momentum",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
