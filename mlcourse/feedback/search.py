"""Search for the one small change of the reference that gives the learner's values.

What is found is a fact about these inputs, whatever the learner meant. Where several changes fit, the
shortest is told if they are one and the same on further inputs too, and else none.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np

from mlcourse.exercises.base import Part
from mlcourse.feedback.added import added, number_for_an_argument
from mlcourse.feedback.derivation import Derivation, NoDerivation, Step, derive
from mlcourse.feedback.equality import MOST_LETTERS, Edits, Equality, Sample
from mlcourse.feedback.multiples import Factor, common_factor, ratio
from mlcourse.feedback.rules import common, rare
from mlcourse.feedback.scope import Scope, shown
from mlcourse.feedback.walker import names_in

MOST_PAIRS = 900
_FURTHER = 2
_SEED = 71


def find_equality(part: Part, samples: Sequence[Sample], pairs: int = MOST_PAIRS) -> Equality | None:
    """Look for the change, the simplest first.

    Parameters
    ----------
    part : Part
        What was asked.
    samples : sequence of Sample
        At least two, of the same expression of the reference.
    pairs : int
        How many pairs of changes to try.
    """
    first = samples[0]
    if len(samples) < 2 or any(s.step.expression is not first.step.expression for s in samples):
        return None
    with np.errstate(all="ignore"):
        return _searched(part, samples, pairs)


def _searched(part: Part, samples: Sequence[Sample], most_pairs: int) -> Equality | None:
    first = samples[0]
    constant = _constant(samples)
    if constant:
        return constant
    factors = [ratio(sample.step.value, sample.value) for sample in samples]
    multiple = common_factor(factors, [sample.sizes for sample in samples])
    tried = sorted(samples, key=lambda sample: len(sample.derivation.steps))  # the quick ones first
    fitting = [(edits, factor) for edits in _singles(first) for fits, factor in [_fits(edits, tried)] if fits]
    exact = [edits for edits, factor in fitting if factor is None]
    if exact:
        return _told(part, samples, exact, None)
    if multiple:
        return Equality(first.name, (), multiple)
    other = added(samples) or number_for_an_argument(samples)
    if other:
        return other
    if fitting:
        return _told(part, samples, *_simplest(fitting))
    pairs = [edits for edits in islice(_pairs(first), most_pairs) if _fits(edits, tried[:2])[0]]
    found = [(edits, factor) for edits in pairs for fits, factor in [_fits(edits, tried)] if fits]
    # Two changes and a factor fit too much.
    return _told(part, samples, [edits for edits, factor in found if factor is None], None)


def _constant(samples: Sequence[Sample]) -> Equality | None:
    """The same number on all inputs, where it should be another each time."""
    found = {float(sample.value) for sample in samples if sample.value.ndim == 0}
    right = [np.asarray(sample.step.value) for sample in samples]
    if len(found) != 1 or any(a.ndim for a in right) or len({float(a) for a in right}) < len(right):
        return None
    name, words = samples[0].name, f"{found.pop():.7g} on every input on which it is wrong"
    return Equality(name, (), words=f"Your `{name}` is {words}; it should be another number on each.")


def _simplest(found: list[tuple[Edits, Factor | None]]) -> tuple[list[Edits], Factor | None]:
    """Those that share their factor, where all do; else none."""
    factor = found[0][1]
    alike = [edits for edits, other in found if other == factor]
    return (alike if len(alike) == len(found) else []), factor


def _fits(edits: Edits, samples: Iterable[Sample]) -> tuple[bool, Factor | None]:
    """Whether the edits give the learner's values, and up to which factor."""
    factors = []
    samples = list(samples)
    for sample in samples:
        factor = ratio(sample.computed(edits), sample.value)
        if factor is None:
            return False, None
        factors.append(factor)
    if all(abs(factor - 1) < 1e-9 for factor in factors):
        return True, None
    found = common_factor(factors, [sample.sizes for sample in samples])
    return found is not None, found


def _suspects(sample: Sample) -> Iterator[tuple[ast.expr, Step]]:
    """Expressions that may be wrong, the nearest first; each once."""
    seen = set()
    for number in sorted(sample.suspects, reverse=True):
        step = sample.derivation.steps[number]
        kept = isinstance(step.value, np.ndarray | float | int)
        if kept and not step.alias and step.expression not in seen:
            seen.add(step.expression)
            yield step.expression, step


