"""Small changes of a function, made without knowing what it computes."""

import ast
from collections.abc import Callable, Iterator
from typing import Any

from mlcourse.exercises.edits import Edit, apply, tree_of

OTHER = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div, ast.Add],
    ast.Div: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.GtE: [ast.Gt, ast.LtE],
    ast.LtE: [ast.Lt, ast.GtE],
    ast.Eq: [ast.NotEq],
    ast.BitOr: [ast.BitAnd],
    ast.BitAnd: [ast.BitOr],
}


def mutants(reference: Callable[..., Any]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each with one operator, one number, one sign, one operand or one statement changed or left out.

    Yields
    ------
    str, callable
        What was changed, and the changed function or class.
    """
    tree = tree_of(reference)
    kinds = {part for node in ast.walk(tree) for part in _annotation(node)}
    for node in (node for node in ast.walk(tree) if node not in kinds):
        for new in _replacements(node):
            edit = Edit({node: new})
            changed = apply(reference, [edit])
            assert changed is not None
            words = "left out" if isinstance(new, list) else ast.unparse(ast.fix_missing_locations(new))
            yield f"{ast.unparse(node)}  ->  {words}", changed


def _annotation(node: ast.AST) -> Iterator[ast.AST]:
    """Parts of the type that is written beside an argument, a variable or a function."""
    for name in ("annotation", "returns"):
        found = getattr(node, name, None)
        yield from ast.walk(found) if isinstance(found, ast.AST) else ()


def _replacements(node: ast.AST) -> Iterator[Any]:
    match node:
        case ast.BinOp():
            for other in OTHER.get(type(node.op), []):
                yield ast.BinOp(node.left, other(), node.right)
            yield node.left
            yield node.right
        case ast.Compare(ops=[operation]):
            for other in OTHER.get(type(operation), []):
                yield ast.Compare(node.left, [other()], node.comparators)
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            yield node.operand
        case ast.Attribute(attr="T"):
            yield node.value
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(-value if value else -1)
        case ast.Assign() | ast.AugAssign() | ast.For():
            yield []
