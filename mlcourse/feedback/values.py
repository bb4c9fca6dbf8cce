"""Values beside each other: whether two are the same, the first wrong entry of a list, parts of a formula."""

import ast
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from mlcourse.exercises.base import Part
from mlcourse.feedback.compare import agree, close
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.reading import is_constant, is_loop
from mlcourse.feedback.walker import code_of


def first_entry(part: Part, moments: Sequence[Moment], right: object, got: np.ndarray) -> Moment | None:
    """When a number of the learner's first was the first wrong entry of a list; None where not known."""
    wanted = np.asarray(right)
    if got.ndim != 1 or wanted.shape != got.shape or wanted.dtype.kind not in "fiub" or got.dtype.kind != "f":
        return None
    wrong = np.flatnonzero(~close(wanted, got, part.rtol, part.atol))
    if not wrong.size or not got[wrong[0]] or np.isin(got[wrong[0]], wanted):
        return None
    number = np.asarray(got[wrong[0]])
    for moment in moments:
        computed = moment.value.ndim == 0 and not (moment.into or is_constant(moment.text))
        if computed and same_values(part, number, moment.value):
            return None if is_loop(moment) else moment
    return None


def same_values(part: Part, a: np.ndarray, b: np.ndarray | None) -> bool:
    """Whether two arrays of numbers are the same, up to the part's tolerances."""
    return (
        b is not None and a.shape == b.shape and a.dtype.kind in "fiub" and agree(a, b, part.rtol, part.atol)
    )


def soon_same(part: Part, a: np.ndarray, b: np.ndarray) -> bool:
    """As `same_values`, for many arrays: where the first numbers are far apart, that is quickly seen."""
    if a.size and b.size and {a.dtype.kind, b.dtype.kind} <= set("fiub"):
        first, other = float(a.flat[0]), float(b.flat[0])
        if abs(first - other) > 1e-3 * abs(first) + 1e-3:
            return False
    return same_values(part, a, b)


def value_in(node: ast.expr, names: dict[str, Any]) -> Any:
    """Value of an expression of the reference's, or of a change of one; None where it has none."""
    try:
        with np.errstate(all="ignore"):
            return eval(code_of(node), names)
    except Exception:
        return None


def matrices(shape: tuple[int, ...], bases: np.ndarray) -> Iterator[np.ndarray]:
    """Matrices of a shape, from the rows that they are kept in; and what they are transposed."""
    if len(shape) == 2:
        for base in bases:
            yield base.reshape(shape)
            yield base.reshape(shape).T
