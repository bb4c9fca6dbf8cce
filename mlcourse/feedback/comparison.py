"""One case, taken apart: the reference's steps beside the learner's answer and what their variables held."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.compare import agree
from mlcourse.feedback.derivation import Derivation
from mlcourse.feedback.form import known_variable
from mlcourse.feedback.inputs import arrays
from mlcourse.feedback.moments import Moment, plain_name
from mlcourse.feedback.observe import Observation


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

    def _returned_right(self, name: str, number: int) -> bool:
        names = [leaf for leaf, n in self.derivation.leaves.items() if n == number]
        wrong = self.seen.wrong
        return any(
            leaf in self.seen.expected and leaf not in wrong for leaf in names if leaf in self.seen.required
        )

    def moment(self, value: object) -> Moment | None:
        """When the learner first had this value in a variable; of a lambda's, who called it comes before."""
        wanted = np.asarray(value)
        if wanted.dtype.kind not in "fiub":
            return None
        of_lambda = None
        for moment in self.moments:
            if moment.value.shape == wanted.shape and agree(
                wanted, moment.value, self.part.rtol, self.part.atol
            ):
                if not moment.function.endswith("<lambda>"):
                    return moment
                of_lambda = of_lambda or moment
        return of_lambda

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
            name = plain_name(moments[position].name)
            if name and known_variable(self.part, name) == step.name:
                return moments[position]
            if name == base != step.name and start is not None and position >= start:
                return moments[position]
        return None

    def suspects(self, number: int) -> frozenset[int]:
        """Steps that a wrong value is computed from, without what is right and what that comes from."""
        known: set[int] = set()
        for right in self.right:
            if right < number:
                known |= set(self.derivation.upstream(right))
        return frozenset(set(self.derivation.upstream(number)) - known) | {number}


def same_values(part: Part, a: np.ndarray, b: np.ndarray | None) -> bool:
    """Whether two arrays of numbers are the same, up to the part's tolerances."""
    return (
        b is not None and a.shape == b.shape and a.dtype.kind in "fiub" and agree(a, b, part.rtol, part.atol)
    )
