"""What a step of the reference could be computed from, and how its expressions are shown to a learner."""

import ast
from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType, NoneType
from typing import Any

import numpy as np

from mlcourse.feedback.derivation import Derivation, Step
from mlcourse.feedback.walker import value_of

_NO_EDITS: Mapping[ast.expr, ast.expr] = MappingProxyType({})


class Scope:
    """What a step could be computed from: the arrays, sizes and numbers that its function has by then."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.arrays: list[tuple[ast.expr, np.ndarray]] = []
        self.numbers: list[tuple[ast.expr, float]] = []
        seen: set[int] = set()
        values = [(name, step.before[name]) for name in sorted(step.local)]
        entries = [
            (ast.Subscript(ast.Name(name, ast.Load()), self._key(key), ast.Load()), item)
            for name, value in values
            if type(value) is dict
            for key, item in value.items()
            if type(key) in (str, int)
        ]
        for node, value in [*((ast.Name(name, ast.Load()), value) for name, value in values), *entries]:
            if isinstance(value, np.ndarray) and id(value) not in seen:
                seen.add(id(value))
                self.arrays.append((node, value))
            elif type(value) is float:
                self.numbers.append((node, value))

    def _key(self, key: str | int) -> ast.expr:
        """A key as it would be written: layers are counted from the one that the step is about."""
        if isinstance(key, int):
            for name in sorted(self.step.reads & self.step.local):
                here = self.step.before[name]
                if type(here) is int and abs(key - here) <= 1:
                    return moved(ast.Name(name, ast.Load()), key - here)
        return ast.Constant(key)

    def value(self, node: ast.expr) -> Any:
        """Value of a name or an entry of a dict; None of anything else."""
        return value_of(node, self.step.before) if is_atom(node) else None

    def neighbours(self, node: ast.expr) -> list[ast.expr]:
        """Other arrays of the shape of this one, other numbers for a number."""
        value = self.value(node)
        if isinstance(value, np.ndarray):
            return [
                other for other, array in self.arrays if array.shape == value.shape and array is not value
            ]
        if type(value) is float:
            return [other for other, number in self.numbers if number != value]
        return self.sizes(value) if type(value) is int and isinstance(node, ast.Name) else []

    def sizes(self, value: int) -> list[ast.expr]:
        """Sizes of the arrays along each axis, one expression for each size that is another one."""
        found: dict[int, ast.expr] = {}
        for node, array in self.arrays:
            for axis, size in enumerate(array.shape):
                if size != value and size not in found:
                    shape = ast.Attribute(node, "shape", ast.Load())
                    found[size] = ast.Subscript(shape, ast.Constant(axis), ast.Load())
        return list(found.values())

    def like(self, shape: tuple[int, ...]) -> list[ast.expr]:
        """Arrays of a shape."""
        return [node for node, array in self.arrays if array.shape == shape]


def is_atom(node: ast.expr) -> bool:
    """Whether it is a variable, or an entry of a dict: something that has a name."""
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and not isinstance(node.slice, ast.Slice | ast.Tuple)
    )


def moved(node: ast.expr, by: int) -> ast.expr:
    """An index so many further."""
    if by == 0:
        return node
    return ast.BinOp(node, ast.Add() if by > 0 else ast.Sub(), ast.Constant(abs(by)))


def shown(
    expression: ast.expr, step: Step, derivation: Derivation, edits: Mapping[ast.expr, ast.expr] = _NO_EDITS
) -> str:
    """An expression in the course's names: ``dZ2 @ A1.T / m`` for ``dZ @ cache[f"A{layer - 1}"].T / m``.

    For a name that only the reference has, there stands what it is computed from.

    Parameters
    ----------
    expression, step, derivation
        The expression, and the step of the reference whose names it is in.
    edits : mapping
        What stands in the place of expressions of earlier steps, where these are written out.
    """
    return ast.unparse(ast.fix_missing_locations(_written_out(expression, step, derivation, edits, 0)))


_DEEPEST = 4


def _written_out(
    expression: ast.expr, step: Step, derivation: Derivation, edits: Mapping[ast.expr, ast.expr], depth: int
) -> ast.expr:
    class Named(ast.NodeTransformer):
        def generic_visit(self, node: ast.AST) -> ast.AST:
            if not isinstance(node, ast.expr) or not is_atom(node):
                return super().generic_visit(node)
            value = value_of(node, step.before)
            name = node.id if isinstance(node, ast.Name) else ""
            if isinstance(value, np.ndarray) and id(value) in derivation.names:
                name = derivation.names[id(value)]
            if name and name not in derivation.known and depth < _DEEPEST:
                made = _maker(derivation, value, step)
                if made is not None:
                    inner = edits.get(made.expression, made.expression)
                    return _written_out(inner, made, derivation, edits, depth + 1)
            return ast.Name(name) if isinstance(value, np.ndarray) and name else node

        visit_Name = visit_Subscript = generic_visit

    written = Named().visit(deepcopy(expression))
    assert isinstance(written, ast.expr)
    return written


def _maker(derivation: Derivation, value: Any, until: Step) -> Step | None:
    """The step before another one that computed this very value."""
    for made in derivation.steps[: derivation.steps.index(until)]:
        if made.value is value and not made.alias and not isinstance(value, bool | int | str | NoneType):
            return made
    return None
