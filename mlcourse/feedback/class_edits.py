"""What a class computes, where no known mistake explains it: the one small change of the reference that does.

A class has no steps that could be computed again alone: each change is compiled and run like the learner's.
"""

import ast
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.exercises.edits import Edit, apply, same, tree_of
from mlcourse.feedback.answers import Answer
from mlcourse.feedback.compare import agree
from mlcourse.feedback.form import FormError, form, split
from mlcourse.feedback.returned import Run
from mlcourse.feedback.rules import common
from mlcourse.feedback.run import compute

MOST_CHANGES = 90
_LONGEST = 48
"""Letters of a statement that is told as a whole."""


class _Method:
    """What is known of a method without values: which of its objects may be taken for another."""

    def __init__(self, method: ast.FunctionDef) -> None:
        self.objects = [argument.arg for argument in method.args.args if argument.arg in ("self", "other")]

    def neighbours(self, node: ast.expr) -> list[ast.expr]:
        name = getattr(node, "id", "")
        others = [other for other in self.objects if other != name]
        return [ast.Name(other, ast.Load()) for other in others] if name in self.objects else []


def change_of_class(part: Part, runs: Sequence[Run], name: str) -> str:
    """Look for the change that gives the learner's outputs on all inputs; empty if there is not exactly one.

    Parameters
    ----------
    part, runs
        What was asked, and the cases that went wrong, two at least.
    name : str
        The first wrong output.

    Returns
    -------
    str
        A sentence with what comes out so, and the line of the reference.
    """
    if not isinstance(part.reference, type) or len(runs) < 2:
        return ""
    found = []
    for method, statement, old, new in islice(_changes(part.reference), MOST_CHANGES):
        changed = apply(part.reference, [Edit({old: new})], with_text=False)
        if changed is not None and all(_gives(part, changed, run) for run in runs):
            found.append((method, *_shown(statement, old, new)))
    if len(found) != 1:
        return ""
    method, wrong, right = found[0]
    return f"Your `{name}` is what comes out with `{wrong}` in {method}; the formula is `{right}`."


def _changes(reference: type) -> Iterator[tuple[str, ast.stmt, ast.expr, ast.expr]]:
    for method in tree_of(reference).body:
        if not isinstance(method, ast.FunctionDef) or method.name == "__init__":
            continue
        for statement in ast.walk(method):
            if isinstance(statement, ast.Assign | ast.AugAssign | ast.Return) and statement.value is not None:
                for new in common(statement.value, _Method(method)):  # type: ignore[arg-type]
                    if not same(new, statement.value):
                        yield method.name, statement, statement.value, new


def _gives(part: Part, changed: Any, run: Run) -> bool:
    """Whether a changed class has the learner's outputs in a case, all of them."""
    first, theirs = part.narrowed(run.case, run.first), run.seen.answer.returned
    if first is not run.case:
        found = _computed(part, changed, first).returned
        if found is None or not agree(found, {key: theirs[key] for key in found}, part.rtol, part.atol):
            return False
    answer = _computed(part, changed, run.case)
    if answer.failure:
        return False
    try:
        leaves = split(form(part, run.case), answer.returned)
    except FormError:
        return False
    return all(
        key in leaves
        and key in run.seen.leaves
        and agree(leaves[key], run.seen.leaves[key], part.rtol, part.atol)
        for key in run.seen.required
    )


def _computed(part: Part, changed: Any, case: Case) -> Answer:
    with np.errstate(all="ignore"):
        return compute(part.drive, changed, case)


def _shown(statement: ast.stmt, old: ast.expr, new: ast.expr) -> tuple[str, str]:
    """A statement with another expression and as it is, without self; of a long one what differs."""
    texts = [_text(statement, expression) for expression in (new, old)]
    while max(map(len, texts)) > _LONGEST:
        pairs = [
            (a, b)
            for a, b in zip(ast.iter_child_nodes(old), ast.iter_child_nodes(new), strict=False)
            if isinstance(a, ast.expr) and isinstance(b, ast.expr) and not same(a, b)
        ]
        if len(pairs) != 1:
            break
        old, new = pairs[0]
        texts = [_plain(node) for node in (new, old)]
    return texts[0], texts[1]


def _text(statement: ast.stmt, expression: ast.expr) -> str:
    fields = dict(ast.iter_fields(statement)) | {"value": expression}
    changed = ast.copy_location(type(statement)(**fields), statement)
    return _plain(changed)


def _plain(node: ast.AST) -> str:
    """As text; without self where there is no other object that it could be confused with."""
    text = ast.unparse(ast.fix_missing_locations(node))
    return text if "other." in text else text.replace("self.", "")
