"""Arrays that remember how they were computed."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.lesson_09.tensor import Tensor
from mlcourse.exercises.lesson_09.tensor_mistakes import MISTAKES
from mlcourse.exercises.tensor_drives import TENSOR_EXPRESSIONS


def _inputs(rng: np.random.Generator) -> Case:
    """Arrays whose sizes all differ, no entry near 0, half of A's below it.

    S is square, where NumPy does not notice a row in place of a column.
    """
    n, m, k = (int(size) for size in rng.permutation(np.arange(2, 6))[:3])
    shapes = {
        "A": (n, m), "B": (n, m), "G": (n, m), "C": (m, k), "H": (n, k), "S": (n, n),
        "b": (n, 1), "r": (m,), "q": (n,), "s": (),
    }  # fmt: skip
    case: Case = {
        name: np.asarray(rng.uniform(0.3, 1.5, shape) * rng.choice([-1, 1], shape))
        for name, shape in shapes.items()
    }
    signs = np.resize([1, -1], n * m)
    case["A"] = np.abs(case["A"]) * rng.permutation(signs).reshape(n, m)
    return case


def _edges() -> list[Case]:
    """Entries that are exactly 0, where a gate has to be closed."""
    case = _inputs(np.random.default_rng(9))
    case["A"][:, ::2] = 0.0
    return [case]


def _narrowed(case: Case, output: str) -> Case:
    expressions = {leaf: name for name, leaves in _returns().items() for leaf in leaves.values()}
    return case | {"only": expressions[output]} if output in expressions else case


def _returns() -> dict[str, Any]:
    return {
        expression: {
            "data": f"data of {expression}",
            **{letter: f"{letter}.grad through {expression}" for letter in letters},
        }
        for expression, (letters, _) in TENSOR_EXPRESSIONS.items()
    }


EXERCISE = Exercise(
    id="tensor-operations",
    lesson="09-tensors",
    points=5,
    title="Arrays that remember",
    parts=(
        Part(
            function="Tensor",
            inputs=_inputs,
            reference=Tensor,
            returns=_returns(),
            shapes={
                "A": "(n, m)",
                "B": "(n, m)",
                "C": "(m, k)",
                "S": "(n, n)",
                "G": "(n, m)",
                "H": "(n, k)",
                "b": "(n, 1)",
                "r": "(m,)",
                "q": "(n,)",
            },
            formulas={
                "A.grad through (A * G).sum()": "A gets unbroadcast(dC * other.data, self.data.shape)",
                "b.grad through ((b + A) * G).sum()": "b gets unbroadcast(dC, self.data.shape)",
                "r.grad through ((A + r) * G).sum()": "r gets unbroadcast(dC, other.data.shape)",
                "A.grad through ((A @ C) * H).sum()": "A gets dC @ C.T",
                "C.grad through ((A @ C) * H).sum()": "C gets A.T @ dC",
                "A.grad through (A.relu() * G).sum()": "A gets dC where A > 0, else 0",
                "S.grad through (S.sum(1) * q).sum()": "S gets np.expand_dims(dC, 1), in each column",
                "A.grad through ((A + A) * A).sum()": "parent.grad = parent.grad + share, for every use of A",
            },
            section="An array that remembers",
            drive="tensor_operations",
            mistakes=MISTAKES,
            edges=_edges,
            narrowed=_narrowed,
        ),
    ),
)
