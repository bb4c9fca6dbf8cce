"""Up to where the learner's computation is right, and what the first wrong value is.

The reference's steps on one side, what the learner returned and what their variables held on the other:
values are recognised by what they are, not by what they are called.
"""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.class_edits import change_of_class
from mlcourse.feedback.compare import as_array, close
from mlcourse.feedback.comparison import Comparison, is_loop
from mlcourse.feedback.derivation import Derivation, Derivations, NoDerivation, Step
from mlcourse.feedback.descent import first_cause, latest_before, read_in
from mlcourse.feedback.equality import Equality, Sample
from mlcourse.feedback.inputs import letters
from mlcourse.feedback.moments import Moment, is_unsteady, plain_name
from mlcourse.feedback.multiples import ratio
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.returned import Run, equality_of, first_not_finite, line_of
from mlcourse.feedback.search import find_equality

_MOST_EDGES = 4
_MOST_ENTRIES = 5000
_TWO_ANSWERS = (
    "gives another answer when it is called again with the same inputs. Is something drawn at random in it, "
    "or kept from call to call?"
)

Watched = Callable[[int, str], Sequence[Moment]]
"""What the learner's variables held on the case of this number, narrowed to this output; may be empty."""


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
    pairs: int,
    steps: Derivations,
) -> Whereabouts | None:
    """Find the first wrong value, and where it comes from.

    Parameters
    ----------
    part, cases, seen, random_cases, steps
        As for `mlcourse.feedback.diagnose.diagnose`.
    watched : callable
        Gives what the learner's variables held.
    pairs : int
        How many pairs of changes to try for what the value equals; one change alone is always tried.

    Returns
    -------
    Whereabouts or None
        None where the reference cannot be taken apart, or the answer not be compared with it.
    """
    usable = [n for n, o in enumerate(seen) if o.wrong and not o.trouble and not o.judged]
    numbers = [n for n in usable if n < random_cases]
    if len(numbers) < 2:  # wrong at special inputs only
        numbers = [] if any(o.trouble for o in seen) else usable[:_MOST_EDGES]
    if not numbers:
        return None
    name = next(iter(seen[numbers[0]].wrong))
    runs = [Run(cases[n], seen[n], watched(n, name)) for n in numbers]
    if any(is_unsteady(run.moments) for run in runs):
        return Whereabouts(part.function, f"{part.function} {_TWO_ANSWERS}")
    odd = first_not_finite([run for run in runs if run.first == name], name)
    if odd:
        return Whereabouts(name, odd)
    return _in_steps(part, runs, pairs, steps, numbers) or _of_outputs(part, runs, pairs)


def _of_outputs(part: Part, runs: Sequence[Run], pairs: int) -> Whereabouts | None:
    """What the outputs alone show."""
    name = runs[0].first
    alike = [run for run in runs if run.first == name]
    certain = len(alike) == len(runs) and not runs[0].of_another_kind
    equality = equality_of(part, runs, name) if certain else None
    if equality is None and certain and pairs:
        words = change_of_class(part, runs, name)
        equality = Equality(name, (), words=words) if words else None
    return Whereabouts(name, line_of(part, alike, name), equality)


def _in_steps(
    part: Part, runs: Sequence[Run], pairs: int, steps: Derivations, numbers: Sequence[int]
) -> Whereabouts | None:
    """Compare with the steps of the reference; None where these, or a value beside them, are not known."""
    if runs[0].of_another_kind:
        return None
    try:
        derived = [steps[number] for number in numbers]
    except NoDerivation:
        return None
    both = zip(runs, derived, strict=True)
    comparisons = [Comparison(part, run.case, run.seen, made, run.moments) for run, made in both]
    found = [_first_wrong(comparison) for comparison in comparisons]
    samples = [sample for sample in found if sample is not None]
    expressions = {sample.step.expression for sample in samples}
    if len(samples) < len(comparisons) or len(expressions) > 1:
        return None
    small = max(np.size(sample.value) for sample in samples) < _MOST_ENTRIES
    special = isinstance(samples[0].step.expression, ast.Constant)  # what a branch gives is no formula
    equality = find_equality(part, samples, pairs) if small and not special else None
    place = _place(comparisons, samples, equality)
    return Whereabouts(samples[0].name, place, equality) if place or equality else None


def _first_wrong(comparison: Comparison) -> Sample | None:
    """The learner's first value that is wrong, returned or held in a variable of the course's name."""
    number, value = _first_leaf(comparison)
    if value is None:
        return None
    number, value, moment = first_cause(comparison, number, value) or _earlier(comparison, number, value)
    if value.dtype.kind not in "fiub":
        return None
    right = np.asarray(comparison.derivation.steps[number].value)
    if right.ndim == 0 and value.size == 1:
        value = value.reshape(())
    sizes = letters(comparison.part, comparison.case)
    return Sample(comparison.derivation, number, value, comparison.suspects(number), sizes, moment)


