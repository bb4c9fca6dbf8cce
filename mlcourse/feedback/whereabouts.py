"""Up to where the learner's computation is right, and what the first wrong value is.

The reference's steps on one side, what the learner returned and what their variables held on the other:
values are recognised by what they are, not by what they are called.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.compare import agree, as_array
from mlcourse.feedback.derivation import Derivation, NoDerivation, Step, derive
from mlcourse.feedback.equality import Equality, Sample
from mlcourse.feedback.form import known_variable
from mlcourse.feedback.inputs import arrays, letters
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.multiples import ratio
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.search import find_equality

Watched = Callable[[int], Sequence[Moment]]
"""What the learner's variables held on the case of this number; empty where it is not known."""


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
        """When the learner first had this value in a variable."""
        wanted = np.asarray(value)
        if wanted.dtype.kind not in "fiub":
            return None
        for moment in self.moments:
            if moment.value.shape == wanted.shape and agree(
                wanted, moment.value, self.part.rtol, self.part.atol
            ):
                return moment
        return None

    def is_known(self, value: object) -> bool:
        """Whether it is an input, or the right value of some step: then its place says nothing."""
        wanted = np.asarray(value)
        given = [array for _, array in arrays(self.case)]
        steps = [step.value for step in self.derivation.steps if isinstance(step.value, np.ndarray)]
        return any(
            array.shape == wanted.shape and agree(array, wanted, self.part.rtol, self.part.atol)
            for array in [*given, *steps]
        )

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


@dataclass(frozen=True)
class Whereabouts:
    """Where it stops being right.

    Attributes
    ----------
    variable : str
        The course's name of the first wrong value.
    place : str
        A sentence with the lines; may be empty.
    equality : Equality or None
        What the value equals, where that is certain.
    """

    variable: str
    place: str = ""
    equality: Equality | None = None


def whereabouts(
    part: Part,
    cases: Sequence[Case],
    seen: Sequence[Observation],
    random_cases: int,
    watched: Watched,
    explain: bool,
) -> Whereabouts | None:
    """Find the first wrong value, and where it comes from.

    Parameters
    ----------
    part, cases, seen, random_cases
        As for `mlcourse.feedback.diagnose.diagnose`.
    watched : callable
        Gives what the learner's variables held.
    explain : bool
        Whether to look long for what the value equals; a change by one alone is always looked for.

    Returns
    -------
    Whereabouts or None
        None where the reference cannot be taken apart, or the answer not be compared with it.
    """
    numbers = [n for n in range(random_cases) if seen[n].wrong and not seen[n].trouble and not seen[n].judged]
    if len(numbers) < 2:
        return None
    try:
        derivations = [derive(part, cases[n]) for n in numbers]
    except NoDerivation:
        return _line_of_the_answer(part, [(cases[n], seen[n], watched(n)) for n in numbers])
    comparisons = [
        Comparison(part, cases[n], seen[n], derivation, watched(n))
        for n, derivation in zip(numbers, derivations, strict=True)
    ]
    found = [_first_wrong(comparison) for comparison in comparisons]
    samples = [sample for sample in found if sample is not None]
    expressions = {sample.step.expression for sample in samples}
    if len(samples) < len(comparisons) or len(expressions) > 1:
        return None
    equality = find_equality(part, samples, pairs=explain)
    return Whereabouts(samples[0].step.name, _place(comparisons, samples, equality), equality)


def _line_of_the_answer(
    part: Part, runs: Sequence[tuple[Case, Observation, Sequence[Moment]]]
) -> Whereabouts | None:
    """In which line the first wrong output got its value, where nothing is known of the steps before it."""
    found = set()
    for case, observation, moments in runs:
        name = next(iter(observation.wrong))
        value = as_array(observation.leaves.get(name))
        known = [as_array(item) for item in (*observation.expected.values(), *case.values())]
        if value is None or not value.any() or any(_same(part, value, other) for other in known):
            return None
        moment = next((m for m in moments if m.name and _same(part, value, m.value)), None)
        moment = moment or next((m for m in moments if _same(part, value, m.value)), None)
        if moment is None:
            return None
        found.add((name, moment.line, moment.text))
    if len(found) > 1:
        return None
    name, line, text = found.pop()
    return Whereabouts(name, f"`{name}`, which is wrong, is computed in line {line}: `{text}`.")


