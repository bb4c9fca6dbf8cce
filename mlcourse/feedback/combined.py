"""Two known mistakes at once: the one pair of edits of the reference that gives the learner's full answer.

Pairs are tried on the first wrong output alone, step by step; only what gives that is compiled and compared
with the whole answer.
"""

import ast
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Mistake, Part
from mlcourse.exercises.edits import Edit, apply, rebuilt
from mlcourse.feedback.compare import as_array
from mlcourse.feedback.derivation import Derivation, Derivations
from mlcourse.feedback.multiples import ratio
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.ruled_out import quickest
from mlcourse.feedback.trials import Trial, compares

MOST_COMPILED = 12
"""Pairs that are compiled and compared with the whole answer."""

Pair = tuple[Mistake, Mistake]


def find_pair(
    part: Part, cases: Sequence[Case], seen: Sequence[Observation], scope: range, steps: Derivations
) -> Pair | None:
    """Look for two known mistakes that together explain the answers, where exactly one pair does.

    Parameters
    ----------
    part, cases, seen
        As for `mlcourse.feedback.diagnose.diagnose`.
    scope : range
        Numbers of the cases that are to be explained.
    steps : Derivations
        The reference's steps on these cases.
    """
    numbers = [n for n in scope if seen[n].wrong and not seen[n].trouble and not seen[n].judged]
    spelled: dict[str, Mistake] = {}  # the first spelling of each: pairs are many
    for mistake in part.mistakes:
        if hasattr(type(mistake), "edit"):
            spelled.setdefault(mistake.name, mistake)
    edited = list(spelled.values())
    if len(numbers) < 2 or len(edited) < 2 or isinstance(part.reference, type):
        return None
    number = quickest(steps, numbers)
    if number is None:
        return None
    search = _Search(steps[number], seen[number], edited)
    with np.errstate(all="ignore"):
        candidates = list(islice(search.pairs(), MOST_COMPILED))
    # Where both sentences compare with the other outputs, each is false because of the other.
    candidates = [pair for pair in candidates if not all(map(compares, pair))]
    found = [pair for pair in candidates if _explains(part, pair, cases, seen, scope)]
    return found[0] if len({(a.sentence, b.sentence) for a, b in found}) == 1 else None


def _explains(
    part: Part, pair: Pair, cases: Sequence[Case], seen: Sequence[Observation], scope: range
) -> bool:
    function = apply(part.reference, [mistake.edit for mistake in pair])  # type: ignore[attr-defined]
    if function is None:
        return False
    trial = Trial(part, Mistake("", "", function), cases, seen)
    if not trial.explains(scope) or trial.is_refuted():
        return False
    # One may undo what the other does: each has to make wrong only what is wrong.
    return all(Trial(part, mistake, cases, seen).spoils_only_wrong(scope) for mistake in pair)


class _Search:
    """Pairs of edits that give the first wrong output of one case."""

    def __init__(self, derivation: Derivation, seen: Observation, mistakes: Sequence[Mistake]) -> None:
        self.derivation, self.seen = derivation, seen
        self.edits: dict[int, dict[ast.expr, Edit]] = {}
        self.made: dict[Any, Any] = {}
        self.mistakes = list(mistakes)
        for index, mistake in enumerate(self.mistakes):
            placed = derivation.placed(mistake.edit)  # type: ignore[attr-defined]
            if placed is not None:
                self.edits[index] = placed

    def pairs(self) -> Iterator[Pair]:
        """The likely ones first: those of which one alone gives the first wrong output."""
        leaves = [name for name in self.seen.wrong if name in self.derivation.leaves]
        if not leaves:
            return
        first = leaves[0]
        alone = [index for index in self.edits if self._gives(first, index)]
        for index in alone:
            second = next((name for name in self._order() if not self._gives(name, index)), None)
            for other in self.edits if second else ():
                if other != index and self._gives(str(second), index, other):
                    yield self._in_order(index, other)
        rest = [index for index in self.edits if index not in alone and self._touches(first, index)]
        for index, other in combinations(rest, 2):
            if self._gives(first, index, other):
                yield self._in_order(index, other)

    def _in_order(self, *indices: int) -> Pair:
        """That which enters first comes first."""
        places = [step.expression for step in self.derivation.steps]
        a, b = sorted(indices, key=lambda index: (min(map(places.index, self.edits[index])), index))
        return self.mistakes[a], self.mistakes[b]

    def _order(self) -> list[str]:
        names = [name for name in self.seen.required if name in self.derivation.leaves]
        return sorted(names, key=lambda name: self.derivation.leaves[name])

    def _touches(self, leaf: str, index: int) -> bool:
        upstream = self.derivation.upstream(self.derivation.leaves[leaf])
        return any(self.derivation.steps[number].expression in self.edits[index] for number in upstream)

    def _gives(self, leaf: str, *indices: int) -> bool:
        """Whether the edits together give the learner's value of a leaf."""
        got = as_array(self.seen.leaves.get(leaf))
        if got is None:
            return False
        number = self.derivation.leaves[leaf]
        changes: dict[int, ast.expr] = {}
        for place in self.derivation.upstream(number):
            expression = self.derivation.steps[place].expression
            edits = [self.edits[index][expression] for index in indices if expression in self.edits[index]]
            if edits:
                new = self._rebuilt(expression, indices, edits)
                if new is None:
                    return False
                changes[place] = new
        try:
            value = (
                self.derivation.replayed(changes, number) if changes else self.derivation.steps[number].value
            )
        except Exception:
            return False
        factor = ratio(value, got)
        return factor is not None and abs(factor - 1) < 1e-9

    def _rebuilt(self, expression: ast.expr, indices: tuple[int, ...], edits: list[Edit]) -> Any:
        key = (expression, tuple(index for index in indices if expression in self.edits[index]))
        if key not in self.made:
            self.made[key] = rebuilt(expression, edits)
        return self.made[key]
