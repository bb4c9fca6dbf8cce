"""The reference taken apart into steps, on one case: what is computed from what, in which order.

Loops are unrolled and branches followed, so each step is one assignment with the values that it started from.
A step can be computed again with another expression or from other values, and what follows from it too: so a
mistake is tried in microseconds, without compiling or running the whole function.
"""

import ast
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.exercises.edits import Edit, tree_of
from mlcourse.feedback.form import form, names, order
from mlcourse.feedback.plain import copied
from mlcourse.feedback.walker import NoDerivation, Place, Step, Walker, code_of, inputs_of

__all__ = ["Derivation", "Given", "NoDerivation", "Step", "derive"]


@dataclass(frozen=True, eq=False)
class Given:
    """A value that stands for what a step computes."""

    value: Any


@dataclass
class Derivation:
    """Steps of the reference on one case.

    Attributes
    ----------
    steps : list of Step
        In the order in which they are computed.
    names : dict
        What the course calls a value, by its identity.
    leaves : dict of str to int
        Number of the step that computes each leaf of the answer, or a step between of that name.
    items : dict of str to list of int
        Numbers of the steps that compute the entries of a leaf that is a list.
    known : frozenset of str
        Names that a learner knows: inputs, outputs, and what occurs in the formulas.
    """

    steps: list[Step] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    leaves: dict[str, int] = field(default_factory=dict)
    items: dict[str, list[int]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    _upstream: dict[int, list[int]] = field(default_factory=dict)

    def replayed(self, edits: Mapping[int, ast.expr | Given], until: int) -> Any:
        """Value of the step `until`, if some before it, or itself, had other expressions, or other values.

        Parameters
        ----------
        edits : mapping of int to ast.expr or Given
            Numbers of steps, and what is assigned in them.
        until : int
            Number of the step that is asked for.
        """
        return self._recomputed(edits, until, self.upstream(until))

    def rerun(self, edits: Mapping[int, ast.expr], until: int) -> Any:
        """As `replayed`, where what is assigned may read what no step did before: slower."""
        return self._recomputed(edits, until, range(until + 1))

    def _recomputed(self, edits: Mapping[int, ast.expr | Given], until: int, numbers: Sequence[int]) -> Any:
        dirty: dict[Place, Any] = {}
        for number in numbers[bisect_left(numbers, min(edits)) :]:
            step = self.steps[number]
            expression = edits.get(number)
            if expression is not None or any(root in step.reads for root, _ in dirty):
                if isinstance(expression, Given):
                    value = expression.value
                elif step.draws:
                    raise NoDerivation  # what was drawn is not drawn again
                else:
                    value = _evaluated(code_of(expression or step.expression), step.before, dirty)
                if number == until:
                    return value
                dirty[step.place] = value
            else:
                dirty.pop(step.place, None)
        return self.steps[until].value

    @cached_property
    def _inside(self) -> dict[ast.AST, ast.expr]:
        steps = (step for step in self.steps if not step.alias)
        return {node: step.expression for step in steps for node in ast.walk(step.expression)}

    def placed(self, edit: Edit) -> dict[ast.expr, Edit] | None:
        """An edit of the reference, by the expressions of steps that it changes; None if it changes more."""
        changes: dict[ast.expr, dict[ast.AST, Any]] = {}
        if not all(node in self._inside for node in edit.changes):
            return None
        for node, replacement in edit.changes.items():
            changes.setdefault(self._inside[node], {})[node] = replacement
        return {expression: Edit(change) for expression, change in changes.items()}

    def upstream(self, number: int) -> list[int]:
        """Numbers of the steps that this one is computed from, directly or not, itself included."""
        if number not in self._upstream:
            self._upstream[number] = self._found_upstream(number)
        return self._upstream[number]

    def _found_upstream(self, number: int) -> list[int]:
        needed, wanted = [number], set(self.steps[number].reads)
        for earlier in range(number - 1, -1, -1):
            step = self.steps[earlier]
            if step.place[0] in wanted and _still_there(self.steps, earlier, needed):
                needed.append(earlier)
                wanted |= step.reads
        return needed[::-1]


def _still_there(steps: list[Step], earlier: int, needed: list[int]) -> bool:
    """Whether a needed step finds the value of an earlier one where that put it."""
    root, key = steps[earlier].place
    for later in needed:
        found = steps[later].before.get(root)
        if key is not None:
            found = found.get(key) if isinstance(found, dict) else None
        if found is steps[earlier].value and root in steps[later].reads:
            return True
    return False


class Derivations:
    """Steps of the reference on each of some cases, taken apart when they are first asked for."""

    def __init__(self, part: Part, cases: Sequence[Case]) -> None:
        self.part, self.cases = part, cases
        self._made: dict[int, Derivation | None] = {}

    def __getitem__(self, number: int) -> Derivation:
        """Those on the case of this number.

        Raises
        ------
        NoDerivation
            If it cannot be taken apart so.
        """
        if number not in self._made:
            self._made[number] = None
            self._made[number] = derive(self.part, self.cases[number])
        found = self._made[number]
        if found is None:
            raise NoDerivation
        return found


_DRIVES = ("call", "with_generator", "train_network")
"""Those that call the function once with the case's values, or with a generator in the place of the seed."""


def derive(part: Part, case: Case) -> Derivation:
    """Run the reference on a case, step after step.

    Raises
    ------
    NoDerivation
        If it cannot be taken apart so.
    """
    if part.drive not in _DRIVES or isinstance(part.reference, type):
        raise NoDerivation
    try:
        tree = tree_of(part.reference)
    except (ValueError, OSError) as error:
        raise NoDerivation from error
    arguments = copied(case)
    if part.drive != "call":
        arguments["seed"] = np.random.default_rng(arguments["seed"])
    walker = Walker(part.reference.__globals__, tree, arguments)  # type: ignore[attr-defined]
    with np.errstate(all="ignore"):
        try:
            walker.run(tree.body)
        except NoDerivation:
            raise
        except Exception as error:
            raise NoDerivation from error
    return _named(part, case, walker)


def _evaluated(code: CodeType, before: dict[str, Any], dirty: Mapping[Place, Any]) -> Any:
    """Value of an expression where some of the names that it reads have other values."""
    other: dict[str, Any] = {}
    for (root, key), value in dirty.items():
        other[root] = value if key is None else {**other.get(root, before.get(root, {})), key: value}
    if any(isinstance(constant, CodeType) for constant in code.co_consts):
        return eval(code, {**before, **other})  # a comprehension sees global names alone
    return eval(code, before, other)


def _named(part: Part, case: Case, walker: Walker) -> Derivation:
    """Give steps and inputs the course's names."""
    found, shape = Derivation(walker.steps), form(part, case)
    known = {*order(part, case, names(shape))}
    words = re.findall(
        r"[A-Za-z_]\w*",
        " ".join([*part.formulas, *part.formulas.values(), *part.shapes, *part.shapes.values()]),
    )
    found.known = frozenset(known.union(words, case, (name for name, _ in inputs_of(case))))
    returned = list(_split(shape, walker.returned))
    given = {id(value): name for name, value in inputs_of(walker.arguments)}
    answers = [name for name, _ in returned]
    better: dict[int, str] = {}
    for name, value in returned:  # of two names of one value that which is computed first
        if name.isidentifier():
            better.setdefault(id(value), name)
    for step in found.steps:
        if step.name in known:
            better.setdefault(id(step.value), step.name)
    for number, step in enumerate(found.steps):
        step.alias = id(step.value) in given or any(s.value is step.value for s in found.steps[:number])
        if isinstance(step.value, np.ndarray):
            if step.name not in answers:  # one value may be several answers, each of a name of its own
                step.name = better.get(id(step.value)) or given.get(id(step.value)) or step.name
            found.names.setdefault(id(step.value), step.name)
        if not step.alias and step.name in known:
            found.leaves[step.name] = number
    found.names |= given
    for name, value in returned:
        if type(value) is list:
            items = [n for n, step in enumerate(found.steps) if any(step.value is item for item in value)]
            found.items[name] = items
            continue
        made = [number for number, step in enumerate(found.steps) if step.value is value]
        if made:
            so_called = [number for number in made if found.steps[number].name == name]
            found.leaves[name] = [*so_called, *made][0]
            if not isinstance(value, np.ndarray) and name.isidentifier() and not so_called:
                found.steps[made[0]].name = name
    return found


def _split(shape: Any, value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(shape, str):
        return [(shape, value)]
    if isinstance(shape, Mapping):
        if not isinstance(value, Mapping):
            return []
        return [pair for key, item in shape.items() if key in value for pair in _split(item, value[key])]
    if not isinstance(value, tuple | list) or len(value) != len(shape):
        return []
    return [pair for item, theirs in zip(shape, value, strict=True) for pair in _split(item, theirs)]
