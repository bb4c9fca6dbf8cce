"""Flag solutions that call the course package: it holds, to be read and used, what they are asked to write.

The flag is for a person to look at. It follows names through imports, assignments and functions; somebody who
hides the call well enough is not found.
"""

import ast
import re
from collections.abc import Iterable

from mlcourse.grading.released import Cell, Release

_PACKAGE = "mlcourse"
_FREE = {"check", "progress"}
_DEEPEST = 150
"""Levels of a syntax tree that are looked through; programs written by people have some 20."""
_TOO_DEEP = ast.Module([], [])
"""Stands for a program that is nested more deeply."""
_NAMED = re.compile(r"`(\w+(?:\.\w+)+)`")


def calls_of_the_course(release: Release, cells: Iterable[Cell]) -> list[str]:
    """Return a flag for each solution in which something of the course package is used.

    What the statement of an exercise names, such as `nn.sigmoid`, may be used in its solution.

    Parameters
    ----------
    release : Release
        What was handed out; its own cells import from the package.
    cells : iterable of Cell
        The rebuilt submission.
    """
    released = {cell.source for cell in release.cells if cell.solution}
    asked = {name for cell in release.cells for name in cell.functions}
    named = _named(release)
    trees = [
        (cell, _without(_parse(cell.source), named.get(cell.grade_id, frozenset())))
        for cell in cells
        if cell.code and not cell.exercise
    ]
    # What the lesson itself gives may use the package: learners are meant to call it.
    given = {
        name
        for cell in release.cells
        if cell.code and not cell.solution
        for name in _defined(_parse(cell.source))
    }
    tainted: set[str] = set()
    before = -1
    while len(tainted) != before:  # a name may be used above the line that gives it
        before = len(tainted)
        for _, tree in trees:
            tainted |= _tainted_by(tree, tainted) - given
    flags = []
    for cell, tree in trees:
        own = cell.solution or (not cell.grade_id and asked & _defined(tree))
        if own and cell.source not in released and _uses(tree, tainted):
            flags.append(f"calls the course package: {cell.grade_id or 'own cell'}")
        if tree is _TOO_DEEP:
            flags.append(f"nested too deeply to be looked through: {cell.grade_id or 'own cell'}")
    return list(dict.fromkeys(flags))


def _parse(source: str) -> ast.Module:
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
    return _TOO_DEEP if _depth(tree) > _DEEPEST else tree


def _depth(tree: ast.Module) -> int:
    depth, level = 0, list[ast.AST]([tree])
    while level:
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


def _named(release: Release) -> dict[str, frozenset[str]]:
    """What the statement of each exercise names, by the grade id of its solution."""
    found, names = {}, frozenset[str]()
    for cell in release.cells:
        if cell.code:
            if cell.solution:
                found[cell.grade_id] = names
            names = frozenset()
        else:
            _, heading, statement = f"\n{cell.source}".rpartition("\n### ")
            before = frozenset() if heading else names  # above the heading the lesson speaks
            names = before | frozenset(_NAMED.findall(statement))
    return found


def _without(tree: ast.Module, names: frozenset[str]) -> ast.Module:
    """The program, with a number in place of each of these names."""

    class Without(ast.NodeTransformer):
        def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
            return ast.Constant(0) if _dotted(node) in names else self.generic_visit(node)

    return Without().visit(tree) if names else tree


def _dotted(node: ast.AST) -> str:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _tainted_by(tree: ast.Module, tainted: set[str]) -> set[str]:
    """Names that a cell gives, at its top level, to something of the package (not to a call's result)."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {
                alias.asname or alias.name.split(".")[0] for alias in node.names if _of_package(node, alias)
            }
        elif (
            isinstance(node, ast.Assign)
            and not isinstance(node.value, ast.Call)
            and _uses(node.value, tainted)
        ):
            found |= {
                name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
            }
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and _uses(node, tainted):
            found.add(node.name)
    return found - _FREE


def _of_package(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> bool:
    module = (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
    return module.split(".")[0] == _PACKAGE and alias.name not in _FREE


def _uses(tree: ast.AST, tainted: set[str]) -> bool:
    if isinstance(tree, ast.FunctionDef | ast.Lambda):
        tainted = tainted - _own_names(tree)
    if isinstance(tree, ast.Name) and isinstance(tree.ctx, ast.Load) and tree.id in tainted:
        return True
    if isinstance(tree, ast.Import | ast.ImportFrom) and any(_of_package(tree, name) for name in tree.names):
        return True
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str) and f"{_PACKAGE}." in tree.value:
        return True
    return any(_uses(child, tainted) for child in ast.iter_child_nodes(tree))


def _own_names(function: ast.FunctionDef | ast.Lambda) -> set[str]:
    """Names that a function gives itself; a name of the notebook that is the same is not meant by them."""
    names = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    stored = (node for node in ast.walk(function) if isinstance(node, ast.Name))
    return names | {node.id for node in stored if isinstance(node.ctx, ast.Store)}


def _defined(tree: ast.Module) -> set[str]:
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
