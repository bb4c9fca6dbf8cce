"""Small changes of an expression that people make: a factor dropped, a transpose, a sign, an axis.

Each rule takes a node and gives what may stand in its place. The first ones are the common ones: two of these
are tried together too.
"""

import ast
from collections.abc import Iterator
from copy import copy
from typing import Any

import numpy as np

from mlcourse.exercises.edits import same
from mlcourse.feedback.scope import Scope, is_atom, moved
from mlcourse.feedback.walker import value_of

_ELSEWHERE = {
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "sum": ("mean",),
    "mean": ("sum",),
    "max": ("min", "sum"),
    "min": ("max",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "exp": ("log",),
    "log": ("exp", "log2"),
    "sqrt": ("square",),
    "tanh": ("sin",),
    "cos": ("sin",),
    "sin": ("cos",),
    "sigmoid": ("np.tanh", "relu"),
    "relu": ("np.tanh", "sigmoid"),
}
_COMPARISONS = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
}


def common(node: ast.expr, scope: Scope) -> list[ast.expr]:
    """The common changes, of the expression or of a part of it."""
    return [*_everywhere(node, scope, _common)]


def rare(node: ast.expr, scope: Scope) -> list[ast.expr]:
    """All other changes."""
    return [*_everywhere(node, scope, _rare), *_with_a_slope(node, scope)]


def _everywhere(node: ast.expr, scope: Scope, rule: Any) -> Iterator[ast.expr]:
    yield from rule(node, scope)
    if is_atom(node):
        return
    for name, value in ast.iter_fields(node):
        if name in ("func", "slice"):
            continue
        if isinstance(value, ast.expr):
            for new in _everywhere(value, scope, rule):
                yield _with(node, **{name: new})
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, ast.expr):
                    for new in _everywhere(item, scope, rule):
                        yield _with(node, **{name: [*value[:index], new, *value[index + 1 :]]})
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and not _is_module(node.func.value)
    ):
        for new in _everywhere(node.func.value, scope, rule):  # a method, such as dZ.sum(axis=1)
            yield _with(node, func=_with(node.func, value=new))


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "math")


def _with(node: Any, **fields: Any) -> Any:
    changed = copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _common(node: Any, scope: Scope) -> Iterator[ast.expr]:
    match node:
        case ast.BinOp(left, ast.Mult(), right):
            yield from (left, right)
            yield ast.BinOp(left, ast.MatMult(), right)
        case ast.BinOp(left, ast.MatMult(), right):
            yield from (left, right)
            yield ast.BinOp(left, ast.Mult(), right)
            yield ast.BinOp(right, ast.MatMult(), left)
        case ast.BinOp(left, ast.Div(), right):
            yield left
            yield ast.BinOp(node, ast.Div(), right)
            yield ast.BinOp(left, ast.Mult(), right)
        case ast.BinOp(left, ast.Add(), right):
            yield from (left, right)
            yield ast.BinOp(left, ast.Sub(), right)
        case ast.BinOp(left, ast.Sub(), right):
            yield from (left, right)
            yield ast.BinOp(left, ast.Add(), right)
            yield ast.BinOp(right, ast.Sub(), left)
        case ast.BinOp(left, ast.Pow(), _):
            yield left
        case ast.UnaryOp(ast.USub(), operand):
            yield operand
        case ast.Attribute(value, "T"):
            yield value
        case ast.Compare(left, [operator], [_]):
            for other in _COMPARISONS.get(type(operator), ()):
                yield _with(node, ops=[other()])
        case ast.Call(func, args, keywords):
            yield from _calls(node, func, args, keywords)
    if is_atom(node):
        yield from scope.neighbours(node)


def _calls(
    node: ast.Call, func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]
) -> Iterator[ast.expr]:
    if isinstance(func, ast.Attribute) and not _is_module(func.value):
        yield func.value
    for index in range(len(args)):
        if not isinstance(args[index], ast.Constant):
            yield args[index]
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    for other in _ELSEWHERE.get(name, ()):
        if isinstance(func, ast.Attribute) and "." not in other:
            yield _with(node, func=_with(func, attr=other))
        else:
            yield _with(node, func=ast.parse(other, mode="eval").body)
    for index, keyword in enumerate(keywords):
        without = [*keywords[:index], *keywords[index + 1 :]]
        yield _with(node, keywords=without)
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
            turned = ast.keyword("axis", ast.Constant(0 if keyword.value.value == 1 else 1))
            yield _with(node, keywords=[turned, *without])
    if len(keywords) == 2:  # axis and keepdims: np.sum(dZ)
        yield _with(node, keywords=[])


