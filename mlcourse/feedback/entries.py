"""What can be seen in the entries of a wrong array: all are 0, it is an input, some are wrong."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.compare import agree, as_array, close
from mlcourse.feedback.inputs import arrays
from mlcourse.feedback.observe import Observation

RIGHT, WRONG = "·", "✗"
_MOST_ROWS, _MOST_COLUMNS = 12, 24


def fact(part: Part, cases: Sequence[Case], seen: Sequence[Observation], variable: str) -> str:
    """What a wrong output is on every input on which it is wrong, as a clause such as "is 0 everywhere".

    Parameters
    ----------
    part, cases, seen
        What was asked, the inputs and the learner's answers.
    variable : str
        Name of the output.

    Returns
    -------
    str
        Empty where there is nothing to say, or nothing that holds on all of them.
    """
    common: list[str] | None = None
    for case, observation in zip(cases, seen, strict=True):
        if variable in observation.wrong:
            facts = list(_facts(part, case, observation, variable))
            common = facts if common is None else [fact for fact in common if fact in facts]
    return min(common, key=len) if common else ""


def _facts(part: Part, case: Case, observation: Observation, variable: str) -> Iterator[str]:
    got, wanted = as_array(observation.leaves[variable]), as_array(observation.expected[variable])
    if got is None or wanted is None or got.dtype.kind not in "fiub" or got.shape != wanted.shape:
        return
    if got.ndim == 0 and wanted.dtype.kind == "i":  # a comparison tells both whole numbers
        return
    if not got.any():
        yield "is 0 everywhere" if got.ndim else "is 0, and should be another number"
        return

    def same(other: Any) -> bool:
        array = as_array(other)
        return array is not None and array.shape == got.shape and agree(array, got, part.rtol, part.atol)

    for name, value in arrays(case):
        if same(value):
            yield f"is the input {name} as it came"
    for name, value in observation.expected.items():
        if name != variable and same(value):
            yield f"is what {name} should be"
    other = got.size == 1 or (wanted != wanted.flat[0]).any()
    if got.ndim and got.dtype.kind != "b" and (got == got.flat[0]).all() and other:
        yield f"is {got.flat[0]:.4g} everywhere"
    if got.ndim == 2 and min(got.shape) > 1 and got.shape[0] == got.shape[1] and same(wanted.T):
        yield "is transposed: rows and columns are exchanged"
    if got.ndim == 2 and got.size > 2:
        if got.shape[0] > 1 and (got == got[:1]).all() and (wanted != wanted[:1]).any():
            yield "has the same numbers in every row"
        if got.shape[1] > 1 and (got == got[:, :1]).all() and (wanted != wanted[:, :1]).any():
            yield "has the same numbers in every column"


def grid(expected: Any, got: Any, rtol: float, atol: float) -> tuple[str, ...]:
    """Rows of symbols, one for each entry, where some are right and some are wrong.

    Empty where all are wrong, or the array is no vector or matrix of a size that can be read.
    """
    a, b = as_array(expected), as_array(got)
    if a is None or b is None or a.shape != b.shape or a.ndim not in (1, 2) or b.dtype.kind not in "fiub":
        return ()
    right = np.atleast_2d(close(a, b, rtol, atol))
    if right.all() or not right.any() or right.shape[0] > _MOST_ROWS or right.shape[1] > _MOST_COLUMNS:
        return ()
    return tuple(" ".join(RIGHT if entry else WRONG for entry in row) for row in right)
