"""An operation of one's own for PyTorch's graph."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.pytorch import deferred, torch

__all__ = ["EXERCISE"]


@deferred("Swish")
def _swish() -> type:
    class Swish(torch.autograd.Function):
        """Reference of torch-custom-function."""

        @staticmethod
        def forward(ctx: Any, Z: Any, beta: Any) -> Any:
            """A = Z sigmoid(beta Z), with Z (m, n) and a beta (n,) for each unit."""
            S = torch.sigmoid(beta * Z)
            A = Z * S
            ctx.save_for_backward(Z, beta, S)
            return A

        @staticmethod
        def backward(ctx: Any, dA: Any) -> tuple[Any, Any]:
            """Slopes along Z and beta."""
            Z, beta, S = ctx.saved_tensors
            dS = S * (1 - S)
            dZ = dA * (S + beta * Z * dS)
            shares = dA * Z**2 * dS
            dbeta = shares.sum(dim=0)
            return dZ, dbeta

    return Swish


MISTAKES = known(
    _swish,
    """
    slope-behind-forgotten
        Your backward does not use dA, the slope along the result. Multiply by it: shares are local derivative
        times dA.
        - dA * (S + beta * Z * dS)
        + S + beta * Z * dS
        - dA * Z**2 * dS
        + Z**2 * dS
    slope-behind-forgotten-dZ
        Your dZ does not use dA, the slope along the result. Multiply by it.
        - dA * (S + beta * Z * dS)
        + S + beta * Z * dS
    slope-behind-forgotten-dbeta
        Your dbeta does not use dA, the slope along the result. Multiply by it, and then sum.
        - dA * Z**2 * dS
        + Z**2 * dS
    one-of-two-terms
        Your dZ has one of two terms: Z is in the factor Z and in the sigmoid. The product rule gives
        S + beta Z S (1 - S).
        - S + beta * Z * dS
        + S
        or
        - S + beta * Z * dS
        + beta * Z * dS
    beta-forgotten-in-dZ
        In your dZ the inner derivative is missing: that of beta Z along Z is beta.
        - S + beta * Z * dS
        + S + Z * dS
    Z-only-once
        In your dbeta stands Z once. It is there twice: as the factor, and as the inner derivative of beta Z.
        - dA * Z**2 * dS
        + dA * Z * dS
    sigmoid-derivative
        The derivative of the sigmoid S is S (1 - S).
        - S * (1 - S)
        + 1 - S
        or
        - S * (1 - S)
        + 1 - S**2
        or
        - S * (1 - S)
        + S
    dbeta-sum-over-everything
        Your dbeta is one number. There is one for each unit: sum over the rows alone, .sum(dim=0).
        - shares.sum(dim=0)
        + shares.sum()
    dbeta-not-summed
        Your dbeta still has an entry for each row. PyTorch would add them up unseen, but the slope along beta
        has the shape of beta: .sum(dim=0).
        - shares.sum(dim=0)
        + shares
    dbeta-with-its-axis
        Your sum keeps the axis that it sums over. The slope along beta has the shape of beta, (n,): without
        keepdim.
        - shares.sum(dim=0)
        + shares.sum(dim=0, keepdim=True)
    dbeta-along-the-units
        You summed dbeta along the units. beta is used in every row: .sum(dim=0).
        - shares.sum(dim=0)
        + shares.sum(dim=1)
    dbeta-mean
        Your dbeta is a mean. Where an array is used several times, its slopes are added.
        - shares.sum(dim=0)
        + shares.mean(dim=0)
    beta-left-out
        Your forward does not use beta: S is the sigmoid of beta * Z.
        - torch.sigmoid(beta * Z)
        + torch.sigmoid(Z)
    order-exchanged
        Your backward returns the slopes in another order than forward takes its arguments: dZ, then dbeta.
        - return dZ, dbeta
        + return dbeta, dZ
    only-dZ
        Your backward does not return two slopes. It returns one for each argument of forward: dZ, dbeta.
        - return dZ, dbeta
        + return dZ
    dbeta-none
        Your backward returns None for beta, which means that beta needs no slope. Here it does.
        - return dZ, dbeta
        + return dZ, None
    kept-on-the-class
        Your operation keeps its tensors in one place for all calls, so a second call overwrites them. Keep
        them in ctx, which belongs to one call: ctx.save_for_backward.
        - ctx.save_for_backward(Z, beta, S)
        + Swish.saved = Z, beta, S
        - ctx.saved_tensors
        + Swish.saved
    """,
)


def _inputs(rng: np.random.Generator, m: int = 0, n: int = 0) -> Case:
    """Two batches with their betas, and a slope along the first result."""
    rows, units = (int(size) for size in rng.permutation(np.arange(2, 7))[:2])
    m, n = m or rows, n or units
    return {
        "Z": rng.uniform(0.3, 2.0, (m, n)) * rng.choice([-1, 1], (m, n)),
        "beta": rng.uniform(0.4, 2.0, n),
        "dA": rng.standard_normal((m, n)),
        "other": rng.standard_normal((m, n)),
        "steep": rng.uniform(0.4, 2.0, n),
    }


def _edges() -> list[Case]:
    """As many rows as units; one row; large values, where the sigmoid is 0 or 1."""
    rng = np.random.default_rng(16)
    large = _inputs(rng)
    return [_inputs(rng, 4, 4), _inputs(rng, m=1), large | {"Z": 400 * large["Z"]}]


EXERCISE = Exercise(
    id="torch-custom-function",
    lesson="10-pytorch",
    points=3,
    title="An operation of your own",
    requires="torch",
    parts=(
        Part(
            function="Swish",
            inputs=_inputs,
            reference=_swish,
            returns={
                "A": "A",
                "dZ": "dZ",
                "dbeta": "dbeta",
                "dZ_other": "dZ of a second call",
                "dbeta_other": "dbeta of a second call",
                "gradcheck": "gradcheck",
            },
            order=("A", "dZ", "dbeta", "dZ of a second call", "dbeta of a second call", "gradcheck"),
            shapes={
                **dict.fromkeys(("Z", "A", "dA", "dZ"), "(m, n)"),
                **dict.fromkeys(("beta", "dbeta"), "(n,)"),
            },
            formulas={
                "A": "S = torch.sigmoid(beta * Z); A = Z * S",
                "dZ": "dZ = dA * (S + beta * Z * S * (1 - S))",
                "dbeta": "dbeta = (dA * Z**2 * S * (1 - S)).sum(dim=0)",
            },
            section="An operation of your own",
            edges=_edges,
            drive="torch_function",
            mistakes=MISTAKES,
            seconds=20,
        ),
    ),
)
