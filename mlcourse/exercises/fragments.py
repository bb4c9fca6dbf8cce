"""Where fragments of code are in a function, and the smallest edit that puts others in their place."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from textwrap import dedent
from typing import Any, NoReturn

from mlcourse.exercises.edits import Definition, Edit, Replacement, names_assigned, same, tree_of

Nodes = list[ast.AST]


@dataclass(frozen=True)
class Change:
    """Right and wrong fragment, as written; `where` is empty for everywhere, `which` for the only one."""

    where: str
    which: str
    right: str
    wrong: str


def edit_of(reference: Callable[..., Any], changes: Iterable[Change], what: str) -> Edit:
    """Find the fragments in the reference's tree.

    Parameters
    ----------
    reference : function or class
        The right answer.
    changes : iterable of Change
        Fragments as written.
    what : str
        Begins the message if one is not found.

    Raises
    ------
    ValueError
        If a fragment is no Python, is not in the reference, or is there more than once.
    """
    found: dict[ast.AST, Replacement] = {}
    for change in changes:

        def refuse(problem: str, change: Change = change) -> NoReturn:
            place = f" in {change.where}" if change.where else ""
            raise ValueError(f"{what}: {(change.right or change.wrong).strip()!r} {problem}{place}")

        scopes = _scopes(tree_of(reference), change.where)
        if not scopes:
            refuse("cannot be placed: nothing of that name is there")
        try:
            right, wrong = _parsed(change.right), _parsed(change.wrong)
        except SyntaxError as error:
            refuse(f"and what replaces it are not both Python ({error})")
        if not right:
            if not (change.where and len(scopes) == 1 and isinstance(scopes[0], ast.FunctionDef)):
                refuse("replaces nothing: a line marked - is missing, or a function after @@")
            matches: list[Nodes] = [list(scopes[0].body)]
        else:
            if isinstance(right[0], ast.expr) and not (len(wrong) == 1 and isinstance(wrong[0], ast.expr)):
                right = _standing_alone(right[0], scopes)
            matches = [match for scope in scopes for match in _matches(scope, right)]
            matches = [m for k, m in enumerate(matches) if all(m[0] is not n[0] for n in matches[:k])]
        if change.which.isdigit():
            if 0 < len(matches) < int(change.which):
                refuse(f"is not in the reference {change.which} times")
            matches = matches[int(change.which) - 1 : int(change.which)]
        if not matches and _is_argument(tree_of(reference), right):
            refuse("is an argument of a call: write the whole call, before and after")
        if not matches:
            refuse("is not in the reference")
        if len(matches) > 1 and change.which != "every":
            refuse(f"is in the reference {len(matches)} times: say where or which")
        for match in matches:
            if isinstance(match[0], ast.expr) and (len(wrong) != 1 or not isinstance(wrong[0], ast.expr)):
                refuse("is an expression, what replaces it is not")
            statements = isinstance(match[0], ast.stmt)
            found |= _smallest(match, [_as_statement(node) if statements else node for node in wrong])
    return Edit(found)


def _is_argument(tree: Definition, fragment: Nodes) -> bool:
    """Whether a fragment such as ``axis=1``, which alone is an assignment, is passed to some function."""
    match fragment:
        case [ast.Assign(targets=[ast.Name(id=name)], value=value)]:
            keywords = (node for node in ast.walk(tree) if isinstance(node, ast.keyword))
            return any(keyword.arg == name and same(keyword.value, value) for keyword in keywords)
    return False


def _parsed(text: str) -> Nodes:
    """Statements of a fragment; a single expression as such."""
    body = ast.parse(dedent(text)).body
    return [body[0].value] if len(body) == 1 and isinstance(body[0], ast.Expr) else list(body)


def _standing_alone(call: ast.AST, scopes: Nodes) -> Nodes:
    """The statement that is nothing but this expression, ``loss.backward()``; else the expression."""
    statement = _as_statement(call)
    return [statement if any(any(_matches(scope, [statement])) for scope in scopes) else call]


def _scopes(tree: Definition, where: str) -> Nodes:
    """The whole tree, or what bears a name: functions, assigned values, entries of a dict."""
    return list(_by_name(tree).get(where, ())) if where else [tree]


@cache
def _by_name(tree: Definition) -> dict[Any, list[ast.AST]]:
    """What bears a name in a tree: many mistakes are placed in the same one."""
    found: dict[Any, list[ast.AST]] = {}
    for node in ast.walk(tree):
        if isinstance(node, Definition):
            found.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.stmt):
            for name in set(names_assigned(node)):
                found.setdefault(name, []).append(node)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant):
                    found.setdefault(key.value, []).append(value)
    return found


def _matches(scope: ast.AST, fragment: Nodes) -> Iterator[Nodes]:
    """Places of a fragment, in the order of the text."""
    if isinstance(fragment[0], ast.expr):
        alike = _by_type(scope).get(type(fragment[0]), [])
        found: list[ast.AST] = [node for node in alike if same(node, fragment[0])]
        yield from ([node] for node in sorted(found, key=_position))
        return
    # An assignment is itself the scope of what it assigns.
    if len(fragment) == 1 and same(scope, fragment[0]):
        yield [scope]
    for node in ast.walk(scope):
        for _, body in ast.iter_fields(node):
            if isinstance(body, list):
                for start in range(len(body) - len(fragment) + 1):
                    part = body[start : start + len(fragment)]
                    if same(part, fragment):
                        yield part


@cache
def _by_type(scope: ast.AST) -> dict[type, list[ast.AST]]:
    """Nodes of a tree: many fragments are looked for in the same one."""
    found: dict[type, list[ast.AST]] = {}
    for node in ast.walk(scope):
        found.setdefault(type(node), []).append(node)
    return found


def _as_statement(node: ast.AST) -> ast.AST:
    return ast.copy_location(ast.Expr(node), node) if isinstance(node, ast.expr) else node


def _position(node: Any) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _smallest(right: Nodes, wrong: Nodes) -> dict[ast.AST, Replacement]:
    """The same change, of as few nodes as possible: so that others can be made beside it."""
    if len(right) == len(wrong):
        changes: dict[ast.AST, Replacement] = {}
        for a, b in zip(right, wrong, strict=True):
            changes |= {} if same(a, b) else _between(a, b)
        return changes
    kept = [_with_kept(node, right) for node in wrong]
    return {right[0]: kept, **{node: [] for node in right[1:]}}  # type: ignore[dict-item]


def _between(right: ast.AST, wrong: ast.AST) -> dict[ast.AST, Replacement]:
    if type(right) is not type(wrong):
        return {right: _with_kept(wrong, [right])}
    changes: dict[ast.AST, Replacement] = {}
    for name in right._fields:
        a, b = getattr(right, name, None), getattr(wrong, name, None)
        if same(a, b):
            continue
        lists = isinstance(a, list) and isinstance(b, list) and len(a) == len(b)
        pairs: list[tuple[Any, Any]] = list(zip(a, b, strict=True)) if lists else [(a, b)]  # type: ignore[arg-type]
        for x, y in pairs:
            if not (isinstance(x, ast.expr | ast.stmt) and isinstance(y, ast.expr | ast.stmt)):
                return {right: _with_kept(wrong, [right])}
            if not same(x, y):
                changes |= _between(x, y)
    return changes


def _with_kept(wrong: ast.AST, right: Nodes) -> Any:
    """Replacement in which parts that the right fragment has too, once, are the right fragment's own."""
    removed = right[1:]  # as wholes: the first of several statements stands for all that replaces them
    parts: dict[type, Nodes] = {}
    for top in right:
        for part in ast.walk(top):
            if isinstance(part, ast.expr | ast.stmt) and not any(part is gone for gone in removed):
                parts.setdefault(type(part), []).append(part)

    def kept(node: Any) -> Any:
        if isinstance(node, list):
            return [kept(item) for item in node]
        if not isinstance(node, ast.AST) or not node._fields:
            return node
        alike = [part for part in parts.get(type(node), ()) if same(part, node)]
        if len(alike) == 1:
            return alike[0]
        new = type(node)(**{name: kept(value) for name, value in ast.iter_fields(node)})
        return ast.copy_location(new, node)

    return kept(wrong)