def _earlier(comparison: Comparison, number: int, value: np.ndarray) -> tuple[int, np.ndarray, Moment | None]:
    """The wrong step before a wrong value: what that follows from, else what is called so; or the value."""
    steps, found = comparison.derivation.steps, []
    before = [n for n in comparison.derivation.upstream(number) if n != number and n not in comparison.right]
    before = [n for n in before if not steps[n].alias]
    for earlier in before:
        standing = comparison.standing_for(earlier, number, value)
        if standing and (steps[earlier].name in comparison.derivation.known or plain_name(standing[1].name)):
            found.append((earlier, *standing))
    if found:  # a step further on may take over what stood before it, where a mask changes nothing more
        first = min((moment for _, _, moment in found), key=list(comparison.moments).index)
        return next(item for item in reversed(found) if item[2] is first)
    for earlier in before:
        held = comparison.named_so(earlier, value)
        right = steps[earlier].value
        if held and held.value.shape == np.shape(right) and ratio(right, held.value) is None:
            return earlier, held.value, None
    return number, value, None


def _first_leaf(comparison: Comparison) -> tuple[int, np.ndarray | None]:
    """The step that computes the first wrong output, or the first wrong entry of a list; and its value."""
    derivation, seen = comparison.derivation, comparison.seen
    for name in seen.wrong:
        value = as_array(seen.leaves[name])
        if name in derivation.leaves and name not in derivation.items:
            return derivation.leaves[name], value
        steps = derivation.items.get(name)
        if not steps:
            continue
        if value is None or value.shape != (len(steps),):
            break  # of too few or too many rounds: what comes after them says nothing of a line
        right = np.array([derivation.steps[number].value for number in steps])
        wrong = np.flatnonzero(~close(right, value, comparison.part.rtol, comparison.part.atol))
        if wrong.size:
            return steps[wrong[0]], value[wrong[0]].copy()
    return 0, None


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
    wrong = sample.held
    if not wrong and not comparison.is_known(sample.value):
        entry = comparison.entry(sample.number, sample.value)
        if entry and entry.line:
            words = f"An entry of `{sample.step.name}` that is wrong comes from line {entry.line}"
            return (entry.line,), f"{words}: `{entry.text}`."
        wrong = comparison.computed(sample.number, sample.value)
    step, derivation = sample.step, sample.derivation
    if equality:  # a step between, which has no name of the course's at the learner's
        for number in sorted(sample.suspects):
            if number != sample.number and derivation.steps[number].expression in equality.edits:
                value = sample.computed(equality.edits, number)
                held = comparison.computed(number, value)
                if held and not comparison.is_known(value):
                    wrong, step = held, derivation.steps[number]
                    break
    if wrong is None or is_loop(wrong.text) or _returns_constant(wrong.text):
        return (), ""
    if wrong.function and _was_right(comparison, step, wrong.function):
        return (), ""
    right = [
        (derivation.steps[number], moment)
        for number, moment in sorted(comparison.right.items())
        if moment
        and number in derivation.upstream(derivation.steps.index(step))
        and moment.line != wrong.line
    ]
    right = list({(moment.line, moment.name): (step, moment) for step, moment in right}.values())[-2:]
    code = f": `{wrong.text}`" if wrong.text else ""
    if not equality:
        code += _used(comparison, wrong, {moment.line for _, moment in right})
    lines = (wrong.line, *(moment.line for _, moment in right))
    if not right:
        return lines, f"{_held(step, wrong, derivation)} is not right{code}."
    verb = "is" if len(right) == 1 else "are"
    before = " and ".join(_held(step, moment, derivation) for step, moment in right)
    return lines, f"{before} {verb} right, {_held(step, wrong, derivation)} is not{code}."


def _was_right(comparison: Comparison, step: Step, helper: str) -> bool:
    """Whether a helper computed the same step rightly in another call: then what it was given is wrong."""
    steps, number = comparison.derivation.steps, comparison.derivation.steps.index(step)
    others = {n for n, other in enumerate(steps) if other.expression is step.expression} - {number}
    return bool(others) and any(
        moment and moment.function == helper and not others.isdisjoint(comparison.derivation.upstream(right))
        for right, moment in comparison.right.items()
    )


def _used(comparison: Comparison, wrong: Moment, right: set[int]) -> str:
    """The line of what a wrong value uses that is neither an input nor right, as the `right` lines are."""
    moments, read = list(comparison.moments), read_in(wrong.text)
    for moment in sorted(latest_before(comparison, wrong).values(), key=moments.index, reverse=True):
        used = moment.name.replace('"', "'") in read and moment.line not in {wrong.line, *right}
        if used and not comparison.is_harmless(moment.value):
            return f", which uses `{moment.name}` (line {moment.line}): `{moment.text}`"
    return ""


def _returns_constant(line: str) -> bool:
    """Whether a line computes nothing, such as ``return 0.0``: what is wrong was decided before."""
    try:
        tree = ast.parse(line)
    except (SyntaxError, ValueError):
        return False
    match tree.body:
        case [ast.Return(value=ast.Constant())]:
            return True
    return False


def _held(step: Step, moment: Moment, derivation: Derivation) -> str:
    """Such as "`delta` (line 4), your dZ2,"; the course's name only where it is no private one."""
    function = moment.function.rpartition(".")[2]
    name, helper = plain_name(moment.name), f" of {function}" if function.isidentifier() else ""
    line = f"(line {moment.line}{helper})"
    if not name:
        return f"`{step.name}` {line}"
    if any(other.name == name and other.value is step.value for other in derivation.steps):
        return f"`{name}` {line}"
    return f"`{name}` {line}, your {step.name}," if step.name in derivation.known else f"`{name}` {line}"
