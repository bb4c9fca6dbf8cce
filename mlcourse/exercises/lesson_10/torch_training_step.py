"""One step of training in PyTorch."""

from itertools import pairwise
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.pytorch import nn, torch

__all__ = ["EXERCISE", "torch", "training_step"]


def training_step(model: Any, optimizer: Any, X: Any, Y: Any) -> float:
    """Reference of torch-training-step."""
    optimizer.zero_grad()
    scores = model(X)
    loss = nn.functional.cross_entropy(scores, Y)
    loss.backward()
    optimizer.step()
    return loss.item()


MISTAKES = known(
    training_step,
    """
    zero-grad-forgotten
        Your step adds to the gradients that are there already. Begin with optimizer.zero_grad().
        - optimizer.zero_grad()
    zero-grad-at-the-end
        You reset the gradients at the end, so the first step adds to what is there already. Begin with
        optimizer.zero_grad().
        - optimizer.step()
        + optimizer.step()
        + optimizer.zero_grad()
        - optimizer.zero_grad()
    parameters-stay
        The parameters stay as they were: at optimizer.step() there are no gradients, or it is missing. The
        order is optimizer.zero_grad(), loss.backward(), optimizer.step().
        - optimizer.step()
        or
        - loss.backward()
        + loss.backward()
        + optimizer.zero_grad()
        - optimizer.zero_grad()
        or
        - loss.backward()
        - optimizer.step()
        + optimizer.step()
        + loss.backward()
    gradients-of-the-last-batch
        You took the step before loss.backward(), so it goes by the gradients of the batch before.
        - optimizer.zero_grad()
        + optimizer.step()
        + optimizer.zero_grad()
        - optimizer.step()
    step-twice
        You took two steps with the same gradients.
        - optimizer.step()
        + optimizer.step()
        + optimizer.step()
    own-optimizer
        Your update is not that of the optimizer which was given. Use it: it has its own rule and rate, and it
        remembers.
        - optimizer.zero_grad()
        + optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
        + optimizer.zero_grad()
        or
        - optimizer.zero_grad()
        + optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        + optimizer.zero_grad()
        or
        - optimizer.zero_grad()
        + optimizer = torch.optim.SGD(model.parameters())
        + optimizer.zero_grad()
        or
        - optimizer.zero_grad()
        + optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        + optimizer.zero_grad()
        or
        - optimizer.zero_grad()
        + optimizer = torch.optim.Adam(model.parameters())
        + optimizer.zero_grad()
    softmax-first
        You gave cross_entropy the softmax of the scores. It takes the softmax itself: give it the scores.
        - nn.functional.cross_entropy(scores, Y)
        + nn.functional.cross_entropy(torch.softmax(scores, dim=1), Y)
        or
        - nn.functional.cross_entropy(scores, Y)
        + nn.functional.cross_entropy(torch.softmax(scores, dim=0), Y)
    nll-of-scores
        nll_loss wants logarithms of probabilities. For scores take cross_entropy.
        - nn.functional.cross_entropy(scores, Y)
        + nn.functional.nll_loss(scores, Y)
    sum-over-the-batch
        Your loss is the sum over the batch. It is the mean: the default of cross_entropy.
        - nn.functional.cross_entropy(scores, Y)
        + nn.functional.cross_entropy(scores, Y, reduction="sum")
    squared-error
        Your loss is the squared distance to one-hot labels. Here it is the cross-entropy.
        - nn.functional.cross_entropy(scores, Y)
        + nn.functional.mse_loss(scores, nn.functional.one_hot(Y, scores.shape[1]).to(scores.dtype))
    loss-after-the-step
        You returned the loss after the step. Return the one that the step was computed from.
        - return loss.item()
        + return nn.functional.cross_entropy(model(X), Y).item()
    nothing-returned
        Your function returns nothing. Return the loss as a number: loss.item().
        - return loss.item()
        + pass
    loss-as-tensor
        You returned the loss as a tensor. Asked for is a number, which refers to no graph: loss.item().
        - loss.item()
        + loss
    """,
)


def _inputs(rng: np.random.Generator, optimizer: str = "", m: int = 0) -> Case:
    """Weights of a network of two layers, an optimizer with its settings, and three batches in rows."""
    sizes = [int(n) for n in rng.permutation(np.arange(3, 9))[:3]]
    pairs = list(pairwise(sizes))
    settings: dict[str, dict[str, Any]] = {
        "SGD": {"lr": 0.3, "momentum": 0.9},
        "Adam": {"lr": 0.05},
    }
    which = optimizer or str(rng.choice(list(settings)))
    counts = rng.permutation(np.arange(4, 12))[:3]
    return {
        "weights": [rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in) for n_in, n_out in pairs],
        "biases": [rng.standard_normal(n_out) * 0.3 for _, n_out in pairs],
        "optimizer": which,
        "options": settings[which],
        "batches": [
            (rng.standard_normal((m or int(n), sizes[0])), rng.integers(0, sizes[-1], m or int(n)))
            for n in counts
        ],
    }


def _edges() -> list[Case]:
    """Each of the optimizers; batches of one example."""
    rng = np.random.default_rng(12)
    return [_inputs(rng, "SGD"), _inputs(rng, "Adam"), _inputs(rng, "SGD", m=1)]


EXERCISE = Exercise(
    id="torch-training-step",
    lesson="10-pytorch",
    points=2,
    title="One step of training",
    requires="torch",
    parts=(
        Part(
            function="training_step",
            inputs=_inputs,
            reference=training_step,
            returns={"losses": "losses", "parameters": "parameters"},
            order=("losses", "parameters"),
            shapes={},
            formulas={
                "losses": "loss = nn.functional.cross_entropy(model(X), Y); return loss.item(); "
                "and between two of them a step of the optimizer that was given",
                "parameters": "optimizer.zero_grad(); loss.backward(); optimizer.step()",
            },
            section="One step of training",
            edges=_edges,
            drive="torch_training_step",
            mistakes=MISTAKES,
            seconds=20,
        ),
    ),
)
