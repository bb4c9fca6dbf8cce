"""What can be said of the inputs of a case: their sizes in the course's letters, and what is special."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.form import lookup

_LARGE = 20.0
"""What counts as large where exp is taken of it."""


def arrays(case: Mapping[str, Any]) -> Iterator[tuple[str, np.ndarray]]:
    """Name and value of each array of a case, those of nested dicts included."""
    for name, value in case.items():
        if type(value) is np.ndarray:
            yield name, value
        elif isinstance(value, Mapping):
            yield from arrays(value)


def letters(part: Part, case: Case) -> dict[str, int]:
    """The course's letters as numbers of this case, from the shapes of its inputs."""
    sizes: dict[str, int] = {}
    for name, value in arrays(case):
        symbols = [symbol.strip() for symbol in lookup(part.shapes, name).strip("(), ").split(",")]
        if len(symbols) == value.ndim:
            sizes.update((s, n) for s, n in zip(symbols, value.shape, strict=True) if s and not s.isdigit())
    return sizes


def special(part: Part, case: Case, others: Sequence[Case]) -> str:
    """What this case has and none of the others, which were right; its shapes where that is nothing.

    Parameters
    ----------
    part : Part
        What was asked.
    case : dict
        The case that went wrong.
    others : sequence of dict
        Cases that went right.
    """
    usual = {fact for other in others for fact, _ in _facts(part, other)}
    unusual = dict(item for item in _facts(part, case) if item[0] not in usual)
    if unusual:
        told = list(unusual.values())[:2]
        return f"Other inputs were right; special about these: {' and '.join(told)}."
    shapes = [f"{name} {value.shape}" for name, value in arrays(case) if value.ndim]
    if not shapes:
        return "Other inputs were right."
    return f"Other inputs were right; this happened with {', '.join(shapes[:4])}."


def _facts(part: Part, case: Case) -> Iterator[tuple[tuple[str, str], str]]:
    """Properties of a case as (kind, words), the most telling first."""
    for name, value in case.items():
        if isinstance(value, Mapping) and any(key[-1:].isdigit() for key in value):
            yield (name, f"{len(value)}"), f"{name} has {len(value)} entries"
    for name, value in arrays(case):
        yield from _facts_of_values(name, value)
    for name, value in case.items():
        if type(value) in (int, float):
            if value == 0:
                yield (name, "zero"), f"{name} is 0"
            elif abs(value) > _LARGE and type(value) is float:
                yield (name, "large"), f"{name} is {value:g}"
            elif type(value) is float and 0 < abs(value) < 1e-6:
                yield (name, "small"), f"{name} is {value:g}"
    sizes = letters(part, case)
    for symbol, size in sizes.items():
        if size == 1:
            yield (symbol, "one"), f"{symbol} is 1"
    for name, value in case.items():
        if name == "batch_size" and (m := sizes.get("m") or _columns(case)):
            fit = "divides" if m % value == 0 else "does not divide"
            yield ("batches", fit), f"batch_size {fit} the number of examples"
            if value > m:
                yield ("batches", "larger"), "batch_size is larger than the number of examples"


def _columns(case: Case) -> int:
    return next((value.shape[1] for _, value in arrays(case) if value.ndim == 2), 0)


def _facts_of_values(name: str, value: np.ndarray) -> Iterator[tuple[tuple[str, str], str]]:
    if not value.size:
        yield (name, "empty"), f"{name} is empty"
        return
    if value.dtype.kind not in "fiu":
        return
    largest = float(np.max(np.abs(value)))
    if largest > _LARGE:
        yield (name, "large"), f"{name} has entries as large as {largest:g} in size"
    if not value.any():
        yield (name, "zeros"), f"{name} is 0 everywhere"
    elif value.dtype.kind == "f" and (value == 0).any():
        yield (name, "zero"), f"{name} has entries that are exactly 0"
    elif largest < 1e-5:
        power = int(np.log10(largest)) // 5  # of small inputs, those are special that are far smaller
        yield (name, f"small {power}"), f"{name} has no entry larger than {largest:.3g} in size"
    if value.size > 1 and (value == value.flat[0]).all() and value.any():
        yield (name, "equal"), f"all entries of {name} are equal"
    if value.ndim and 1 in value.shape:
        yield (name, f"shape {[n == 1 for n in value.shape]}"), f"{name} has shape {value.shape}"
    elif value.ndim != 2:
        yield (name, f"axes {value.ndim}"), f"{name} has shape {value.shape}"
