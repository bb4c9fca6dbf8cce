"""The clinic of lesson 10: programs in PyTorch with one fault each, all of which run.

``broken_1`` to ``broken_5`` train what they are given, ``broken_6`` builds a network. Each is short, looks
like a program that passes a review, and gives back something of its own. ``broken_0`` is the one that the
lesson looks at together. What a doctor would measure is in `torch_symptoms`.
"""

from collections.abc import Callable
from typing import Any

from mlcourse.exercises.pytorch import nn, torch
from mlcourse.exercises.torch_clinic_diagnoses import DIAGNOSES, diagnose

__all__ = ["BROKEN", "DIAGNOSES", "diagnose"]

Result = dict[str, Any]


def broken_0(model: Any, X: Any, labels: Any, steps: int) -> Result:
    """Patient 0."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(X), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        answers = model(X).argmax(dim=1)
    return {"diagnosis": "", "answers": answers}


def broken_1(model: Any, X: Any, labels: Any, steps: int) -> Result:
    """Patient 1."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(X), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"diagnosis": "", "losses": losses}


def broken_2(model: Any, X: Any, labels: Any, steps: int) -> Result:
    """Patient 2."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    losses = []
    for _ in range(steps):
        probabilities = torch.softmax(model(X), dim=1)
        loss = nn.functional.cross_entropy(probabilities, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"diagnosis": "", "losses": losses, "probabilities": probabilities.detach()}


def broken_3(model: Any, X: Any, labels: Any, steps: int) -> Result:
    """Patient 3: its X is (features, examples), as elsewhere in this course."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    losses = []
    for _ in range(steps):
        scores = model(X)
        loss = nn.functional.cross_entropy(scores, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"diagnosis": "", "losses": losses, "scores": scores.detach()}


def broken_4(model: Any, X: Any, labels: Any, steps: int) -> Result:
    """Patient 4."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    total = 0.0
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(X), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss
    return {"diagnosis": "", "mean_loss": total / steps}


def broken_5(hidden: Any, output: Any, X: Any, labels: Any, steps: int) -> Result:
    """Patient 5: two layers, given one by one."""
    optimizer = torch.optim.SGD(hidden.parameters(), lr=0.2)
    losses = []
    for _ in range(steps):
        A = torch.relu(hidden(X))
        loss = nn.functional.cross_entropy(output(A), labels)
        optimizer.zero_grad()
        output.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"diagnosis": "", "losses": losses, "A": A.detach()}


def broken_6(width: int, depth: int, classes: int) -> Result:
    """Patient 6: builds a network and does not train it."""
    layers = []
    for _ in range(depth):
        layer = nn.Linear(width, width)
        layers += [layer, nn.ReLU()]
    model = nn.Sequential(*layers, nn.Linear(width, classes))
    return {"diagnosis": "", "model": model}


BROKEN: dict[int, Callable[..., Result]] = {
    0: broken_0,
    1: broken_1,
    2: broken_2,
    3: broken_3,
    4: broken_4,
    5: broken_5,
    6: broken_6,
}
