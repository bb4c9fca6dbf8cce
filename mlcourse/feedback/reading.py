"""What a line of the learner's reads, and what it does with that: seen from its text alone."""

import ast
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from mlcourse.feedback.moments import Moment

_FORMS = {"array", "asarray", "atleast_1d", "atleast_2d", "copy", "deepcopy", "float", "float64", "item"}
_FORMS |= {"flatten", "ravel", "reshape", "squeeze", "tolist"}


def latest_before(moments: Sequence[Moment], moment: Moment) -> dict[str, Moment]:
    """What the variables of a call held before a line of it, by name: when they got that."""
    moments = list(moments)
    before = moments[: moments.index(moment)]
    return {m.name: m for m in before if (m.into or m.call) == moment.call and m.name[:1] not in ("", "[")}


def is_loop(moment: Moment) -> bool:
    """Whether a loop, or a comprehension, only gave its variable the next value."""
    if moment.text.startswith("for ") and (moment.text.endswith(":") or not moment.statement):
        return True
    nodes = ast.walk(_tree(moment.statement))
    targets = [node.target for node in nodes if isinstance(node, ast.comprehension)]
    return any(isinstance(n, ast.Name) and n.id == moment.name for t in targets for n in ast.walk(t))


def is_constant(line: str) -> bool:
    """Whether it only gives a number a name, ``largest = 0.0``: others may have this value, too."""
    return re.fullmatch(r"\w+\s*=\s*-?[\d.]+(e-?\d+)?", line) is not None


def computes_nothing(moment: Moment) -> bool:
    """Whether a line only gives back what was decided before, ``return 0.0``."""
    match _tree(moment.statement).body:
        case [ast.Return(value=ast.Constant())]:
            return True
    return False


def names_what_it_sets(moment: Moment) -> bool:
    """Whether a line speaks of the variable that it set; else something else set it, such as a thread."""
    if moment.into:  # the name is the function's that it was handed to
        return True
    variable = re.match(r"\w*", moment.name)
    text = f"{moment.text} {moment.statement}"
    return not variable or re.search(rf"\b{variable[0]}\b", text) is not None or text.endswith("...")


def is_copy(moment: Moment) -> bool:
    """Whether a line only hands a value on, at most in another form: computed it was before."""
    return bool(handed_on(moment))


def read_by(moments: Sequence[Moment], moment: Moment) -> list[Moment]:
    """What a line reads, as far as that was watched: of its call, an object, the function around it."""
    own = latest_before(moments, moment)
    for earlier in list(moments)[: list(moments).index(moment)]:
        name, around = earlier.name, moment.function.startswith(f"{earlier.function}.<locals>")
        outside = "." in name or around or (not earlier.function and "<" in moment.function)
        if name not in own and outside and not earlier.into and name[:1] not in ("", "["):
            own[name] = earlier
    found = [held for name, held in own.items() if reads(moment, name) and not is_loop(held)]
    if moment.into or not calls(moment):
        return found
    called = _called_in(moments, moment)
    given = [m for m in moments if m.call in called and not m.into and m.name[:1] in ("", "[")]
    # What it gave as it is, is known to be its call's.
    handed = {m.call for m in given if np.array_equal(m.value, moment.value)}
    return found + [m for m in given if m.call not in handed]


def given_by_a_call(moments: Sequence[Moment], moment: Moment) -> Moment | None:
    """When a function that a line calls computed what the line takes as it is."""
    called = _called_in(moments, moment) if not moment.into and calls(moment) else set()
    inside = (m for m in moments if m.call in called and not m.into)
    return next((m for m in inside if np.array_equal(m.value, moment.value)), None)


def _called_in(moments: Sequence[Moment], moment: Moment) -> set[int]:
    return {m.into for m in moments if m.into and (m.call, m.line) == (moment.call, moment.line)}


def reads(moment: Moment, name: str) -> bool:
    """Whether a line reads a variable: ``x``, ``self.x``, ``x["key"]``; or changes it in place."""
    changed = moment.name if changes_in_place(moment) else ""
    return any(
        name == read or (whole and name.startswith(f"{read}["))
        for read, whole in _read_in(moment.statement, moment.name, changed)
    )


@lru_cache(maxsize=2000)
def _read_in(statement: str, name: str, changed: str) -> tuple[tuple[str, bool], ...]:
    """What is read for a variable, or a place in what is returned; and whether all that is in it may be."""
    found = [(changed, False)] if changed else []
    waiting: list[ast.AST] = [_expression(statement, name) or _tree(statement)]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Subscript(ctx=ast.Load(), slice=ast.Constant()):
                found.append((ast.unparse(node).replace("'", '"'), False))
            case ast.Subscript(ctx=ast.Store()):
                waiting.append(node.slice)
            case ast.Attribute(ctx=ast.Load()):
                found.append((ast.unparse(node), True))
                waiting.append(node.value)
            case ast.Name(ctx=ast.Load()):
                found.append((node.id, True))
            case _:
                waiting += ast.iter_child_nodes(node)
    return tuple(found)


