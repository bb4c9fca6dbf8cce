"""One case, taken apart: the reference's steps beside the learner's answer and what their variables held."""

import ast
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.compare import agree
from mlcourse.feedback.derivation import Derivation, Given
from mlcourse.feedback.form import known_variable
from mlcourse.feedback.inputs import arrays
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.multiples import is_multiple_of_any, ratio
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.reading import is_copy, is_loop, plain_name, returns_a_formula
from mlcourse.feedback.values import first_entry, matrices, same_values, soon_same, value_in

MOST_TAKEN_APART = 60
"""Steps of which the parts of the formulas are known."""


@dataclass
class Comparison:
    """One case: the reference's steps, the learner's answer, and what their variables held.

    Attributes
    ----------
    part, case
        What was asked, and the inputs.
    seen : Observation
        The learner's answer.
    derivation : Derivation
        The reference's steps.
    moments : sequence of Moment
        What the learner's variables held.
    """

    part: Part
    case: Case
    seen: Observation
    derivation: Derivation
    moments: Sequence[Moment] = field(default_factory=list)
    _parts: dict[int, list[np.ndarray]] = field(default_factory=dict)

    @cached_property
    def right(self) -> dict[int, Moment | None]:
        """Steps whose value the learner has: those returned, and those that a variable held."""
        found: dict[int, Moment | None] = {}
        for number, step in enumerate(self.derivation.steps):
            if step.alias or np.size(step.value) < 1 or type(step.value) in (int, bool):
                continue
            moment = self.moment(step.value)
            if moment or self._returned_right(step.name, number):
                found[number] = moment
        return found

    @property
    def held(self) -> frozenset[ast.expr]:
        """Expressions of the reference, not of wrong outputs, whose values the learner all had."""
        steps = [(number, step.expression) for number, step in enumerate(self.derivation.steps)]
        wrong = {self.derivation.leaves.get(name) for name in self.seen.wrong}
        missing = {
            expression for number, expression in steps if number in wrong or not self.right.get(number)
        }
        return frozenset(expression for _, expression in steps) - missing

    def _returned_right(self, name: str, number: int) -> bool:
        names = [leaf for leaf, n in self.derivation.leaves.items() if n == number]
        wrong = self.seen.wrong
        return any(
            leaf in self.seen.expected and leaf not in wrong for leaf in names if leaf in self.seen.required
        )

    def moment(self, value: object) -> Moment | None:
        """When the learner first had this value in a variable; what is handed to a helper comes last."""
        wanted = np.asarray(value)
        if wanted.dtype.kind not in "fiub":
            return None
        handed = None
        start = float(wanted.flat[0]) if wanted.size else 0.0
        near = 10 * (self.part.atol + self.part.rtol * abs(start))
        for moment in self.moments:
            a_number = moment.value.size == wanted.size == 1 and not wanted.ndim
            held = moment.value.reshape(wanted.shape) if a_number else moment.value
            if held.shape != wanted.shape or (wanted.size and abs(float(held.flat[0]) - start) > near):
                continue
            if agree(wanted, held, self.part.rtol, self.part.atol):
                if not moment.into:
                    return moment
                handed = handed or moment
        return handed

    def is_known(self, value: object) -> bool:
        """Whether it is an input, or the right value of some step: then its place says nothing."""
        wanted = np.asarray(value)
        given = [array for _, array in arrays(self.case)]
        numbers = [value for value in self.case.values() if type(value) in (int, float)]
        steps = [step.value for step in self.derivation.steps if isinstance(step.value, np.ndarray | float)]
        return any(same_values(self.part, wanted, np.asarray(known)) for known in [*given, *numbers, *steps])

    def named_so(self, number: int, until: object) -> Moment | None:
        """When the learner last gave a value to a variable of this step's name, before they had another.

        In a loop the name may lack its number: ``dZ`` for dZ2, once what dZ2 is made of was there.
        """
        step = self.derivation.steps[number]
        moments = list(self.moments)
        end = moments.index(last) if (last := self.moment(until)) else len(moments)
        before = [self.right.get(n) for n in self.derivation.upstream(number) if n != number]
        start = max((moments.index(moment) + 1 for moment in before if moment), default=None)
        base = step.name.rstrip("0123456789")
        for position in range(end - 1, -1, -1):
            name = "" if moments[position].into else plain_name(moments[position].name)
            if name and known_variable(self.part, name) == step.name:
                return moments[position]
            if name == base != step.name and start is not None and position >= start:
                return moments[position]
        return None

    def standing_for(self, number: int, wrong: int, value: np.ndarray) -> tuple[np.ndarray, Moment] | None:
        """What the learner had in the place of a step, where a later wrong value follows from just that.

        Parameters
        ----------
        number, wrong : int
            The step, and the later one.
        value : ndarray
            What the learner has for the later one.

        Returns
        -------
        (ndarray, Moment) or None
            The value, without a factor that a learner may carry along, such as 1/m; and when they had it.
        """
        right = self.derivation.steps[number].value
        if not isinstance(right, np.ndarray | float):
            return None
        end = self._until(value)
        one = np.size(value) == 1  # everything is a multiple of a number
        found: tuple[np.ndarray, Moment] | None = None
        for place, moment in self._strange:
            theirs = moment.value
            if end is not None and place >= end:
                return None
            if theirs.shape != np.shape(right):
                continue
            factor = self._follows(number, wrong, theirs, value)
            if factor is not None and abs(factor - 1) > 1e-9 and not one:
                theirs = theirs * factor
                factor = self._follows(number, wrong, theirs, value)
            if factor is not None and abs(factor - 1) < 1e-9:
                found = theirs, moment
                # The larger of two norms is one of them: the line that computes it comes last.
                if theirs.size > 1 or not self.is_part(number, theirs):
                    return found
        return found

    def computed(self, number: int, value: object) -> Moment | None:
        """When the learner had a value in the place of a step: a number that is a part of it came before."""
        wanted, first = np.asarray(value), self.moment(value)
        if first is None or wanted.size > 1 or not self.is_part(number, wanted):
            return first and (self.computed_anew(first) or first)
        right = self.derivation.steps[number].value
        found = [m for m in self.moments if not m.into and same_values(self.part, wanted, m.value)]
        called = {other.name for other in self.derivation.steps if other.value is right}
        named = (m for m in found if plain_name(m.name) in called)
        same = [m for m in found if not (is_copy(m) or is_loop(m))]
        return next(named, same[-1] if same else first)

    def computed_anew(self, moment: Moment) -> Moment | None:
        """When a number that was there was returned by another formula, which only here gives the same."""
        if moment.value.size > 1 or moment.function or moment.returned:
            return None
        again = (m for m in self.moments if m.returned and same_values(self.part, m.value, moment.value))
        return next((m for m in again if returns_a_formula(m)), None)

    def received(self, moment: Moment) -> Moment | None:
        """When what a helper had computed came to the function that was asked for."""
        later = list(self.moments)[list(self.moments).index(moment) :]
        return next(
            (m for m in later if not m.function and same_values(self.part, m.value, moment.value)), None
        )

    def is_part(self, number: int, value: np.ndarray) -> bool:
        """Whether a value is that of a part of a step's formula."""
        right = np.asarray(self.derivation.steps[number].value)
        parts = [part for part in self.parts_of([number]) if not same_values(self.part, part, right)]
        return any(same_values(self.part, part, value) for part in parts)

    @cached_property
    def _strange(self) -> list[tuple[int, Moment]]:
        """Moments, with their places, whose value is no input, no right step, and no multiple of one."""
        return [
            (place, moment)
            for place, moment in enumerate(self.moments)
            if moment.value.dtype.kind == "f"
            and moment.value.shape in self._bases
            and not is_multiple_of_any(self._bases[moment.value.shape], moment.value)
            and not (is_copy(moment) or is_loop(moment) or moment.into)
            and not self._is_right_with_nan(moment.value)
        ]

    def _is_right_with_nan(self, value: np.ndarray) -> bool:
        """Whether it is known and not finite everywhere: nothing is a multiple of such an array."""
        return not np.isfinite(value).all() and self.is_known(value)

    @cached_property
    def _bases(self) -> dict[tuple[int, ...], np.ndarray]:
        """Inputs and right values by their shape, as the rows of a matrix."""
        values = [step.value for step in self.derivation.steps if isinstance(step.value, np.ndarray | float)]
        known: dict[tuple[int, ...], list[Any]] = {}
        for value in (*(array for _, array in arrays(self.case)), *values):
            if np.asarray(value).dtype.kind in "fiub":
                known.setdefault(np.shape(value), []).append(np.ravel(value))
        return {shape: np.array(found, dtype=float) for shape, found in known.items()}

    def is_harmless(self, value: np.ndarray) -> bool:
        """Whether it is known, a part of what is right, so many times it as a size, or may be a size."""
        if self.is_known(value) or self.is_inside(value):
            return True
        if value.size == 1:
            sizes = {size for _, array in arrays(self.case) for size in array.shape}
            return value.dtype.kind in "iub" or float(value.flat[0]) in sizes
        flat = value.reshape(-1)
        if any(
            same_values(self.part, flat, np.ravel(base)) for found in self._bases.values() for base in found
        ):
            return True  # of another shape
        sizes = {float(size) for _, array in arrays(self.case) for size in array.shape}
        factors = [abs(factor) for factor in self.ratios(value)]
        return any(round(f, 9) in sizes or round(1 / f, 9) in sizes or abs(f - 1) < 1e-9 for f in factors)

    def ratios(self, value: np.ndarray) -> list[float]:
        """How many times an input or a right value it is, for each that it is a multiple of."""
        found = (ratio(base, value.ravel()) for base in self._bases.get(value.shape, ()))
        return [factor for factor in found if factor]

    def is_inside(self, value: np.ndarray) -> bool:
        """Whether it is what a part of some formula is, such as ``1 - A2``, or a column of what is known."""
        if any(soon_same(self.part, value, part) for part in self._parts_by_shape[value.shape]):
            return True
        if value.size != max(value.shape, default=0) or value.size < 2:
            return False
        flat = value.ravel()
        known = [array for bases in self._bases.items() for array in matrices(*bases)]
        columns = (c for a in known if len(a) == len(flat) and a.shape[1] > 1 for c in a.T)
        return any(soon_same(self.part, flat, column) for column in columns)

    @cached_property
    def _parts_by_shape(self) -> dict[tuple[int, ...], list[np.ndarray]]:
        found: dict[tuple[int, ...], list[np.ndarray]] = defaultdict(list)
        for part in self.parts_of(range(len(self.derivation.steps))):
            found[part.shape].append(part)
        return found

    def parts_of(self, numbers: Iterable[int]) -> Iterator[np.ndarray]:
        """Values of the formulas of these steps, and of what they are made of."""
        for number in itertools.islice(numbers, MOST_TAKEN_APART):
            if number not in self._parts:
                step = self.derivation.steps[number]
                nodes = [node for node in ast.walk(step.expression) if isinstance(node, ast.expr)]
                values = (value_in(node, step.before) for node in nodes)
                kept = [np.asarray(value) for value in values if isinstance(value, np.ndarray | float)]
                self._parts[number] = kept
            yield from self._parts[number]

    def _until(self, value: np.ndarray) -> int | None:
        last = self.moment(value)
        return list(self.moments).index(last) if last else None

    def _follows(self, number: int, wrong: int, theirs: np.ndarray, value: np.ndarray) -> float | None:
        """What the later value is multiplied by, compared with what follows from theirs."""
        try:
            with np.errstate(all="ignore"):
                return ratio(self.derivation.replayed({number: Given(theirs)}, wrong), value)
        except Exception:
            return None

    def entry(self, number: int, value: np.ndarray) -> Moment | None:
        """When the first wrong entry of a list of numbers was computed, before the list was complete."""
        return first_entry(self.part, self.moments, self.derivation.steps[number].value, value)

    def suspects(self, number: int) -> frozenset[int]:
        """Steps that a wrong value is computed from, without what is right and what that comes from."""
        known: set[int] = set()
        for right in self.right:
            if right < number:
                known |= set(self.derivation.upstream(right))
        return frozenset(set(self.derivation.upstream(number)) - known) | {number}
