"""The bug clinic as an exercise (statement in `mlcourse.exercises.gradient_checking`)."""

from collections.abc import Callable

import numpy as np

from mlcourse.exercises.backward_mistakes import by_two_layers, mistakes_of
from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.clinic import BROKEN, healthy
from mlcourse.exercises.drawing import draw_network, draw_sizes

_STILL_BROKEN = {
    1: "The first patient is not cured: its gradients are sums over the batch, not means. Divide them by m.",
    2: "The second patient is not cured: its hidden layer is ReLU, and dZ1 still has the derivative of tanh.",
    3: "The third patient is not cured: X @ dZ1.T is dW1 transposed. Write dZ1 @ X.T / m.",
    4: "The fourth patient is not cured: dA1 @ (Z1 > 0) is a matrix product. The derivative is multiplied "
    "element by element: dA1 * (Z1 > 0).",
    5: "The fifth patient is not cured: db1 has shape (n1,), b1 has (n1, 1). Sum with keepdims=True.",
}

_NEARBY = {
    1: ("no-mean-dW", "no-mean-db", "mean-twice", "mean-twice-db", "divided-by-features"),
    2: (
        "derivative-forgotten",
        "tanh-derivative",
        "sigmoid-derivative-of-A",
        "mask-of-dA",
        "multiplied-by-Z",
        "leaky",
    ),
    3: ("dW-transposed", "dW2-transposed", "dW-from-own-activations", "derivative-forgotten"),
    4: ("derivative-forgotten", "multiplied-by-Z", "mask-of-dA", "activation-for-derivative"),
    5: ("keepdims-forgotten", "db-summed-over-everything", "db-wrong-axis", "db-not-summed", "no-mean-db1"),
}
"""For each case, the mistakes one is likely to make in curing it."""


def _mistakes(n: int) -> tuple[Mistake, ...]:
    others = (mistake for mistake in mistakes_of("relu", by_two_layers, 2) if mistake.name in _NEARBY[n])
    return (Mistake("still-broken", _STILL_BROKEN[n], BROKEN[n]), *others)


def _inputs(square: bool) -> Callable[[np.random.Generator], Case]:
    """Inputs of a two-layer network; with m = n1 where only that lets the broken function run."""

    def inputs(rng: np.random.Generator) -> Case:
        n0, n1, n2, m = draw_sizes(rng, 2)
        Y, cache, parameters = draw_network(rng, 2, sizes=(n0, n1, n2, n1 if square else m))
        return {"Y": Y, "cache": cache, **parameters}

    return inputs


def _part(n: int) -> Part:
    return Part(
        function=f"fixed_{n}",
        inputs=_inputs(square=n == 4),
        reference=healthy,
        returns={name: name for name in ("dW1", "db1", "dW2", "db2")},
        order=("dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1"),
        shapes={
            "X": "(n0, m)",
            "Y": "(1, m)",
            **{f"{d}{name}1": "(n1, m)" for name in "ZA" for d in ("", "d")},
            **{f"{d}{name}2": "(1, m)" for name in "ZA" for d in ("", "d")},
            **{f"{d}W1": "(n1, n0)" for d in ("", "d")},
            **{f"{d}b1": "(n1, 1)" for d in ("", "d")},
            **{f"{d}W2": "(1, n1)" for d in ("", "d")},
            **{f"{d}b2": "(1, 1)" for d in ("", "d")},
        },
        formulas={
            "dZ2": "dZ2 = A2 - Y",
            "dW2": "dW2 = dZ2 @ A1.T / m",
            "db2": "db2 = np.sum(dZ2, axis=1, keepdims=True) / m",
            "dA1": "dA1 = W2.T @ dZ2",
            "dZ1": "dZ1 = dA1 * (Z1 > 0)",
            "dW1": "dW1 = dZ1 @ X.T / m",
            "db1": "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
        },
        section="The clinic",
        mistakes=_mistakes(n),
    )


BUG_CLINIC = Exercise(
    id="bug-clinic",
    lesson="04-gradient-checking",
    points=5,
    title="The bug clinic",
    parts=tuple(_part(n) for n in BROKEN),
)
