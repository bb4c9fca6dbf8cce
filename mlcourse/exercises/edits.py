"""A changed function: replace parts of its syntax tree, compile the result.

An edit names nodes of a function's own tree and what stands in their place. The replacement may hold nodes of
that tree again, and what is in these can be edited at the same time: so two edits of one line compose, unless
one removes what the other changes.
"""

import ast
import linecache
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from types import FunctionType
from typing import Any

from mlcourse.exercises.pytorch import is_deferred

Definition = ast.FunctionDef | ast.ClassDef
Replacement = ast.AST | list[ast.stmt]

_numbers = count(1)


@dataclass(frozen=True, eq=False)
class Edit:
    """Nodes of a function's tree (see `tree_of`), each with what stands in its place.

    Attributes
    ----------
    changes : mapping of node to node or list of statements
        A statement may be replaced by several, or by none (an empty list). Nodes of the tree that occur in a
        replacement are kept, with whatever other edits change in them.
    """

    changes: Mapping[ast.AST, Replacement]


def tree_of(reference: Callable[..., Any]) -> Definition:
    """Syntax tree of a function or class: always the same nodes, not to be modified.

    Line numbers are those of its file.

    Raises
    ------
    ValueError
        If there is no source, or it holds no such ``def`` or ``class``.
    """
    return _tree(reference)


@cache
def _tree(reference: Any) -> Definition:
    functions = _functions_in(reference)
    if not functions:
        raise ValueError(f"{reference!r} is not a function, nor a class with methods, so it cannot be edited")
    # Of a deferred class the function is there that makes it: its tree can be read without PyTorch.
    code, deferred = functions[0].__code__, is_deferred(reference)
    for node in ast.walk(_module(code.co_filename, functions[0])):
        if isinstance(node, Definition) and node.name == reference.__name__:
            lines = {
                d.lineno for n in ast.walk(node) if isinstance(n, Definition) for d in (n, *n.decorator_list)
            }
            if deferred or code.co_firstlineno in lines:
                return node
    raise ValueError(f"there is no source of {reference.__qualname__} in {code.co_filename}")


@cache
def _module(file: str, function: FunctionType) -> ast.Module:
    # linecache asks the module's loader where there is no file: in a zip, or in a notebook.
    return ast.parse("".join(linecache.getlines(file, function.__globals__)))


def _functions_in(reference: Any) -> list[FunctionType]:
    members = vars(reference).values() if isinstance(reference, type) else (reference,)
    functions = (member.__func__ if isinstance(member, staticmethod) else member for member in members)
    return [function for function in functions if isinstance(function, FunctionType)]


def apply(
    reference: Callable[..., Any], edits: Iterable[Edit], with_text: bool = True
) -> Callable[..., Any] | None:
    """Compile a function with some edits made.

    Parameters
    ----------
    reference : function or class
        What is changed.
    edits : iterable of Edit
        The changes.
    with_text : bool
        Whether tracebacks are to show its lines; without them it is made in half the time.

    Returns
    -------
    function, class or None
        With the reference's own globals; None where two edits collide: they replace the same node, or one
        removes what the other changes.
    """
    tree = rebuilt(tree_of(reference), edits)
    return None if tree is None else compiled(reference, tree, with_text)


def rebuilt(node: Any, edits: Iterable[Edit]) -> Any:
    """Tree, or a part of it, with edits made, for reading only; None where they collide."""
    changes: dict[ast.AST, Replacement] = {}
    for edit in edits:
        if changes.keys() & edit.changes.keys():
            return None
        changes |= edit.changes
    rebuilding = _Rebuilding(node, changes)
    tree = rebuilding.copy(node)
    return tree if len(rebuilding.done) == len(changes) else None


@cache
def _parents(root: ast.AST) -> dict[ast.AST, ast.AST | None]:
    """Each node of a tree, with the one that it is part of."""
    pairs = ((child, node) for node in ast.walk(root) for child in ast.iter_child_nodes(node))
    return {root: None, **dict(pairs)}


