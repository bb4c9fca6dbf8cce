"""What the first wrong output shows where the reference's steps say nothing: its line, a multiple, a nan."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.compare import as_array
from mlcourse.feedback.equality import Equality
from mlcourse.feedback.form import lookup
from mlcourse.feedback.inputs import arrays, letters
from mlcourse.feedback.moments import Moment, text_as_array, watch_reference
from mlcourse.feedback.multiples import common_factor, ratio
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.reading import is_constant, is_loop
from mlcourse.feedback.suspects import back_from, in_words, place
from mlcourse.feedback.values import first_entry, same_values


@dataclass(frozen=True)
class Run:
    """One case that went wrong, and what the learner's variables held on it."""

    case: Case
    seen: Observation
    moments: Sequence[Moment]

    @property
    def first(self) -> str:
        """Name of the first wrong output."""
        return next(iter(self.seen.wrong))

    @property
    def of_another_kind(self) -> bool:
        """Whether it is a list, whole numbers or the like where something else was asked for."""
        return self.seen.wrong[self.first].kind == "type"

    def value(self, name: str) -> np.ndarray | None:
        """The learner's value of an output, a text as the numbers of its letters."""
        value = self.seen.leaves.get(name)
        return text_as_array(value) if type(value) is str else as_array(value)


def line_of(part: Part, runs: Sequence[Run], name: str) -> str:
    """A sentence with the line in which a wrong output got its value; empty where that is not known."""
    if " " in name:  # what comes out after something else was done: where it is computed may be right
        return ""
    found = set()
    for run in runs:
        value = run.value(name)
        known = [as_array(item) for item in (*run.seen.expected.values(), *run.case.values())]
        if value is None or not value.any() or any(same_values(part, value, other) for other in known):
            return ""
        entry = first_entry(part, run.moments, run.seen.expected.get(name), value)
        moments = [entry] if entry else _holding(part, run.moments, value)
        if isinstance(part.reference, type):  # of a class many objects are made, and some are right
            narrowed = part.narrowed(run.case, name)
            if (
                moments
                and run is runs[0]
                and _holding(part, watch_reference(part.drive, part.reference, narrowed), value)
            ):
                return ""
            moments = [m for m in moments if not m.function.endswith("__init__")]
            moments = [m for m in moments if "." in m.function] or moments
        moments = [m for m in moments if not is_constant(m.text)] or moments
        moment = next((m for m in moments if m.name), None) or next(iter(moments), None)
        if moment is None or is_loop(moment):
            return ""
        if type(run.seen.leaves.get(name)) is str:  # each answer has a line of its own
            return f"The answer comes from {place(part, moment)}: `{moment.text}`."
        if value.dtype.kind in "iub" and not value.ndim:
            return ""  # what decided it computed other things
        made = in_words(part, back_from(part, run.moments, moment, partial(_is_harmless, part, known)))
        found.add((*made, moment.text if len(made[0]) == 1 else ""))
    if len(found) > 1:
        return ""
    _, words, text = found.pop()
    return f"`{name}`, which is wrong, {words}{text and f': `{text}`'}." if words else ""


def _is_harmless(part: Part, known: Sequence[np.ndarray | None], value: np.ndarray) -> bool:
    """Whether it is an input, or what was asked for; or it may be a size."""
    right = (item for item in known if item is not None)
    sizes = {float(size) for item in known if item is not None for size in item.shape}
    if value.size == 1 and (value.dtype.kind in "iub" or float(value.flat[0]) in sizes):
        return True
    return any(same_values(part, value, item) or ratio(item, value) for item in right)


def _holding(part: Part, moments: Sequence[Moment], value: np.ndarray) -> list[Moment]:
    found = [m for m in moments if not m.into and same_values(part, value, m.value)]
    return [] if found and is_loop(found[0]) else [m for m in found if not is_loop(m)]


def first_not_finite(part: Part, runs: Sequence[Run], name: str) -> str:
    """A sentence with the first value that is infinite or no number, where a wrong output is so."""
    found = set()
    for run in runs:
        value, wanted = run.value(name), as_array(run.seen.expected.get(name))
        if _is_finite(value) or not _is_finite(wanted):
            return ""
        if not all(_is_finite(array) for _, array in arrays(run.case)):
            return ""
        found_so = (m for m in run.moments if not _is_finite(m.value))
        moment = next((m for m in found_so if "np.empty" not in m.text), None)  # what that holds is chance
        if moment is None:
            return ""
        named = moment.name.isidentifier() and not moment.into
        found.add((moment.name if named else "", place(part, moment), moment.text))
    if len({where for _, where, _ in found}) > 1:
        return ""
    variable, where, text = min(found)
    what = f"`{variable}` ({where}) is the first value" if variable else f"L{where[1:]} is the first"
    return f"`{name}` comes out as nan or inf. {what} that is not finite: `{text}`."


def _is_finite(value: np.ndarray | None) -> bool:
    return value is None or value.dtype.kind not in "f" or bool(np.isfinite(value).all())


def equality_of(part: Part, runs: Sequence[Run], name: str) -> Equality | None:
    """What a wrong output is, compared with the right one alone: a multiple, or an input too much."""
    if len(runs) < 2:
        return None
    got = [run.value(name) for run in runs]
    right = [as_array(run.seen.expected.get(name)) for run in runs]
    sizes = [letters(part, run.case) for run in runs]
    multiple = common_factor([ratio(a, b) for a, b in zip(right, got, strict=True)], sizes)
    if multiple:
        return Equality(name, (), multiple)
    formula = lookup(part.formulas, name).partition("= ")[2]
    if not formula or not _is_expression(formula):
        return None
    rests = [b - a for a, b in _pairs(right, got)]
    found = []
    for term in [term for term, _ in arrays(runs[0].case)] if len(rests) == len(runs) else ():
        terms = [dict(arrays(run.case)).get(term) for run in runs]
        factor = common_factor([ratio(t, rest) for t, rest in zip(terms, rests, strict=True)], sizes)
        if factor:
            found.append(factor.added_to(formula, term))
    if len(found) != 1:
        return None
    return Equality(name, ((name, found[0], formula),))


def _pairs(right: Sequence[Any], got: Sequence[Any]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for a, b in zip(right, got, strict=True):
        if a is not None and b is not None and a.shape == b.shape and a.size > 1 and b.dtype.kind == "f":
            yield a, b


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True
