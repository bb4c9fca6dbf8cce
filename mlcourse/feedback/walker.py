"""A function executed statement by statement: each assignment becomes a step that can be computed again.

Loops are unrolled and branches followed.
"""

import ast
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from types import CodeType
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case
from mlcourse.nn.activations import sigmoid

_MOST_STEPS = 400

Place = tuple[str, str | int | None]
"""Where a step's value goes: a variable, and the key where the variable is a dict."""


class NoDerivation(Exception):
    """The reference is not a sequence of assignments, or not called with the case's values alone."""


@dataclass
class Step:
    """One assignment of the reference.

    Attributes
    ----------
    name : str
        What the course calls its value: ``"dZ2"``, also where the reference's variable is ``dZ``.
    expression : ast.expr
        What is assigned; a node of the reference's tree.
    before : dict
        Names and values that it is computed from, the module's own included.
    local : frozenset of str
        Which of these names are the function's.
    value : object
        What came out.
    place : (str, str or int or None)
        Where it is kept.
    reads : frozenset of str
        Names in the expression.
    alias : bool
        Whether it only gives another name to a value that was there.
    """

    name: str
    expression: ast.expr
    before: dict[str, Any]
    local: frozenset[str]
    value: Any
    place: Place
    reads: frozenset[str]
    alias: bool = False

    @cached_property
    def draws(self) -> bool:
        """Whether it reads a random generator."""
        return any(isinstance(self.before.get(name), np.random.Generator) for name in self.reads)

    @property
    def renamed(self) -> bool:
        """Whether the course calls its value otherwise than the reference does in this line."""
        return self.name != name_of(self.place)


class _Returned(Exception):
    pass


class Walker:
    """Executes a function's statements one by one, in a flat namespace."""

    def __init__(self, names: dict[str, Any], tree: Any, arguments: Case) -> None:
        self.globals, self.arguments = {"sigmoid": sigmoid, **names}, arguments
        parameters = [argument.arg for argument in (*tree.args.posonlyargs, *tree.args.args)]
        if len(parameters) < len(arguments) or tree.args.vararg or tree.args.kwonlyargs:
            raise NoDerivation
        self.locals: dict[str, Any] = dict(zip(parameters, arguments.values(), strict=False))
        defaults = dict(zip(parameters[::-1], tree.args.defaults[::-1], strict=False))
        for parameter in parameters[len(arguments) :]:
            if parameter not in defaults:
                raise NoDerivation
            self.locals[parameter] = eval(code_of(defaults[parameter]), {**names})
        self.steps: list[Step] = []
        self.returned: Any = None
        self.leaves: list[tuple[str, Any, int]] = []

    def run(self, body: list[ast.stmt]) -> None:
        """Execute a function's body."""
        with suppress(_Returned):
            self.block(body)

    def block(self, body: list[ast.stmt]) -> None:
        """Execute statements."""
        for statement in body:
            self.statement(statement)

    def value(self, node: ast.expr) -> Any:
        """Value of an expression now."""
        return eval(code_of(node), {**self.globals, **self.locals})

    def statement(self, node: ast.stmt) -> None:
        """Execute one statement."""
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if len(
                targets
            ) == len(values):
                before = dict(self.locals)
                for target, value in zip(targets, values, strict=True):
                    self.assign(target, value, before)
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value):
                self.unpack(targets, value)
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
            ):
                self.assign(target, value, dict(self.locals))
            case ast.AugAssign(target=ast.Name() as target, op=op, value=value):
                self.assign(target, _joined(node, target, op, value), dict(self.locals))
            case ast.For(target=ast.Name(id=name), orelse=[]):
                for item in self.value(node.iter):
                    self.locals[name] = item
                    self.block(node.body)
            case ast.If():
                self.block(node.body if self.value(node.test) else node.orelse)
            case ast.Return(value=ast.expr() as value):
                self.give(value)
                raise _Returned
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case ast.Expr(value=ast.Call(ast.Attribute(ast.Name(name), "append"), [ast.Name(item)], [])) if (
                type(self.locals.get(name)) is list
            ):
                self.locals[name] = [*self.locals[name], self.locals[item]]
            case _:
                raise NoDerivation

    def assign(self, target: ast.expr, value: ast.expr, before: dict[str, Any]) -> None:
        """Make a step."""
        place = self.place(target)
        known = {**self.globals, **before}
        found = eval(code_of(value), known)
        root, key = place
        self.steps.append(
            Step(name_of(place), value, known, frozenset(before), found, place, names_in(value))
        )
        if len(self.steps) > _MOST_STEPS:
            raise NoDerivation
        if key is None:
            self.locals[root] = found
        else:
            self.locals[root] = {**self.locals[root], key: found}

    def unpack(self, targets: list[ast.expr], value: ast.expr) -> None:
        """Give names to inputs, such as the entries of a cache, or to the sizes of an array."""
        match value:
            case ast.Attribute(value=ast.Name(), attr="shape"):  # sizes: each is a step of its own
                before = dict(self.locals)
                if len(targets) != len(self.value(value)):
                    raise NoDerivation
                for target, entry in zip(targets, _entries(value, len(targets)), strict=True):
                    self.assign(target, entry, before)
                return
        given = {id(item) for _, item in inputs_of(self.arguments)}
        items = tuple(self.value(value))
        if len(items) != len(targets) or not all(id(item) in given for item in items):
            raise NoDerivation
        for target, item in zip(targets, items, strict=True):
            self.locals[self.place(target)[0]] = item

    def place(self, target: ast.expr) -> Place:
        """Where an assignment puts its value."""
        match target:
            case ast.Name(id=name):
                return name, None
            case ast.Subscript(value=ast.Name(id=name), slice=key) if type(self.locals.get(name)) is dict:
                found = self.value(key)
                if type(found) in (str, int):
                    return name, found
        raise NoDerivation

    def give(self, node: ast.expr) -> None:
        """Take the returned expression apart; what is computed in it is a step too."""
        self.returned = self.leaf(node)

    def leaf(self, node: ast.expr) -> Any:
        """Value of a part of what is returned; a step of its own where it is computed only there."""
        match node:
            case ast.Tuple(elts=items) | ast.List(elts=items):
                return tuple(self.leaf(item) for item in items)
            case ast.Dict(keys=keys, values=items) if all(key is not None for key in keys):
                found = {}
                for key, item in zip(keys, items, strict=True):
                    found[self.value(key)] = self.leaf(item)  # type: ignore[arg-type]
                return found
            case ast.Name(id=name):
                return self.locals[name]
        name = f"(returned {len(self.steps)})"
        self.assign(ast.Name(name), node, dict(self.locals))
        return self.locals[name]