class _Rebuilding:
    """Changes being made in a tree; what has none of them in it stays as it is, not copied."""

    def __init__(self, root: ast.AST, changes: Mapping[ast.AST, Replacement]) -> None:
        self.changes, self.done = changes, set[ast.AST]()
        self.parents, self.touched = _parents(root), set[ast.AST]()
        for changed in changes:
            node: ast.AST | None = changed
            while node is not None and node not in self.touched:
                self.touched.add(node)
                node = self.parents.get(node)

    def copy(self, node: Any, inside: frozenset[ast.AST] = frozenset()) -> Any:
        """Copy with changes; a list where a node was replaced by one.

        A replacement may hold the node that it replaces, a factor more: those `inside` are left as they are.
        """
        if isinstance(node, list):
            copies = (self.copy(item, inside) for item in node)
            return [item for new in copies for item in (new if isinstance(new, list) else [new])]
        if not isinstance(node, ast.AST) or (node in self.parents and node not in self.touched):
            return node
        if node in self.changes and node not in inside:
            self.done.add(node)
            return self.copy(self.changes[node], inside | {node})
        fields = {name: self.copy(value, inside) for name, value in ast.iter_fields(node)}
        if fields.get("body") == []:
            fields["body"] = [ast.Pass()]
        return ast.copy_location(type(node)(**fields), node)


class _Text:
    """Loader of a text, for tracebacks."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_source(self, name: str) -> str:
        return self.text


def compiled(reference: Callable[..., Any], tree: Definition, with_text: bool = True) -> Callable[..., Any]:
    """Function or class that a changed copy of the reference's tree defines, with the reference's globals."""
    kept = _unchanged_methods(reference, tree)
    if kept:
        body = [item for item in tree.body if getattr(item, "name", "") not in kept]
        tree = ast.copy_location(ast.ClassDef(**{**vars(tree), "body": body or [ast.Pass()]}), tree)
    text = ast.unparse(tree) if with_text else ""
    if not text:
        _locate(tree, tree.lineno, _parents(tree_of(reference)))
    source = text or ast.Module([tree], [])
    # Where the function or class names itself, it means the changed one: hence globals of its own.
    namespace = {**_functions_in(reference)[0].__globals__, "__spec__": None, "__loader__": _Text(text)}
    exec(compile(source, f"edited-{next(_numbers)}/{tree.name}.py", "exec", dont_inherit=True), namespace)
    for name, method in kept.items():
        copy = FunctionType(method.__code__, namespace, name, method.__defaults__)
        copy.__kwdefaults__, copy.__qualname__ = method.__kwdefaults__, method.__qualname__
        setattr(namespace[tree.name], name, copy)
    return namespace[tree.name]


def _locate(node: ast.AST, line: int, located: Mapping[ast.AST, Any]) -> None:
    """Give new nodes a line, as `ast.fix_missing_locations` does; what is the reference's has one."""
    for child in ast.iter_child_nodes(node):
        if child not in located:
            if "lineno" in child._attributes and getattr(child, "end_lineno", None) is None:
                ast.copy_location(child, _AT_ONE)
                child.lineno = child.end_lineno = line  # type: ignore[attr-defined]
            _locate(child, getattr(child, "lineno", line), located)


_AT_ONE = ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)


def _unchanged_methods(reference: Callable[..., Any], tree: Definition) -> dict[str, FunctionType]:
    """Methods that a changed copy of a class's tree has as they were: no need to compile them again."""
    if not isinstance(tree, ast.ClassDef):
        return {}
    before = {id(item) for item in tree_of(reference).body}
    names = [item.name for item in tree.body if isinstance(item, ast.FunctionDef) and id(item) in before]
    found = {name: vars(reference).get(name) for name in names}
    return {
        name: method
        for name, method in found.items()
        if isinstance(method, FunctionType) and not method.__closure__
    }


def assigned(reference: Callable[..., Any]) -> dict[str, list[ast.stmt]]:
    """Statements that assign each variable, in the order of the text.

    A key of a dict counts as a variable (``grads["dW1"] = ...``), and an attribute (``self.dW = ...``).
    """
    found: dict[str, list[ast.stmt]] = {}
    statements = [node for node in ast.walk(tree_of(reference)) if isinstance(node, ast.stmt)]
    for node in sorted(statements, key=lambda node: node.lineno):
        for name in names_assigned(node):
            found.setdefault(name, []).append(node)
    return found


def names_assigned(statement: ast.stmt) -> list[str]:
    """Names of what a statement assigns; empty if it is no assignment."""
    if isinstance(statement, ast.Assign):
        return [name for target in statement.targets for name in _names(target)]
    return _names(statement.target) if isinstance(statement, ast.AugAssign | ast.AnnAssign) else []


def _names(target: ast.expr) -> list[str]:
    match target:
        case ast.Tuple() | ast.List():
            return [name for part in target.elts for name in _names(part)]
        case ast.Subscript(slice=ast.Constant(value=str(key))):
            return [key]
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return [name]
    return []


def same(a: Any, b: Any) -> bool:
    """Whether two trees are the same, wherever they stand."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if not isinstance(a, ast.AST):
        return bool(a == b)
    return all(same(getattr(a, name, None), getattr(b, name, None)) for name in a._fields)
