"""The bug clinic: five broken backward passes to repair."""

from collections.abc import Callable
from functools import cache
from textwrap import indent
from typing import Any

import numpy as np

from mlcourse.exercises.backward_mistakes import backward_mistakes
from mlcourse.exercises.backward_passes import (
    backward_form,
    backward_formulas,
    backward_order,
    backward_shapes,
)
from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.clinic import BROKEN, GRADIENTS
from mlcourse.exercises.drawing import LARGE, draw_network, draw_sizes
from mlcourse.exercises.known_mistakes import known

CURES = {
    1: """
- dZ2 = A2 - Y
+ m = Y.shape[1]
+ dZ2 = A2 - Y
- dZ2 @ A1.T
+ dZ2 @ A1.T / m
- np.sum(dZ2, axis=1, keepdims=True)
+ np.sum(dZ2, axis=1, keepdims=True) / m
- dZ1 @ X.T
+ dZ1 @ X.T / m
- np.sum(dZ1, axis=1, keepdims=True)
+ np.sum(dZ1, axis=1, keepdims=True) / m
""",
    2: """
- dA1 * (1 - np.tanh(Z1) ** 2)
+ dA1 * (Z1 > 0)
""",
    3: """
- X @ dZ1.T / m
+ dZ1 @ X.T / m
""",
    4: """
- dA1 @ (Z1 > 0)
+ dA1 * (Z1 > 0)
""",
    5: """
- np.sum(dZ1, axis=1)
+ np.sum(dZ1, axis=1, keepdims=True)
""",
}
"""What heals each patient: here the edit makes it right."""

OWN = {1: ("dZ2",), 2: ("dZ1",), 3: ("dA1",), 4: ("dA1", "dZ1"), 5: ("dZ2", "dZ1")}
"""Steps that each patient hands back; they are no part of what is graded, but of its form."""

STILL_BROKEN = {
    1: "The first patient is not cured: its gradients are sums over the batch, not means. Divide them by m.",
    2: "The second patient is not cured: its hidden layer is ReLU, and dZ1 still has the derivative of tanh.",
    3: "The third patient is not cured: X @ dZ1.T is dW1 transposed. Write dZ1 @ X.T / m.",
    4: "The fourth patient is not cured: dA1 @ (Z1 > 0) is a matrix product. The derivative is multiplied "
    "element by element: dA1 * (Z1 > 0).",
    5: "The fifth patient is not cured: db1 has shape (n1,), b1 has (n1, 1). Sum with keepdims=True.",
}
NEARBY = {
    1: "no-mean-dW no-mean-db no-mean-dW1 no-mean-db1 no-mean-dW2 no-mean-db2 mean-twice mean-twice-db "
    "mean-at-every-layer divided-by-features divided-by-inputs m-minus-one",
    2: "derivative-forgotten tanh-derivative sigmoid-derivative-of-A sigmoid-derivative-of-Z mask-of-dA "
    "multiplied-by-Z activation-for-derivative mask-inverted leaky derivative-as-matrix-product",
    3: "dW-transposed dW2-transposed dW-from-own-activations dW-from-Z derivative-forgotten "
    "inputs-not-transposed no-mean-dW1 dW1-from-dA",
    4: "derivative-forgotten multiplied-by-Z mask-of-dA activation-for-derivative mask-inverted "
    "tanh-derivative sigmoid-derivative-of-A",
    5: "keepdims-forgotten keepdims-forgotten-db2 db-summed-over-everything biases-over-everything "
    "db-wrong-axis db-not-summed no-mean-db1 no-mean-db",
}
"""For each case, what one is likely to do wrong in curing it: known mistakes of any backward pass."""


def cured(n: int) -> Callable[..., Any]:
    """A patient's own program, repaired."""
    (cure,) = known(BROKEN[n], f"cured\n    Healthy.\n{indent(CURES[n], '    ')}")
    return cure.function


def mistakes(n: int, reference: Callable[..., Any]) -> tuple[Mistake, ...]:
    """That of the patient, and those nearby."""
    others = backward_mistakes(reference, "relu", 2, only=frozenset(NEARBY[n].split()))
    # A function: it is the patient itself, of which the reference is an edit.
    return (Mistake("still-broken", STILL_BROKEN[n], BROKEN[n]), *others)


def compare(n: int) -> Callable[[Case, Any], Any]:
    """A repair gives back what its patient does, so the same function is no cure for all five."""
    words = (
        f"fixed_{n} is not broken_{n} repaired: that gives back the four gradients and "
        f"{' and '.join(OWN[n])}. Copy its code out of the record, and change what is wrong and nothing else."
    )

    def judge(case: Case, answer: Any) -> Any:
        return NotImplemented if set(answer) == {*GRADIENTS, *OWN[n]} else Finding(f"fixed_{n}", words)

    return judge


def part(n: int) -> Part:
    """One patient."""
    reference = cured(n)
    return Part(
        function=f"fixed_{n}",
        inputs=draw(square=n == 4),
        reference=reference,
        returns=backward_form(2),
        order=backward_order(2),
        shapes=backward_shapes(2),
        formulas=backward_formulas(2),
        section="The clinic",
        edges=edges(square=n == 4),
        mistakes=mistakes(n, reference),
        compare=compare(n),
    )


def draw(square: bool) -> Callable[[np.random.Generator], Case]:
    """Inputs of a two-layer network; with m = n1 where only that lets the broken function run."""

    def inputs(rng: np.random.Generator) -> Case:
        n0, n1, n2, m = draw_sizes(rng, 2)
        Y, cache, parameters = draw_network(rng, 2, sizes=(n0, n1, n2, n1 if square else m))
        return {"Y": Y, "cache": cache, **parameters}

    return inputs


def edges(square: bool) -> Callable[[], list[Case]]:
    """Many weights; with m = n1 as in `draw`."""
    return lambda: [many((400, 100, 1, 100) if square else LARGE)]


@cache
def many(sizes: tuple[int, ...]) -> Case:
    """The large network of these sizes, which four patients share: to draw it takes longer than to judge."""
    Y, cache, parameters = draw_network(np.random.default_rng(1), 2, sizes=sizes)
    return {"Y": Y, "cache": cache, **parameters}


EXERCISE = Exercise(
    id="bug-clinic",
    lesson="04-gradient-checking",
    points=3,
    title="The bug clinic",
    parts=tuple(map(part, BROKEN)),
)
