"""What a line of the learner's reads, and what it does with that: seen from its text alone."""

import ast
import re
from collections.abc import Sequence

from mlcourse.feedback.moments import Moment

_CONVERSIONS = {"float", "squeeze", "item", "asarray", "array", "copy", "reshape", "ravel", "flatten"}


def read_in(line: str) -> set[str]:
    """What is read in a line: ``x``, ``self.x``, ``x["key"]``; none where it is but a part of a statement."""
    kinds = ast.Name | ast.Attribute | ast.Subscript
    nodes = [node for statement in _parsed(line) for node in ast.walk(statement)]
    entries = (n for n in nodes if isinstance(n, ast.Subscript) and isinstance(n.slice, ast.Constant))
    roots = {id(entry.value) for entry in entries}  # of d["x"] not the whole of d
    read = (n for n in nodes if isinstance(n, kinds) and isinstance(n.ctx, ast.Load) and id(n) not in roots)
    return {ast.unparse(n) for n in read}


def is_read(name: str, read: set[str]) -> bool:
    """Whether a variable is among what a line reads, itself or with all that is in its dict or list."""
    return name.replace('"', "'") in read or ("[" in name and name.partition("[")[0] in read)


def latest_before(moments: Sequence[Moment], moment: Moment) -> dict[str, Moment]:
    """What the variables of a call held before a line of it, by name: when they got that."""
    return {m.name: m for m in in_this_call(moments, moment)}


def in_this_call(moments: Sequence[Moment], moment: Moment) -> list[Moment]:
    """The moments before one, in the same call of the same function."""
    moments = list(moments)
    before = [m for m in moments[: moments.index(moment)] if m.function == moment.function]
    ends = [n for n, m in enumerate(before) if m.name[:1] in ("", "[")]
    return before[max(ends, default=-1) + 1 :]


def is_loop(moment: Moment) -> bool:
    """Whether a loop, or a comprehension, only gave its variable the next value."""
    if moment.text.startswith("for ") and moment.text.endswith(":"):
        return True
    nodes = [node for statement in _parsed(moment.text) for node in ast.walk(statement)]
    targets = [node.target for node in nodes if isinstance(node, ast.comprehension)]
    return any(isinstance(n, ast.Name) and n.id == moment.name for t in targets for n in ast.walk(t))


def is_constant(line: str) -> bool:
    """Whether it only gives a number a name, ``largest = 0.0``: others may have this value, too."""
    return re.fullmatch(r"\w+\s*=\s*-?[\d.]+(e-?\d+)?", line) is not None


def computes_nothing(line: str) -> bool:
    """Whether a line only hands back what was decided before, ``return 0.0`` or ``return out``."""
    match _parsed(line):
        case [ast.Return(value=ast.Constant() | ast.Name())]:
            return True
    return False


def is_copy(line: str) -> bool:
    """Whether it only gives a value another name: computed it was before."""
    return bool(copied_in(line))


def copied_in(line: str) -> str:
    """What a line only gives another name or type: ``b`` of ``a = b`` and ``return float(b)``; or empty."""
    match _parsed(line):
        case [ast.Assign(targets=[ast.Name() | ast.Attribute()], value=value)] | [ast.Return(value=value)]:
            while value is not None:
                match value:
                    case ast.Name() | ast.Attribute(value=ast.Name()):
                        return ast.unparse(value)
                    case ast.BinOp(ast.Constant(1), ast.Mult(), inner) | ast.BinOp(
                        inner, ast.Mult(), ast.Constant(1)
                    ):
                        value = inner
                    case ast.Call(ast.Name(name), [inner, *_]) if name in _CONVERSIONS:
                        value = inner
                    case ast.Call(ast.Attribute(ast.Name("np" | "numpy"), name), [inner, *_]) if (
                        name in _CONVERSIONS
                    ):
                        value = inner
                    case ast.Call(ast.Attribute(inner, name)) if name in _CONVERSIONS:
                        value = inner
                    case _:
                        return ""
    return ""


def returns_a_formula(moment: Moment) -> bool:
    """Whether a value that was returned comes from arithmetic in that line."""
    match _parsed(moment.text):
        case [ast.Return(value=ast.Tuple(elts=items))] if moment.name[1:-1].isdigit():
            return isinstance(items[int(moment.name[1:-1])], ast.BinOp)
        case [ast.Return(value=ast.BinOp())]:
            return True
    return False


def is_added_up(line: str) -> bool:
    """Whether a line adds to what was there before."""
    match _parsed(line):
        case [ast.AugAssign(op=ast.Add() | ast.Sub())]:
            return True
    return False


def fills(line: str) -> bool:
    """Whether a line gives values to some entries of an array: ``dZ[Z < 0] = 0``."""
    match _parsed(line):
        case [
            ast.Assign(targets=[ast.Subscript(slice=index)])
            | ast.AugAssign(target=ast.Subscript(slice=index))
        ]:
            return not isinstance(index, ast.Constant | ast.JoinedStr)
    return False


def calls(line: str) -> bool:
    """Whether it calls a function that may be the learner's: not one of NumPy's alone."""
    nodes = [node for statement in _parsed(line) for node in ast.walk(statement)]
    called = [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]
    return any(not name.startswith(("np.", "numpy.", "math.")) for name in called)


def plain_name(name: str) -> str:
    """``dW2`` for ``grads["dW2"]``, ``dW[2]`` and ``self.dW2``; empty for a place in what was returned."""
    if name.endswith('"]'):
        return name[:-2].rpartition('["')[2]
    if name.startswith("["):
        return ""
    return re.sub(r"\[(\d+)\]$", r"\1", name.rpartition(".")[2])


def _parsed(line: str) -> list[ast.stmt]:
    try:
        return ast.parse(line).body
    except (SyntaxError, ValueError):
        return []