def _rare(node: Any, scope: Scope) -> Iterator[ast.expr]:
    yield from _other_brackets(node)
    yield from _some_examples(node, scope)
    match node:
        case ast.BinOp(left, ast.Mult(), right):
            yield ast.BinOp(node, ast.Mult(), right)
            yield ast.BinOp(ast.BinOp(left, ast.Mult(), left), ast.Mult(), right)
            if not same(right, ast.BinOp(ast.Constant(1), ast.Sub(), left)):  # nothing would be left of it
                yield ast.BinOp(left, ast.Add(), right)
            yield ast.BinOp(left, ast.Div(), right)
            for factor, other in ((left, right), (right, left)):
                for slope in _slopes_for(factor, scope):
                    yield ast.BinOp(other, ast.Mult(), slope)
            match left:
                case ast.BinOp(first, ast.Mult(), second):  # dy * y * (1 - y), in which y * (1 - y) is one
                    for slope in _slopes_for(ast.BinOp(second, ast.Mult(), right), scope):
                        yield ast.BinOp(first, ast.Mult(), slope)
        case ast.BinOp(left, ast.MatMult(), right):
            yield ast.BinOp(ast.Attribute(left, "T", ast.Load()), ast.MatMult(), right)
            yield ast.BinOp(left, ast.MatMult(), ast.Attribute(right, "T", ast.Load()))
            yield ast.Attribute(node, "T", ast.Load())
        case ast.BinOp(left, ast.Div(), right):
            yield right
            yield ast.BinOp(right, ast.Div(), left)
            yield ast.BinOp(left, ast.Div(), ast.BinOp(right, ast.Pow(), ast.Constant(2)))
        case ast.BinOp(left, ast.Sub(), right):
            yield ast.UnaryOp(ast.USub(), right)
            yield ast.BinOp(node, ast.Pow(), ast.Constant(2))
            yield ast.Call(ast.parse("np.abs", mode="eval").body, [node], [])
        case ast.BinOp(left, ast.Add(), right):
            yield ast.BinOp(right, ast.Sub(), left)
            yield ast.BinOp(left, ast.Mult(), right)
        case ast.BinOp(left, ast.Pow(), ast.Constant(int(n))):
            yield ast.BinOp(ast.Constant(n), ast.Mult(), left)
        case ast.Constant(int() | float() as constant) if type(constant) is not bool:
            for near in dict.fromkeys((constant + 1, constant - 1, 2 * constant)):
                if near != constant:
                    yield ast.Constant(near)
        case ast.Subscript(ast.Attribute(owner, "shape"), ast.Constant(int(axis))):
            yield _with(node, slice=ast.Constant(1 - axis))
            here = scope.value(owner)
            if isinstance(here, np.ndarray) and axis < here.ndim:
                yield from scope.sizes(here.shape[axis])
        case ast.Subscript(ast.Name(name), ast.JoinedStr(values)):
            yield from _other_entries(node, values)
        case ast.Subscript(ast.Name(name), ast.Name() | ast.BinOp() as key):
            for by in (1, -1):
                yield _with(node, slice=moved(key, by))
            for neighbour in sorted(scope.step.local - {name}):
                if type(scope.step.before[neighbour]) is dict:
                    yield _with(node, value=ast.Name(neighbour, ast.Load()))
    if isinstance(scope.value(node), np.ndarray) and not isinstance(node, ast.Constant):
        yield ast.Call(ast.parse("np.abs", mode="eval").body, [node], [])
        yield ast.BinOp(ast.Constant(1), ast.Sub(), node)
        yield ast.Attribute(node, "T", ast.Load())


