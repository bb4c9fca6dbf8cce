"""Where in an array the wrong entries are: exactly where an input is negative, zero, or large."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.compare import as_array, close
from mlcourse.feedback.inputs import arrays
from mlcourse.feedback.observe import Observation

_FEWEST = 6
"""Entries, all inputs together, below which wrong ones may lie so by chance."""

_SIGNS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "negative": lambda a: a < 0,
    "positive": lambda a: a > 0,
    "exactly 0": lambda a: a == 0,
    "0 or negative": lambda a: a <= 0,
}

Entries = tuple[np.ndarray, dict[str, np.ndarray]]
"""Which entries of a wrong output are wrong, and the arrays of its shape by their names."""


def condition(part: Part, cases: Sequence[Case], seen: Sequence[Observation], variable: str) -> str:
    """What holds of the wrong entries of an output and of none that are right, as a clause.

    Parameters
    ----------
    part, cases, seen
        What was asked, the inputs and the learner's answers.
    variable : str
        Name of the output.

    Returns
    -------
    str
        Such as ``"is wrong where Z1 is negative, and right elsewhere"``, of all inputs; may be empty.
    """
    found = list(_entries(part, cases, seen, variable))
    wrong = np.concatenate([mask.ravel() for mask, _ in found]) if found else np.zeros(0, bool)
    if wrong.size < _FEWEST or wrong.all() or wrong.sum() < 2:
        return ""
    if all(mask.all() or not mask.any() for mask, _ in found):  # it differs between inputs, not entries
        return ""
    for name in found[0][1]:  # inputs first
        if not all(name in others for _, others in found):
            continue
        values = np.concatenate([others[name].ravel() for _, others in found])
        for words, test in _SIGNS.items():
            if (test(values) == wrong).all():
                return f"is wrong where {name} is {words}, and right elsewhere"
        sizes = np.abs(values)
        limit, first = float(sizes[~wrong].max()), float(sizes[wrong].min())
        # Smaller ones are where rounding hides the mistake.
        if first > limit > 1e-9 and float(f"{limit:.3g}") < float(f"{first:.3g}"):
            return (
                f"is right where {name} is up to {limit:.3g} in size, wrong where it is {first:.3g} or more"
            )
    return ""


def _entries(
    part: Part, cases: Sequence[Case], seen: Sequence[Observation], variable: str
) -> Iterator[Entries]:
    for case, observation in zip(cases, seen, strict=True):
        both = variable in observation.expected and variable in observation.leaves
        if observation.trouble or observation.judged or not both:
            continue
        got, wanted = as_array(observation.leaves[variable]), as_array(observation.expected[variable])
        if got is None or wanted is None or got.shape != wanted.shape or got.ndim == 0:
            continue
        known = [*arrays(case), *((n, as_array(v)) for n, v in observation.expected.items() if n != variable)]
        others = {
            name: a for name, a in known if a is not None and a.shape == got.shape and a.dtype.kind == "f"
        }
        yield ~close(wanted, got, part.rtol, part.atol), others
