"""Known mistakes that cannot explain an answer: seen from the reference's steps, before they are compiled.

A mistake that changes nothing but expressions of these steps is computed again on one small case, up to the
first wrong output. Where that comes out otherwise than the learner's, neither the whole answer nor its first
wrong output is explained. Of whatever is not certain, the mistake itself has to be run.
"""

import ast
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from mlcourse.exercises.base import Mistake, Part
from mlcourse.exercises.edits import Definition, Edit, rebuilt, tree_of
from mlcourse.exercises.known_mistakes import EditedMistake
from mlcourse.feedback.compare import agree, as_array
from mlcourse.feedback.derivation import Derivation, Derivations, NoDerivation
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.plain import to_plain
from mlcourse.feedback.walker import names_in


def quickest(steps: Derivations, numbers: Sequence[int]) -> int | None:
    """Number of the case on which the reference takes the fewest steps; None where it has none."""
    try:
        return min(numbers, key=lambda number: len(steps[number].steps), default=None)
    except NoDerivation:
        return None


def cannot_explain(
    part: Part, steps: Derivations, seen: Sequence[Observation], numbers: Sequence[int]
) -> Callable[[Mistake], bool]:
    """Whether a known mistake certainly gives another first wrong output than the learner's.

    Parameters
    ----------
    part, steps, seen
        What was asked, the reference's steps by case, and the learner's answers.
    numbers : sequence of int
        Cases that would have to be explained, with outputs that are wrong.
    """
    number = quickest(steps, numbers)
    names = None if number is None else _controlling(tree_of(part.reference))
    if number is None or names is None:
        return lambda mistake: False
    derivation, learner = steps[number], seen[number]
    first = next((name for name in learner.wrong if name in learner.required), "")
    if first not in derivation.leaves or first in derivation.items:
        return lambda mistake: False
    until = derivation.leaves[first]
    right = derivation.steps[until].value
    if not isinstance(right, np.ndarray | float):
        return lambda mistake: False

    def is_ruled_out(mistake: Mistake) -> bool:
        edits = derivation.placed(mistake.edit) if isinstance(mistake, EditedMistake) else None
        changes = _changes(derivation, edits, names) if edits else None
        if changes is None:
            return False
        try:
            value = derivation.rerun(changes, until) if min(changes) <= until else right
        except Exception:
            return False
        return _differ(part, learner.expected[first], to_plain(value), learner.leaves[first])

    return is_ruled_out


def _differ(part: Part, expected: Any, ours: Any, theirs: Any) -> bool:
    """Whether two leaves are certainly other ones; a number may come as an array of one element."""
    wanted, a, b = as_array(expected), as_array(ours), as_array(theirs)
    if wanted is None or a is None or b is None:
        return False
    if wanted.ndim == 0:
        a, b = (x.reshape(()) if x.size == 1 else x for x in (a, b))
    return not agree(a, b, part.rtol, part.atol)


def _changes(
    derivation: Derivation, edits: dict[ast.expr, Edit], controlling: frozenset[str]
) -> dict[int, ast.expr] | None:
    """The expressions that a mistake puts into steps; None where more than their values may be other."""
    new = {expression: rebuilt(expression, [edit]) for expression, edit in edits.items()}
    found = {}
    for number, step in enumerate(derivation.steps):
        expression = new.get(step.expression)
        if expression is not None:
            drawn = any(isinstance(step.before.get(n), np.random.Generator) for n in names_in(expression))
            if drawn or step.place[0] in controlling:
                return None
            found[number] = expression
    return found or None


_PLAIN = (ast.Assign, ast.AnnAssign, ast.For, ast.If, ast.Return, ast.Pass)


@cache
def _controlling(tree: Definition) -> frozenset[str] | None:
    """Variables on which it depends what is computed, and how often; None where more than these decide."""
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node is not tree]
    if not all(isinstance(node, _PLAIN) or _is_text(node) for node in statements):
        return None
    names: set[str] = set()
    for node in statements:
        if isinstance(node, ast.For | ast.If):
            names |= names_in(node.iter if isinstance(node, ast.For) else node.test)
    for _ in statements:  # what these are computed from
        for node in statements:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and names & _assigned(node):
                names |= names_in(node.value)
    return frozenset(names)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _assigned(node: ast.Assign | ast.AnnAssign) -> set[str]:
    """Variables that a statement changes: of ``dZ[L] = ...`` that is dZ."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    indices = {
        id(n) for t in targets for s in ast.walk(t) if isinstance(s, ast.Subscript) for n in ast.walk(s.slice)
    }
    names = (n for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))
    return {name.id for name in names if id(name) not in indices}