def changes_in_place(moment: Moment) -> ast.operator | ast.Subscript | None:
    """The operator of ``x += y``, the place in ``x[k] = y``; None where a variable is set anew."""
    match _tree(moment.statement).body:
        case [ast.AugAssign(target=ast.Name() | ast.Attribute(), op=op)]:
            return op
        case [ast.AugAssign(target=ast.Subscript() as target, op=op)]:
            return op if _same(target, moment.name) else target
        case [ast.Assign(targets=[ast.Subscript() as target])] if not _same(target, moment.name):
            return target
    return None


def handed_on(moment: Moment) -> str:
    """The name of what a line only hands on, at most in another form; empty where it computes something."""
    node = None if moment.into else _expression(moment.statement, moment.name)
    while node is not None:
        match node:
            case ast.Name() | ast.Attribute() | ast.Subscript(slice=ast.Constant() | ast.JoinedStr()):
                return ast.unparse(node)
            case ast.Call(func=ast.Name(id=form), args=[inner, *_]) if form in _FORMS:
                node = inner
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="np" | "numpy" | "copy"), attr=form), args=[inner, *_]
            ):
                node = inner if form in _FORMS else None
            case ast.Call(func=ast.Attribute(value=inner, attr=form)):
                node = inner if form in _FORMS else None
            case ast.BinOp(ast.Constant(value=1), ast.Mult(), inner):
                node = inner
            case ast.BinOp(inner, ast.Mult() | ast.Div(), ast.Constant(value=1)):
                node = inner
            case _:
                node = None
    return ""


def returns_a_formula(moment: Moment) -> bool:
    """Whether a value that was returned comes from arithmetic in that line."""
    return moment.statement.startswith("return") and isinstance(
        _expression(moment.statement, moment.name), ast.BinOp
    )


def goes_two_ways(moment: Moment) -> bool:
    """Whether a line computes one thing or another, ``a if top else b``."""
    return any(isinstance(node, ast.IfExp) for node in ast.walk(_tree(moment.statement)))


def calls(moment: Moment) -> bool:
    """Whether a line calls a function that may be the learner's: not one of NumPy's alone."""
    called = [ast.unparse(n.func) for n in ast.walk(_tree(moment.statement)) if isinstance(n, ast.Call)]
    return any(not name.startswith(("np.", "numpy.", "math.")) for name in called)


def plain_name(name: str) -> str:
    """``dW2`` for ``grads["dW2"]``, ``dW[2]`` and ``self.dW2``; empty for a place in what was returned."""
    if name.endswith('"]'):
        return name[:-2].rpartition('["')[2]
    if name.startswith("["):
        return ""
    return re.sub(r"\[(\d+)\]$", r"\1", name.rpartition(".")[2])


def _expression(statement: str, name: str) -> ast.expr | None:
    """What is assigned to this variable, or returned in this place."""
    match _tree(statement).body:
        case [ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values))] if len(
            targets
        ) == len(values):
            return next((v for t, v in zip(targets, values, strict=True) if _same(t, name)), None)
        case [ast.Assign(targets=[ast.Subscript() as target], value=value)] if not _same(target, name):
            return None
        case [ast.Assign(value=value) | ast.Return(value=ast.expr() as value)]:
            return _entry(value, name)
    return None


def _entry(node: ast.expr, name: str) -> ast.expr | None:
    """What stands in the place of this name in a display of a tuple, a list or a dict; else the whole."""
    key = re.search(r"""\[(\d+|".*")\]$""", name)
    match node:
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return items[int(key[1])] if key and key[1].isdigit() and int(key[1]) < len(items) else None
        case ast.Dict(keys=keys, values=values):
            wanted = key[1].strip('"') if key else ""
            pairs = zip(keys, values, strict=True)
            return next((v for k, v in pairs if isinstance(k, ast.Constant) and k.value == wanted), None)
        case ast.Call(func=ast.Name(id="dict"), keywords=items):
            wanted = key[1].strip('"') if key else ""
            return next((item.value for item in items if item.arg == wanted), None)
    return node


def _same(target: ast.expr, name: str) -> bool:
    return ast.unparse(target).replace("'", '"') == name


@lru_cache(maxsize=1000)
def _tree(statement: str) -> ast.Module:
    try:
        return ast.parse(statement)
    except (SyntaxError, ValueError):
        return ast.Module([], [])
