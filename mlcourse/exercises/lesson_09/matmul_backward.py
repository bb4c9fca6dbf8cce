"""Back through a matrix product."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def matmul_backward(A: Array, B: Array, dC: Array) -> tuple[Array, Array]:
    """Reference of matmul-backward."""
    dA = dC @ B.T
    dB = A.T @ dC
    return dA, dB


MISTAKES = known(
    matmul_backward,
    """
    exchanged
        You returned dB first. The order is that of the factors: dA, dB.
        - return dA, dB
        + return dB, dA
    no-transpose-dA
        In dA the transpose is missing: dA = dC @ B.T.
        - dC @ B.T
        + dC @ B
    no-transpose-dB
        In dB the transpose is missing: dB = A.T @ dC.
        - A.T @ dC
        + A @ dC
    no-transposes
        Both transposes are missing: dA = dC @ B.T and dB = A.T @ dC.
        - dC @ B.T
        + dC @ B
        - A.T @ dC
        + A @ dC
    order-in-dA
        The factors of dA are in the wrong order. B is on the right in A @ B, and stays there: dA = dC @ B.T.
        - dC @ B.T
        + B.T @ dC
    order-in-dB
        The factors of dB are in the wrong order. A is on the left in A @ B, and stays there: dB = A.T @ dC.
        - A.T @ dC
        + dC @ A.T
    order-in-both
        In both the factors are in the wrong order: dA = dC @ B.T and dB = A.T @ dC.
        - dC @ B.T
        + B.T @ dC
        - A.T @ dC
        + dC @ A.T
    transposed-dA
        Your dA is transposed. It has the shape of A: dA = dC @ B.T.
        - dC @ B.T
        + B @ dC.T
    transposed-dB
        Your dB is transposed. It has the shape of B: dB = A.T @ dC.
        - A.T @ dC
        + dC.T @ A
    transposed-both
        Your dA and dB are transposed. They have the shapes of A and B: dA = dC @ B.T and dB = A.T @ dC.
        - dC @ B.T
        + B @ dC.T
        - A.T @ dC
        + dC.T @ A
    upstream-forgotten-in-dA
        Your dA has no dC in it, as if every slope along C were 1. Multiply by what comes from behind.
        - dC @ B.T
        + np.ones_like(dC) @ B.T
    upstream-forgotten-in-dB
        Your dB has no dC in it, as if every slope along C were 1. Multiply by what comes from behind.
        - A.T @ dC
        + A.T @ np.ones_like(dC)
    upstream-forgotten
        There is no dC in your slopes, as if every slope along C were 1. Multiply by what comes from behind.
        - dC @ B.T
        + np.ones_like(dC) @ B.T
        - A.T @ dC
        + A.T @ np.ones_like(dC)
    like-a-product-of-numbers
        You took dA = B.T and dB = A.T, the local rule of a product of numbers. Each has dC in it: dA = dC @
        B.T and dB = A.T @ dC.
        - dC @ B.T
        + B.T
        - A.T @ dC
        + A.T
    entry-by-entry
        You multiplied entry by entry. The way back through a matrix product is two matrix products: @ for *.
        - dC @ B.T
        + dC * B.T
        - A.T @ dC
        + A.T * dC
    mean-dA
        You divided dA by the number of columns. The 1/m of a mean loss is in dC already.
        - dC @ B.T
        + dC @ B.T / dC.shape[1]
    mean-dB
        You divided dB by the number of columns. The 1/m of a mean loss is in dC already.
        - A.T @ dC
        + A.T @ dC / dC.shape[1]
    mean-both
        You divided by the number of columns. The 1/m of a mean loss is in dC already.
        - dC @ B.T
        + dC @ B.T / dC.shape[1]
        - A.T @ dC
        + A.T @ dC / dC.shape[1]
    """,
)


def _case(rng: np.random.Generator, p: int, q: int, r: int) -> Case:
    shapes = {"A": (p, q), "B": (q, r), "dC": (p, r)}
    return {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def _inputs(rng: np.random.Generator) -> Case:
    return _case(rng, *(int(size) for size in rng.permutation(np.arange(2, 9))[:3]))


def _edges() -> list[Case]:
    """All square, where a missing transpose raises nothing; a column times a row; a row times a column.

    And one with so many entries that to nudge each of them takes far too long.
    """
    rng = np.random.default_rng(9)
    return [_case(rng, *sizes) for sizes in [(3, 3, 3), (4, 1, 3), (1, 4, 1), (300, 400, 4)]]


EXERCISE = Exercise(
    id="matmul-backward",
    lesson="09-tensors",
    points=2,
    title="Back through a matrix product",
    parts=(
        Part(
            function="matmul_backward",
            inputs=_inputs,
            reference=matmul_backward,
            returns=("dA", "dB"),
            shapes={
                "A": "(p, q)",
                "B": "(q, r)",
                "dC": "(p, r)",
                "dA": "(p, q)",
                "dB": "(q, r)",
            },
            formulas={"dA": "dA = dC @ B.T", "dB": "dB = A.T @ dC"},
            section="A matrix product, backward",
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
