"""Right values in the wrong places: outputs that have changed names, or their order."""

from collections.abc import Sequence
from typing import Any

from mlcourse.exercises.base import Case, Finding, Part
from mlcourse.feedback.compare import agree, as_array
from mlcourse.feedback.form import form
from mlcourse.feedback.observe import Observation

_MOST_NAMED = 3


def permuted(part: Part, cases: Sequence[Case], seen: Sequence[Observation]) -> Finding | None:
    """Say so where all outputs are right ones, each under another's name, the same way on all inputs.

    Parameters
    ----------
    part, cases, seen
        What was asked, the inputs and the learner's answers.
    """
    compared = [o for o in seen if o.expected and not o.trouble and not o.judged]
    wrong = [o for o in compared if o.wrong]
    if len(wrong) < 2 or len(compared) < len(seen):
        return None
    found = {_places(part, o) for o in wrong} - {()}  # empty where two right values are equal
    places = found.pop() if len(found) == 1 else ()
    moved = [(name, other) for name, other in places if name != other]
    if not moved or not all(
        _same(part, o.expected.get(other), o.leaves[name]) for o in wrong for name, other in places
    ):
        return None
    shape = form(part, cases[0])
    if isinstance(shape, tuple) and all(isinstance(item, str) for item in shape):
        theirs = ", ".join(f"`{other}`" for _, other in places)
        asked = ", ".join(f"`{name}`" for name, _ in places)
        words = f"The values are right, but in another order: you returned {theirs}. Return {asked}."
    else:
        told = ", ".join(f"your `{name}` is `{other}`" for name, other in moved[:_MOST_NAMED])
        more = ", and so on" if len(moved) > _MOST_NAMED else ""
        words = f"The values are right, but under each other's names: {told}{more}."
    return Finding(moved[0][0], words)


def _places(part: Part, seen: Observation) -> tuple[tuple[str, str], ...]:
    """Each output asked for, and whose right value stands in its place; empty where that is not clear."""
    names = list(seen.required)
    found = []
    for name in seen.leaves:
        if name in names:
            fits = [other for other in names if _same(part, seen.expected.get(other), seen.leaves[name])]
            if name in fits:
                fits = [name]
            if len(fits) != 1:
                return ()
            found.append((name, fits[0]))
    return tuple(found) if sorted(other for _, other in found) == sorted(names) else ()


def _same(part: Part, expected: Any, got: Any) -> bool:
    a, b = as_array(expected), as_array(got)
    if a is None or b is None:
        return False
    if a.ndim == 0 and b.size == 1:
        b = b.reshape(())
    return a.shape == b.shape and agree(a, b, part.rtol, part.atol)