def name_of(place: Place) -> str:
    """``dW2`` for ``grads["dW2"]`` and for ``dW[2]``."""
    root, key = place
    return root if key is None else key if isinstance(key, str) else f"{root}{key}"


@cache
def _entries(value: ast.expr, number: int) -> list[ast.expr]:
    """``G.shape[0]``, ``G.shape[1]``, ...; always the same nodes."""
    return [
        ast.copy_location(ast.Subscript(value, ast.Constant(place), ast.Load()), value)
        for place in range(number)
    ]


def _joined(node: ast.AST, target: ast.Name, operator: ast.operator, value: ast.expr) -> ast.expr:
    return _joined_once(node, target.id, operator, value)


@cache
def _joined_once(node: ast.AST, name: str, operator: ast.operator, value: ast.expr) -> ast.expr:
    """``a += b`` as the expression ``a + b``; always the same node."""
    return ast.copy_location(ast.BinOp(ast.Name(name, ast.Load()), operator, value), value)


@lru_cache(maxsize=20_000)
def names_in(node: ast.AST) -> frozenset[str]:
    """Names in a tree."""
    return frozenset(item.id for item in ast.walk(node) if isinstance(item, ast.Name))


@lru_cache(maxsize=20_000)
def code_of(node: ast.expr) -> CodeType:
    """Compiled expression, remembered."""
    return _compiled(node)


def value_of(node: ast.expr, names: dict[str, Any]) -> Any:
    """Value of an expression that is asked for once; None where it has none."""
    try:
        return eval(_compiled(node), names)
    except Exception:
        return None


def _compiled(node: ast.expr) -> CodeType:
    _give_lines(node)
    return compile(ast.Expression(node), "<step>", "eval", dont_inherit=True)


_placed: set[ast.AST] = set()
"""Expressions in which every node has a line; variants of an expression share most of what is in it."""
_MOST_PLACED = 100_000


def _give_lines(node: Any) -> None:
    """Give new nodes a line, which `compile` wants; what was gone through once is not again."""
    if node in _placed:
        return
    if getattr(node, "end_lineno", None) is None and "lineno" in node._attributes:
        node.lineno = node.end_lineno = 1
        node.col_offset = node.end_col_offset = 0
    for name in node._fields:
        value = getattr(node, name, None)
        for child in value if isinstance(value, list) else (value,):
            if isinstance(child, ast.AST) and child._fields:
                _give_lines(child)
    if len(_placed) > _MOST_PLACED:
        _placed.clear()
    _placed.add(node)


def inputs_of(case: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Name and value of each array of a case, those of nested dicts included: their very objects."""
    for name, value in case.items():
        if isinstance(value, Mapping):
            yield from inputs_of(value)
        elif isinstance(value, np.ndarray):
            yield name, value
