"""Up to where the learner's computation is right, and what the first wrong value is.

The reference's steps on one side, what the learner returned and what their variables held on the other:
values are recognised by what they are, not by what they are called.
"""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.blame import about_lines
from mlcourse.feedback.class_edits import change_of_class
from mlcourse.feedback.compare import agree, as_array, close
from mlcourse.feedback.comparison import Comparison
from mlcourse.feedback.derivation import Derivations, NoDerivation
from mlcourse.feedback.descent import first_cause
from mlcourse.feedback.ended_early import ended_early
from mlcourse.feedback.equality import Equality, Sample
from mlcourse.feedback.inputs import letters
from mlcourse.feedback.moments import Moment, is_unsteady
from mlcourse.feedback.multiples import ratio
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.plain import to_plain
from mlcourse.feedback.reading import plain_name
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
    is_all : bool
        Whether nothing else is to be said: whatever comes out comes from there.
    held : frozenset of ast.expr
        Expressions of the reference whose right values the learner's variables held.
    """

    variable: str
    place: str = ""
    equality: Equality | None = None
    is_all: bool = False
    held: frozenset[ast.expr] = frozenset()


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
    looked_at = numbers or [n for n, o in enumerate(seen) if not o.right and not o.answer.failure][:2]
    name = next((name for n in looked_at[:1] for name in seen[n].wrong), "")
    runs = [Run(cases[n], seen[n], watched(n, name)) for n in looked_at]
    early = ended_early([run.moments for run in runs])
    if early:
        return Whereabouts(part.function, early, is_all=True)
    if not numbers:
        return None
    if any(is_unsteady(run.moments) for run in runs):
        return Whereabouts(part.function, f"{part.function} {_TWO_ANSWERS}")
    odd = first_not_finite(part, [run for run in runs if run.first == name], name)
    if odd:
        return Whereabouts(name, odd)
    found = _in_steps(part, runs, pairs, steps, numbers) or _of_outputs(part, runs, pairs)
    if found and found.equality and not _holds_where_right(part, found.equality, steps, seen, random_cases):
        return replace(found, equality=None) if found.place else None
    return found


def _is_finite(value: object) -> bool:
    array = as_array(value)
    return array is None or array.dtype.kind not in "f" or bool(np.isfinite(array).all())


def _holds_where_right(
    part: Part, equality: Equality, steps: Derivations, seen: Sequence[Observation], random_cases: int
) -> bool:
    """Whether a value equals this on all inputs: where the learner is right it has to give what is right."""
    if equality.factor and not equality.assigned:
        return not any(o.right for o in seen[:random_cases])
    elsewhere = {name for o in seen for name in o.wrong}  # what follows from it where it is wrong
    for number, observation in enumerate(seen) if equality.edits and not equality.factor else ():
        right = elsewhere & {*observation.expected} & {*observation.leaves} - {*observation.wrong}
        if not right:
            continue
        derivation = steps[number]
        changes = {n: equality.edits.get(step.expression) for n, step in enumerate(derivation.steps)}
        edits = {n: new for n, new in changes.items() if new is not None}
        for leaf in {derivation.leaves[name] for name in right if name in derivation.leaves}:
            try:
                value = to_plain(derivation.replayed(edits, leaf)) if edits and min(edits) <= leaf else None
            except Exception:
                return False
            known = value is not None and _is_finite(value)
            if known and not agree(to_plain(derivation.steps[leaf].value), value, part.rtol, part.atol):
                return False
    return True


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
    at: set[ast.expr] = set()  # where the first case goes wrong, the others are looked at alone
    found = [_first_wrong(comparison, at) for comparison in comparisons]
    samples = [sample for sample in found if sample is not None]
    expressions = {sample.step.expression for sample in samples}
    if len(samples) < len(comparisons) or len(expressions) > 1:
        return None
    small = max(np.size(sample.value) for sample in samples) < _MOST_ENTRIES
    special = isinstance(samples[0].step.expression, ast.Constant)  # what a branch gives is no formula
    equality = find_equality(part, samples, pairs) if small and not special else None
    place = _place(comparisons, samples, equality)
    held = frozenset.intersection(*(comparison.held for comparison in comparisons))
    name = samples[0].name if place or equality else runs[0].first
    return Whereabouts(name, place, equality, held=held)


def _first_wrong(comparison: Comparison, at: set[ast.expr]) -> Sample | None:
    """The learner's first value that is wrong, returned or held in a variable of the course's name."""
    number, value = _first_leaf(comparison)
    if value is None:
        return None
    found = first_cause(comparison, number, value) or _earlier(comparison, number, value, at)
    at.add(comparison.derivation.steps[found[0]].expression)
    number, value, moment = first_cause(comparison, *found[:2]) or found
    if value.dtype.kind not in "fiub":
        return None
    right = np.asarray(comparison.derivation.steps[number].value)
    if right.ndim == 0 and value.size == 1:
        value = value.reshape(())
    sizes = letters(comparison.part, comparison.case)
    return Sample(comparison.derivation, number, value, comparison.suspects(number), sizes, moment)


def _earlier(
    comparison: Comparison, number: int, value: np.ndarray, at: set[ast.expr]
) -> tuple[int, np.ndarray, Moment | None]:
    """The wrong step before a wrong value: what that follows from, else what is called so; or the value."""
    steps, found = comparison.derivation.steps, []
    before = [n for n in comparison.derivation.upstream(number) if n != number and n not in comparison.right]
    before = [n for n in before if not steps[n].alias and (not at or steps[n].expression in at)]
    for earlier in before:
        standing = comparison.standing_for(earlier, number, value)
        if standing and (steps[earlier].name in comparison.derivation.known or plain_name(standing[1].name)):
            found.append((earlier, *standing))
    if found:  # a step further on may take over what stood before it, where a mask changes nothing more
        first = min((moment for _, _, moment in found), key=list(comparison.moments).index)
        return next(item for item in reversed(found) if item[2] is first)
    for earlier in before:
        held = comparison.named_so(earlier, value)
        # In all turns of a loop.
        so_called = [step.value for step in steps if step.name == steps[earlier].name]
        same = held and any(ratio(right, held.value) for right in so_called)
        if held and held.value.shape == np.shape(steps[earlier].value) and not same:
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
        about_lines(comparison, sample, equality)
        for comparison, sample in zip(comparisons, samples, strict=True)
    ]
    if len({lines[:1] for lines, _ in found}) > 1:
        return ""
    common = set.intersection(*(set(lines) for lines, _ in found))  # of right lines those of all cases
    return next((words for lines, words in found if set(lines) == common), "")
