"""Arrays that remember how they were computed."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drives import TENSOR_EXPRESSIONS
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_09.tensor import Tensor

MISTAKES = known(
    Tensor,
    """
    sum-not-unbroadcast
        In A + b the slope along b has the shape of the sum. Where b was repeated, its slopes add up:
        unbroadcast both to the shapes of the operands.
        @@ __add__
        - unbroadcast(dC, self.data.shape)
        + dC
        - unbroadcast(dC, other.data.shape)
        + dC
    sum-second-not-unbroadcast
        In A + b only the first slope is brought back to the shape of its operand. Either of the two may have
        been repeated: unbroadcast both.
        - unbroadcast(dC, other.data.shape)
        + dC
    sum-first-not-unbroadcast
        In b + A only the second slope is brought back to the shape of its operand. Either of the two may have
        been repeated: unbroadcast both.
        - unbroadcast(dC, self.data.shape)
        + dC
    product-not-unbroadcast
        In A * b the slope along b has the shape of the product. Where b was repeated, its slopes add up:
        unbroadcast both to the shapes of the operands.
        - unbroadcast(dC * other.data, self.data.shape)
        + dC * other.data
        - unbroadcast(dC * self.data, other.data.shape)
        + dC * self.data
    product-second-not-unbroadcast
        In A * b only the first slope is brought back to the shape of its operand. Either of the two may have
        been repeated: unbroadcast both.
        - unbroadcast(dC * self.data, other.data.shape)
        + dC * self.data
    product-first-not-unbroadcast
        In b * A only the second slope is brought back to the shape of its operand. Either of the two may have
        been repeated: unbroadcast both.
        - unbroadcast(dC * other.data, self.data.shape)
        + dC * other.data
    nothing-unbroadcast
        Slopes have the shape of the result, not of the operand. Where an operand was repeated, its slopes add
        up: unbroadcast in + and in *.
        @@ __add__
        - unbroadcast(dC, self.data.shape)
        + dC
        - unbroadcast(dC, other.data.shape)
        + dC
        @@ __mul__
        - unbroadcast(dC * other.data, self.data.shape)
        + dC * other.data
        - unbroadcast(dC * self.data, other.data.shape)
        + dC * self.data
    unbroadcast-before-the-product
        In A * b you sum the slope before you multiply by the other operand. Each use of b met another entry
        of A: multiply first, then sum.
        - unbroadcast(dC * other.data, self.data.shape)
        + unbroadcast(dC, self.data.shape) * other.data
        - unbroadcast(dC * self.data, other.data.shape)
        + unbroadcast(dC, other.data.shape) * self.data
    product-exchanged
        In A * B you exchanged the local derivatives: along A it is B, along B it is A.
        @@ __mul__
        - dC * other.data
        + dC * self.data
        - dC * self.data
        + dC * other.data
    product-like-sum
        In A * B your local derivatives are 1, as for a sum. They are B and A.
        @@ __mul__
        - dC * other.data
        + dC
        - dC * self.data
        + dC
    upstream-forgotten-in-product
        In A * B the slope from behind is missing: dC times B, and dC times A.
        @@ __mul__
        - dC * other.data
        + np.ones_like(dC) * other.data
        - dC * self.data
        + np.ones_like(dC) * self.data
    upstream-forgotten-in-sum
        In A + B the slope from behind is missing: both get dC, not 1.
        @@ __add__
        - unbroadcast(dC, self.data.shape)
        + unbroadcast(np.ones_like(dC), self.data.shape)
        - unbroadcast(dC, other.data.shape)
        + unbroadcast(np.ones_like(dC), other.data.shape)
    sum-keeps-the-axis
        Your sum(axis) keeps the axis, with size 1. It drops it, as np.sum(data, axis=axis) does.
        @@ sum
        - dC = np.expand_dims(dC, axis)
        + pass
        - self.data.sum(axis=axis)
        + self.data.sum(axis=axis, keepdims=axis is not None)
    mean-for-sum
        You took the mean. sum(axis) adds up.
        @@ sum
        - np.broadcast_to(dC, self.data.shape)
        + np.broadcast_to(dC, self.data.shape) * (dC.size / self.data.size)
        - self.data.sum(axis=axis)
        + self.data.mean(axis=axis)
    sum-shares-divided
        Back through a sum you divided by the number of entries. Each entry gets the slope of the sum whole:
        its local derivative is 1.
        @@ sum
        - np.broadcast_to(dC, self.data.shape)
        + np.broadcast_to(dC, self.data.shape) * (dC.size / self.data.size)
    sum-shares-multiplied
        Back through a sum each entry gets the slope times its own value. The local derivative is 1.
        @@ sum
        - np.broadcast_to(dC, self.data.shape)
        + np.broadcast_to(dC, self.data.shape) * self.data
    sum-upstream-forgotten
        Back through a sum you pass on ones. Each entry gets the slope of the sum that it is in: dC.
        @@ sum
        - np.broadcast_to(dC, self.data.shape)
        + np.ones(self.data.shape)
    axis-not-put-back
        Back through sum(axis) the axis is missing, and NumPy puts it in front: the slope of a row's sum
        lands in a column. Put it back where it was before you spread the slope: np.expand_dims(dC, axis).
        @@ sum
        - dC = np.expand_dims(dC, axis)
        + pass
    gate-of-the-slope
        Your relu looks whether the slope from behind is positive. The gate is open where the input was
        positive.
        @@ relu
        - dC * gate
        + dC * (dC > 0)
    no-gate
        Your relu lets every slope through. Where the input was not positive, nothing comes back.
        @@ relu
        - dC * gate
        + dC
    gate-alone
        Your relu returns the gate alone. It is multiplied by the slope from behind: dC * gate.
        @@ relu
        - (dC * gate,)
        + (gate * 1.0,)
    gate-with-values
        Your relu multiplies the slope by the values. The local derivative is 1 where the input was positive.
        @@ relu
        - dC * gate
        + dC * np.maximum(self.data, 0)
    gate-turned-round
        Your relu lets the slope through where the input was not positive. It is the other way round.
        @@ relu
        - dC * gate
        + dC * ~gate
    overwritten
        You set a parent's grad where you should add to it. With =, a tensor that is used twice keeps one
        share only.
        @@ backward
        - parent.grad + share
        + share
    nothing-comes-back
        Nothing comes back: all slopes of the inputs are 0. Is the output's own slope 1 before you go back,
        and does each node hand its shares to its parents?
        @@ backward
        - self.grad = np.ones(self.data.shape)
        + pass
    seed-is-data
        You started with the output's value. Its slope along itself is 1.
        @@ backward
        - np.ones(self.data.shape)
        + self.data
    not-reversed
        You went through the nodes from the inputs to the output. The way back begins at the output:
        reversed(topological_order(self)).
        @@ backward
        - reversed(topological_order(self))
        + topological_order(self)
    inputs-reset
        Right in the first pass. But you set the grad of the inputs to 0, so a second pass forgets the first.
        Leave it as it is: the slopes of inputs add up over calls.
        @@ backward
        - self.grad = np.ones(self.data.shape)
        + for node in topological_order(self):
        +     node.grad = np.zeros(node.data.shape)
        + self.grad = np.ones(self.data.shape)
    grad-starts-at-one
        Your slopes start at 1. They start at 0: only the output's is set to 1, by backward.
        @@ __init__
        - np.zeros(self.data.shape)
        + np.ones(self.data.shape)
    """,
)


def _inputs(rng: np.random.Generator) -> Case:
    """Arrays whose sizes all differ, no entry near 0, half of A's below it.

    S is square, where NumPy does not notice a row in place of a column.
    """
    n, m, k = (int(size) for size in rng.permutation(np.arange(2, 7))[:3])
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
        ),
    ),
)
