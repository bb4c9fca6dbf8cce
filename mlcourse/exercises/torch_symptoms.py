"""What a doctor measures of the programs in `torch_clinic`: training, and the patient afterwards.

Where PyTorch is not installed, `symptoms` gives what was recorded with it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np

from mlcourse.exercises.pytorch import nn, torch
from mlcourse.exercises.torch_clinic import BROKEN
from mlcourse.exercises.torch_drives import graphs_alive, in_float64
from mlcourse.exercises.torch_symptoms_recorded import recorded

Array = Any

N_IN, N_HIDDEN, CLASSES, STEPS = 16, 12, 3, 60
WIDTH, DEPTH = 32, 16
"""Of the sixth patient."""


@dataclass(frozen=True)
class Symptoms:
    """What there is to see.

    Attributes
    ----------
    losses, healthy_losses : ndarray of shape (steps,)
        Loss of each step, of the patient and of a healthy program from the same start.
    norms, healthy_norms : ndarray of shape (steps,)
        Norm of the gradient that each step went by, over all parameters.
    findings : tuple of str
        What else was measured, a line each.
    """

    losses: Array
    healthy_losses: Array
    norms: Array
    healthy_norms: Array
    findings: tuple[str, ...]


def symptoms(n: int) -> Symptoms:
    """Let patient n train, and measure; the same every time.

    Parameters
    ----------
    n : int
        Number of the case, 0 to 6.

    Raises
    ------
    KeyError
        If there is no such case.
    """
    return measured(n) if find_spec("torch") else Symptoms(*recorded(n))


def measured(n: int) -> Symptoms:
    """As `symptoms`, with PyTorch."""
    program = BROKEN[n]
    with in_float64(n):
        X, labels, new, new_labels = _clouds(n)
        rate = 0.05 if n == 6 else 0.2
        healthy = _network(n, cured=True)
        healthy_losses, healthy_norms = _watched(healthy, lambda: _train(healthy, X, labels, rate))
        torch.manual_seed(n)
        model = program(WIDTH, DEPTH, CLASSES)["model"] if n == 6 else _network(n)
        before = [parameter.detach().clone() for parameter in model.parameters()]
        first = next(layer for layer in model if isinstance(layer, nn.Linear))
        kept = graphs_alive(torch, first)
        result: dict[str, Any] = {}

        def run() -> list[float]:
            if n == 6:
                return _train(model, X, labels, rate)
            models = (model[0], model[2]) if n == 5 else (model,)
            result.update(program(*models, X.T if n == 3 else X, labels, STEPS))
            return result.get("losses", [])

        losses, norms = _watched(model, run, measure=(X, labels))
        moved = [bool((p != b).any()) for p, b in zip(model.parameters(), before, strict=True)]
        weights = [p for p in model.parameters() if p.ndim == 2]
        findings = (
            f"training examples answered right: {_share(model, X, labels):.0%}",
            f"new examples answered right: {_share(model, new, new_labels):.0%}",
            f"the same new examples twice, answered alike: {_alike(model, new):.0%}",
            f"graphs of earlier steps still there at the last step: {kept()}",
            f"parameters that never moved: {len(moved) - sum(moved)} of {len(moved)}",
            f"gradient of the first weights : of the last: {_ratio(weights, model, X, labels):.1g}",
        )
    return Symptoms(losses, healthy_losses, norms, healthy_norms, findings)


def _clouds(n: int) -> tuple[Any, ...]:
    """Examples of three classes around three centres, in rows, and others to try; labels in random order."""
    rng = np.random.default_rng(1)
    centres = (1.0 if n == 6 else 0.6) * rng.standard_normal((CLASSES, WIDTH if n == 6 else N_IN))

    def drawn(m: int) -> tuple[Any, Any]:
        labels = rng.integers(0, CLASSES, m)
        return torch.tensor(centres[labels] + rng.standard_normal((m, centres.shape[1]))), torch.tensor(
            labels
        )

    return *drawn(N_IN if n == 3 else 60), *drawn(200)


def _network(n: int, cured: bool = False) -> Any:
    """The network of a case, as it begins."""
    rng = np.random.default_rng(7)
    sizes = (*[WIDTH] * (DEPTH + 1), CLASSES) if n == 6 else (N_IN, N_HIDDEN, CLASSES)
    layers = []
    for n_in, n_out in pairwise(sizes):
        layer = nn.Linear(n_in, n_out)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)))
            layer.bias.zero_()
        layers += [layer, nn.ReLU()]
    if n == 0:
        layers.insert(2, nn.Dropout(0.5))
    return nn.Sequential(*layers[:-1])


def _train(model: Any, X: Any, labels: Any, rate: float) -> list[float]:
    """A healthy program."""
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    losses = []
    for _ in range(STEPS):
        loss = nn.functional.cross_entropy(model(X), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def _watched(
    model: Any, run: Callable[[], list[float]], measure: tuple[Any, Any] | None = None
) -> tuple[Array, Array]:
    """Losses and norms of the gradient; losses are measured where the program says none."""
    norms: list[float] = []
    losses: list[float] = []

    def before_a_step(*_: Any) -> None:
        squares = [float((p.grad**2).sum()) for p in model.parameters() if p.grad is not None]
        norms.append(float(np.sqrt(sum(squares))))
        if measure:
            with torch.no_grad():
                losses.append(float(nn.functional.cross_entropy(model(measure[0]), measure[1])))

    with _hooked(before_a_step):
        said = run()
    return np.array(said or losses), np.array(norms)


@contextmanager
def _hooked(before_a_step: Callable[..., None]) -> Iterator[None]:
    from torch.optim.optimizer import register_optimizer_step_pre_hook

    handle = register_optimizer_step_pre_hook(before_a_step)
    try:
        yield
    finally:
        handle.remove()


def _share(model: Any, X: Any, labels: Any) -> float:
    with torch.no_grad():
        return float((model(X).argmax(dim=1) == labels).double().mean())


def _alike(model: Any, X: Any) -> float:
    with torch.no_grad():
        return float((model(X).argmax(dim=1) == model(X).argmax(dim=1)).double().mean())


def _ratio(weights: list[Any], model: Any, X: Any, labels: Any) -> float:
    model.zero_grad()
    nn.functional.cross_entropy(model(X), labels).backward()
    return float(weights[0].grad.norm() / weights[-1].grad.norm())