@lru_cache(maxsize=4000)
def _variants(expression: ast.expr, key: Any, most: bool) -> tuple[ast.expr, ...]:
    scope = key.scope
    found = common(expression, scope) + (rare(expression, scope) if most else [])
    own = scope.step.place[0]
    if own not in scope.step.before or own in names_in(expression):
        return tuple(found)
    return tuple(new for new in found if own not in names_in(new))  # nobody computes a value from itself


class _Key:
    """A step's scope, that is the same to a cache where names and shapes are the same."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.text = tuple((ast.dump(node), array.shape) for node, array in scope.arrays)

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.text == other.text


def _singles(sample: Sample) -> Iterator[Edits]:
    for expression, step in _suspects(sample):
        for new in _variants(expression, _Key(Scope(step)), True):
            yield {expression: new}


def _pairs(sample: Sample) -> Iterator[Edits]:
    """Two changes: of two expressions, or common ones of the same."""
    places = [(expression, _Key(Scope(step))) for expression, step in _suspects(sample)]
    for index, (expression, key) in enumerate(places):
        for other, other_key in places[:index]:
            for new in _variants(expression, key, True):
                for second in _variants(other, other_key, False):
                    yield {expression: new, other: second}
    for expression, key in places:
        for new in _variants(expression, key, False):
            for second in _variants(new, key, False):
                yield {expression: second}


def _told(
    part: Part, samples: Sequence[Sample], found: list[Edits], factor: Factor | None
) -> Equality | None:
    """Put the simplest into words, if all are the same on further inputs too."""
    if not found:
        return None
    first = samples[0]

    def words(edits: Edits) -> tuple[tuple[str, str, str], ...]:
        told, derivation, own = [], first.derivation, True
        for number in sorted(first.suspects):
            step = derivation.steps[number]
            if step.expression in edits:
                new = shown(edits[step.expression], step, derivation)
                name = first.name if step is first.step else step.name
                told.append((name, new, shown(step.expression, step, derivation)))
                own = own and (step is first.step or (name in derivation.known and not step.renamed))
        if own:
            return tuple(told)
        # A step that has no name of the course's is written out in the formula that it belongs to.
        formula, step = first.step.expression, first.step
        new, right = (
            shown(edits.get(formula, formula), step, derivation, edits),
            shown(formula, step, derivation),
        )
        return ((first.name, new, right),) if new != right else tuple(told)

    told = sorted({words(edits): edits for edits in found}.items(), key=lambda item: _length(item[0]))
    if _length(told[0][0])[1] > MOST_LETTERS:
        return None
    if len(told) > 1 and not _same_further(part, first, [edits for _, edits in told]):
        return None
    return Equality(first.name, told[0][0], factor, told[0][1])


def _length(told: tuple[tuple[str, str, str], ...]) -> tuple[int, int]:
    return len(told), sum(len(expression) for _, expression, _ in told)


def _same_further(part: Part, sample: Sample, found: list[Edits]) -> bool:
    """Whether edits give the same value on inputs that the learner's function has not seen."""
    expression, edited = sample.step.expression, {node for edits in found for node in edits}
    for derivation in further(part):
        trial = _instance(derivation, expression, edited)
        if trial is None:
            return False
        values = [trial.computed(edits) for edits in found]
        factors = [ratio(values[0], value) for value in values[1:]]
        if any(factor is None or abs(factor - 1) > 1e-9 for factor in factors):
            return False
    return True


def _instance(derivation: Derivation, expression: ast.expr, edited: set[ast.expr]) -> Sample | None:
    """The first step of this expression to which all the edited ones lead."""
    for number, step in enumerate(derivation.steps):
        if step.expression is expression:
            upstream = frozenset(derivation.upstream(number))
            if edited <= {derivation.steps[n].expression for n in upstream}:
                return Sample(derivation, number, np.zeros(()), upstream, {})
    return None


_further: dict[int, tuple[Part, list[Derivation]]] = {}


def further(part: Part) -> list[Derivation]:
    """Steps of the reference on inputs of their own; none where it cannot be taken apart."""
    if id(part) not in _further:
        rng = np.random.default_rng(_SEED)
        try:
            made = [derive(part, part.inputs(rng)) for _ in range(_FURTHER)]
        except NoDerivation:
            made = []
        _further[id(part)] = part, made
    return _further[id(part)][1]