def _other_brackets(node: ast.expr) -> Iterator[ast.expr]:
    """``a - b * c`` for ``(a - b) * c``, and the other way round."""
    match node:
        case ast.BinOp(ast.BinOp(a, first, b), second, c) if _binds(first) != _binds(second):
            yield ast.BinOp(a, first, ast.BinOp(b, second, c))
        case ast.BinOp(a, first, ast.BinOp(b, second, c)) if _binds(first) != _binds(second) or (
            isinstance(first, ast.Div)
        ):
            yield ast.BinOp(ast.BinOp(a, first, b), second, c)


def _binds(operator: ast.operator) -> int:
    return 0 if isinstance(operator, ast.Add | ast.Sub) else 2 if isinstance(operator, ast.Pow) else 1


def _some_examples(node: Any, scope: Scope) -> Iterator[ast.expr]:
    """The last example alone, the first alone, all but one of them: a loop that sets or ends too soon."""
    factors: tuple[ast.expr, ...]
    match node:
        case ast.BinOp(left, ast.MatMult(), ast.Attribute(right, "T")):
            factors, place = (left, right), ":, {}"
        case ast.BinOp(ast.Attribute(left, "T"), ast.MatMult(), right):
            factors, place = (left, right), "{}"
        case ast.Call(ast.Attribute(_, "sum"), [array], [ast.keyword("axis", ast.Constant(1)), _]):
            factors, place = (array,), ":, {}"
        case _:
            return
    if not all(isinstance(scope.value(factor), np.ndarray) for factor in factors):
        return
    for part in ("-1:", ":1", ":-1", "1:"):
        index = ast.parse(f"x[{place.format(part)}]", mode="eval").body.slice  # type: ignore[attr-defined]
        cut = [ast.Subscript(factor, index, ast.Load()) for factor in factors]
        match node:
            case ast.BinOp(left, operator, ast.Attribute(_, "T")):
                yield ast.BinOp(cut[0], operator, ast.Attribute(cut[1], "T", ast.Load()))
            case ast.BinOp(ast.Attribute(), operator, _):
                yield ast.BinOp(ast.Attribute(cut[0], "T", ast.Load()), operator, cut[1])
            case _:
                yield _with(node, args=cut)


def _other_entries(node: ast.Subscript, values: list[ast.expr]) -> Iterator[ast.expr]:
    """``cache[f"A{layer}"]``: another letter, a layer off by one."""
    if len(values) == 2 and isinstance(values[0], ast.Constant) and isinstance(values[1], ast.FormattedValue):
        for letter in {"A": "Z", "Z": "A"}.get(str(values[0].value), ""):
            yield _with(node, slice=ast.JoinedStr([ast.Constant(letter), values[1]]))
        for step in (ast.Add(), ast.Sub()):
            moved = _with(values[1], value=ast.BinOp(values[1].value, step, ast.Constant(1)))
            yield _with(node, slice=ast.JoinedStr([values[0], moved]))


def _slopes_for(factor: ast.expr, scope: Scope) -> Iterator[ast.expr]:
    """Slopes of other activations in the place of a factor."""
    shape = _shape(factor, scope)
    if shape and not is_atom(factor):
        for array in scope.like(shape):
            yield from _slopes(array)


def _with_a_slope(node: ast.expr, scope: Scope) -> Iterator[ast.expr]:
    """The whole, times the slope of an activation."""
    shape = np.shape(scope.step.value)
    if len(shape) == 2:
        for array in scope.like(shape):
            for slope in _slopes(array):
                yield ast.BinOp(node, ast.Mult(), slope)
                yield ast.BinOp(node, ast.Add(), slope)


def _slopes(array: ast.expr) -> Iterator[ast.expr]:
    one = ast.Constant(1)
    yield array
    yield ast.Compare(array, [ast.Gt()], [ast.Constant(0)])
    yield ast.BinOp(array, ast.Mult(), ast.BinOp(one, ast.Sub(), array))
    yield ast.BinOp(one, ast.Sub(), ast.BinOp(array, ast.Pow(), ast.Constant(2)))
    sigmoid = ast.Call(ast.Name("sigmoid", ast.Load()), [array], [])
    yield ast.BinOp(sigmoid, ast.Mult(), ast.BinOp(one, ast.Sub(), sigmoid))


def _shape(node: ast.expr, scope: Scope) -> tuple[int, ...]:
    return tuple(np.shape(value_of(node, scope.step.before)))
