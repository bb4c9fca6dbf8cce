"""One step of momentum (statement in `mlcourse.exercises.optimization`)."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.networks import Array


def momentum_step(W: Array, dW: Array, v: Array, learning_rate: float, beta: float) -> tuple[Array, Array]:
    """Reference of momentum."""
    v = beta * v + (1 - beta) * dW
    return W - learning_rate * v, v


def _momentum_in_place(
    W: Array, dW: Array, v: Array, learning_rate: float, beta: float
) -> tuple[Array, Array]:
    v *= beta
    v += (1 - beta) * dW
    W -= learning_rate * v
    return W, v


def _velocity(v_rule: Callable[[Array, Array, float], Array]) -> Callable[..., Any]:
    """Momentum with another rule for v."""

    def wrong(W: Array, dW: Array, v: Array, learning_rate: float, beta: float) -> tuple[Array, Array]:
        v = v_rule(v, dW, beta)
        return W - learning_rate * v, v

    return wrong


def _move(W_rule: Callable[..., Array]) -> Callable[..., Any]:
    """Momentum with another rule for W, from W, dW, the old v and the new one."""

    def wrong(W: Array, dW: Array, v: Array, learning_rate: float, beta: float) -> tuple[Array, Array]:
        new = beta * v + (1 - beta) * dW
        return W_rule(W, dW, v, new, learning_rate, beta), new

    return wrong


_MOMENTUM_MISTAKES = (
    Mistake(
        "beta-exchanged",
        "You exchanged beta and 1 - beta. v keeps the part beta of itself: v = beta * v + (1 - beta) * dW.",
        _velocity(lambda v, dW, beta: (1 - beta) * v + beta * dW),
    ),
    Mistake(
        "undamped-gradient",
        "You wrote v = beta * v + dW, which is also in use, but not here: dW is multiplied by 1 - beta.",
        _velocity(lambda v, dW, beta: beta * v + dW),
    ),
    Mistake(
        "undamped-velocity",
        "You did not multiply the old v by beta, so it grows without end: v = beta * v + (1 - beta) * dW.",
        _velocity(lambda v, dW, beta: v + (1 - beta) * dW),
    ),
    Mistake(
        "minus-in-velocity",
        "You subtracted the gradient in v and v from W. One minus is enough: v = beta * v + (1 - beta) * dW.",
        _velocity(lambda v, dW, beta: beta * v - (1 - beta) * dW),
    ),
    Mistake(
        "learning-rate-in-velocity",
        "You put the learning rate into v. Here v averages gradients only; W = W - learning_rate * v.",
        lambda W, dW, v, learning_rate, beta: (
            W - beta * v - (1 - beta) * learning_rate * dW,
            beta * v + (1 - beta) * learning_rate * dW,
        ),
    ),
    Mistake(
        "gradient-step",
        "You moved W along dW, as plain gradient descent does. Move it along v: W = W - learning_rate * v.",
        _move(lambda W, dW, old, new, rate, beta: W - rate * dW),
    ),
    Mistake(
        "old-velocity",
        "You moved W along the old v. Compute the new v first, then W = W - learning_rate * v.",
        _move(lambda W, dW, old, new, rate, beta: W - rate * old),
    ),
    Mistake(
        "ascent",
        "You added the step to W, which goes uphill. Subtract it: W = W - learning_rate * v.",
        _move(lambda W, dW, old, new, rate, beta: W + rate * new),
    ),
    Mistake(
        "learning-rate-forgotten",
        "You left out the learning rate: W = W - learning_rate * v.",
        _move(lambda W, dW, old, new, rate, beta: W - new),
    ),
    Mistake(
        "nesterov",
        "You looked one step ahead, as Nesterov's momentum does. Here W = W - learning_rate * v.",
        _move(lambda W, dW, old, new, rate, beta: W - rate * (beta * new + (1 - beta) * dW)),
    ),
    Mistake(
        "velocity-not-returned",
        "You returned the old v. Return the new one: the next step builds on it.",
        lambda W, dW, v, learning_rate, beta: (W - learning_rate * (beta * v + (1 - beta) * dW), v),
    ),
    Mistake(
        "exchanged",
        "You returned v, W. Return W first: W, v.",
        lambda *arguments: momentum_step(*arguments)[::-1],
    ),
    Mistake(
        "in-place",
        "Right, but W and v have changed in the caller's hands too: *= and += work in place. Write W = W - "
        "... and v = beta * v + ..., which make new arrays.",
        _momentum_in_place,
    ),
)


def draw_arrays(rng: np.random.Generator, names: str) -> dict[str, Array]:
    """Arrays of one rectangular shape, no entry near 0, by name."""
    shape = tuple(int(n) for n in rng.permutation(np.arange(2, 7))[:2])
    return {name: rng.uniform(0.3, 1.5, shape) * rng.choice([-1, 1], shape) for name in names.split()}


def _momentum_inputs(rng: np.random.Generator) -> Case:
    return draw_arrays(rng, "W dW v") | {
        "learning_rate": float(rng.uniform(0.1, 0.6)),
        "beta": float(rng.uniform(0.6, 0.95)),
    }


def _momentum_edges() -> list[Case]:
    """The first step, and a column of biases."""
    case = _momentum_inputs(np.random.default_rng(8))
    return [
        case | {"v": np.zeros_like(case["v"]), "beta": 0.9},
        case | {name: case[name][:, :1] for name in ("W", "dW", "v")},
    ]


SAME_SHAPE = {name: "one shape for all" for name in ("W", "dW", "m", "v")}

MOMENTUM = Exercise(
    id="momentum",
    lesson="06-optimization",
    points=2,
    title="A step with momentum",
    parts=(
        Part(
            function="momentum_step",
            inputs=_momentum_inputs,
            reference=momentum_step,
            returns=("W", "v"),
            order=("v", "W"),
            shapes=SAME_SHAPE,
            formulas={"v": "v = beta * v + (1 - beta) * dW", "W": "W = W - learning_rate * v"},
            section="Momentum",
            mistakes=_MOMENTUM_MISTAKES,
            edges=_momentum_edges,
        ),
    ),
)