def _same(part: Part, a: np.ndarray, b: np.ndarray | None) -> bool:
    return (
        b is not None and a.shape == b.shape and a.dtype.kind in "fiub" and agree(a, b, part.rtol, part.atol)
    )


def _first_wrong(comparison: Comparison) -> Sample | None:
    """The learner's first value that is wrong, returned or held in a variable of the course's name."""
    leaves = comparison.derivation.leaves
    name = next((name for name in comparison.seen.wrong if name in leaves), None)
    if name is None:
        return None
    number, value = leaves[name], as_array(comparison.seen.leaves[name])
    for earlier in comparison.derivation.upstream(number):
        step = comparison.derivation.steps[earlier]
        held = (
            comparison.named_so(earlier, value)
            if earlier != number and earlier not in comparison.right and not step.alias
            else None
        )
        if held and held.value.shape == np.shape(step.value) and ratio(step.value, held.value) is None:
            number, value = earlier, held.value
            break
    if value is None or value.dtype.kind not in "fiub":
        return None
    right = np.asarray(comparison.derivation.steps[number].value)
    if right.ndim == 0 and value.size == 1:
        value = value.reshape(())
    sizes = letters(comparison.part, comparison.case)
    return Sample(comparison.derivation, number, value, comparison.suspects(number), sizes)


def _place(comparisons: Sequence[Comparison], samples: Sequence[Sample], equality: Equality | None) -> str:
    """In which line it stops being right; empty where that is not known, or not the same in all cases."""
    found = [
        _sentence(comparison, sample, equality)
        for comparison, sample in zip(comparisons, samples, strict=True)
    ]
    lines = {lines for lines, _ in found}
    return found[0][1] if len(lines) == 1 else ""


def _sentence(
    comparison: Comparison, sample: Sample, equality: Equality | None
) -> tuple[tuple[int, ...], str]:
    """Lines that are told, and the sentence about them in this case; both empty where they are not known."""
    wrong = None if comparison.is_known(sample.value) else comparison.moment(sample.value)
    step, derivation = sample.step, sample.derivation
    if equality:  # a step between, which has no name of the course's at the learner's
        for number in sorted(sample.suspects):
            if number != sample.number and derivation.steps[number].expression in equality.edits:
                value = sample.computed(equality.edits, number)
                held = comparison.moment(value)
                if held and not comparison.is_known(value):
                    wrong, step = held, derivation.steps[number]
                    break
    if wrong is None:
        return (), ""
    right = [
        (derivation.steps[number], moment)
        for number, moment in sorted(comparison.right.items())
        if moment
        and number in derivation.upstream(derivation.steps.index(step))
        and moment.line != wrong.line
    ][-2:]
    code = f": `{wrong.text}`" if wrong.text else ""
    lines = (wrong.line, *(moment.line for _, moment in right))
    if not right:
        return lines, f"{_held(step, wrong)} is not right{code}."
    verb = "is" if len(right) == 1 else "are"
    before = " and ".join(_held(step, moment) for step, moment in right)
    return lines, f"{before} {verb} right, {_held(step, wrong)} is not{code}."


def _held(step: Step, moment: Moment) -> str:
    """Such as "`delta` (line 4), your dZ2,"."""
    name, helper = plain_name(moment.name), f" of {moment.function}" if moment.function.isidentifier() else ""
    line = f"(line {moment.line}{helper})"
    if not name or name == step.name:
        return f"`{step.name}` {line}"
    return f"`{name}` {line}, your {step.name},"


def plain_name(name: str) -> str:
    """``dW2`` for ``grads["dW2"]``, ``dW[2]`` and ``self.dW2``; empty for a place in what was returned."""
    if name.endswith('"]'):
        return name[:-2].rpartition('["')[2]
    if name.startswith("["):
        return ""
    return re.sub(r"\[(\d+)\]$", r"\1", name).removeprefix("self.")
