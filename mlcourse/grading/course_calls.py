"""Flag solutions that call the course package: it holds, to be read and used, what they are asked to write.

The flag is for a person to look at. It follows names through imports, assignments and functions; somebody who
hides the call well enough is not found.
"""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from mlcourse.grading.released import Cell, Release

_PACKAGE = "mlcourse"
_FREE_TO_CALL = {"check", "progress"}
_DEEPEST = 150
"""Levels of a syntax tree that are looked through; programs written by people have some 20."""
_MOST_TEXT = 300_000
"""Characters of a program that is looked through; an honest notebook has some ten thousand."""
_MOST_PARSED = 100_000
"""Characters of a cell that is parsed: what is longer is data, or is there to keep the class waiting."""
_MOST_KEPT = 4_000
"""Characters of a cell whose tree is kept: a tree is some hundred times as large."""
_MOST_ROUNDS = 12
"""Names given to names given to names ... that are followed."""
_TOO_DEEP = ast.Module([], [])
"""Stands for a program that is nested more deeply."""
_MENTIONED = re.compile(rf"{_PACKAGE}(?:[./\\\n]|$)")
"""In a text: a module of the package, its file, or its name alone, as `importlib` and `pickle` take it."""
_NAMED = re.compile(r"`(\w+(?:\.\w+)+)`")


def calls_of_the_course(
    release: Release, cells: Sequence[Cell], files: Mapping[str, bytes] | None = None
) -> list[str]:
    """Return a flag for each solution in which something of the course package is used.

    What the statement of an exercise names, such as `nn.sigmoid`, may be used in its solution.

    Parameters
    ----------
    release : Release
        What was handed out; its own cells import from the package.
    cells : sequence of Cell
        The rebuilt submission.
    files : mapping of str to bytes, optional
        What else was handed in: modules are looked through too.
    """
    if too_long(cells):
        return ["too long to be looked through for calls of the course package"]
    released = {cell.source for cell in release.cells if cell.solution}
    asked = {name for cell in release.cells for name in cell.functions}
    trees = _trees(release, cells)
    tainted = _course_names(release, [tree for _, tree in trees])
    flags = []
    for cell, tree in trees:
        own = cell.solution or (not cell.grade_id and asked & _bound(tree))
        if own and cell.source not in released and uses_the_course(tree, tainted):
            flags.append(f"calls the course package: {cell.grade_id or 'own cell'}")
        if tree is _TOO_DEEP:
            flags.append(f"nested too deeply to be looked through: {cell.grade_id or 'own cell'}")
    for place, content in (files or {}).items():
        if place.endswith(".py") and len(content) <= _MOST_TEXT:
            tree = parse(content.decode("utf-8", errors="replace"))
            if uses_the_course(tree, set().union(*(_tainted_by(node, set()) for node in tree.body))):
                flags.append(f"calls the course package: {place[:80]}")
    return list(dict.fromkeys(flags))


def too_long(cells: Iterable[Cell]) -> bool:
    """Whether there is more program than is looked through; what is not parsed does not count.

    Parameters
    ----------
    cells : iterable of Cell
        The rebuilt submission.
    """
    sizes = (len(cell.source) for cell in cells if cell.code)
    return sum(size for size in sizes if size <= _MOST_PARSED) > _MOST_TEXT


def course_names(release: Release, cells: Sequence[Cell]) -> set[str]:
    """Names of a notebook that lead to something of the course package.

    Parameters
    ----------
    release, cells
        As for `calls_of_the_course`.
    """
    if too_long(cells):
        return set()
    return _course_names(release, [tree for _, tree in _trees(release, cells)])


def _trees(release: Release, cells: Sequence[Cell]) -> list[tuple[Cell, ast.Module]]:
    named = _named(release)
    return [
        (cell, _without(cell.source, named.get(cell.grade_id, frozenset())))
        for cell in cells
        if cell.code and not cell.exercise
    ]


def _course_names(release: Release, trees: Sequence[ast.Module]) -> set[str]:
    # What the lesson gives or makes with the package, as `train, test = ...`, learners are meant to use.
    given, made = set(), set()
    for cell in release.cells:
        if cell.code and not cell.solution:
            given |= defined_names(cell.source)
            made |= {ast.dump(node) for node in parse(cell.source).body if type(node) is ast.Assign}
    own = [n for tree in trees for n in tree.body if type(n) is not ast.Assign or ast.dump(n) not in made]
    statements = [(node, _loaded(node)) for node in own]
    tainted: set[str] = set()
    for _ in range(_MOST_ROUNDS):  # a name may be used above the line that gives it
        before = len(tainted)
        for node, loaded in statements:
            if loaded is None or not loaded.isdisjoint(tainted):
                tainted |= _tainted_by(node, tainted) - given
        if len(tainted) == before:
            break
    return tainted


def parse(source: str) -> ast.Module:
    """Read a cell's program, IPython's own lines left out; empty if it is none.

    The tree belongs to others too, and is not to be changed.

    Parameters
    ----------
    source : str
        Anything.
    """
    if len(source) > _MOST_PARSED:
        return ast.Module([], [])
    return (_parsed if len(source) <= _MOST_KEPT else _parsed.__wrapped__)(source)


@lru_cache(maxsize=256)
def _parsed(source: str) -> ast.Module:
    """Read it once: most cells are those of the release, the same in each submission of a class."""
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n")]
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
    return _TOO_DEEP if _depth(tree) > _DEEPEST else tree


def defined_names(source: str) -> set[str]:
    """Functions and classes that a cell defines.

    Parameters
    ----------
    source : str
        The cell's text.
    """
    return {
        node.name
        for node in parse(source).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


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


def _without(source: str, names: frozenset[str]) -> ast.Module:
    """The program, with a number in place of each of these names."""

    class Without(ast.NodeTransformer):
        def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
            return ast.Constant(0) if _dotted(node) in names else self.generic_visit(node)

    tree = parse(source)
    there = names and any(_dotted(n) in names for n in ast.walk(tree) if isinstance(n, ast.Attribute))
    if there and len(source) <= _MOST_KEPT:  # it belongs to others too; a copy takes four times as long
        tree = _parsed.__wrapped__(source)
    return Without().visit(tree) if there else tree


def _dotted(node: ast.AST) -> str:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _loaded(statement: ast.stmt) -> set[str] | None:
    """Names that are read in a statement; None if it has what `uses_the_course` looks for besides names."""
    found = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom) or (
            isinstance(node, ast.Constant) and _mentions(node)
        ):
            return None
    return found


def _tainted_by(node: ast.stmt, tainted: set[str]) -> set[str]:
    """Names that a cell's statement gives to something of the package (not to a call's result)."""
    found = set()
    if isinstance(node, ast.Import | ast.ImportFrom):
        found = {alias.asname or alias.name.split(".")[0] for alias in node.names if _of_package(node, alias)}
    elif (
        isinstance(node, ast.Assign)
        and not isinstance(node.value, ast.Call)
        and uses_the_course(node.value, tainted)
    ):
        found = {
            name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
        }
    elif isinstance(node, ast.FunctionDef | ast.ClassDef) and uses_the_course(node, tainted):
        found = {node.name}
    return found - _FREE_TO_CALL


def _of_package(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> bool:
    module = (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
    return module.split(".")[0] == _PACKAGE and alias.name not in _FREE_TO_CALL


def uses_the_course(tree: ast.AST, tainted: set[str]) -> bool:
    """Say whether a piece of a program uses the course package.

    Parameters
    ----------
    tree : ast.AST
        The piece.
    tainted : set of str
        Names that lead to the package.
    """
    if isinstance(tree, ast.FunctionDef | ast.Lambda):
        tainted = tainted - _own_names(tree)
    if isinstance(tree, ast.Name) and isinstance(tree.ctx, ast.Load) and tree.id in tainted:
        return True
    if isinstance(tree, ast.Import | ast.ImportFrom) and any(_of_package(tree, name) for name in tree.names):
        return True
    if isinstance(tree, ast.Constant) and _mentions(tree):
        return True
    return any(uses_the_course(child, tainted) for child in ast.iter_child_nodes(tree))


def _mentions(constant: ast.Constant) -> bool:
    text = constant.value.decode("latin-1") if isinstance(constant.value, bytes) else constant.value
    return isinstance(text, str) and _MENTIONED.search(text) is not None


def _own_names(function: ast.FunctionDef | ast.Lambda) -> set[str]:
    """Names that a function gives itself; a name of the notebook that is the same is not meant by them."""
    names = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    stored = (node for node in ast.walk(function) if isinstance(node, ast.Name))
    return names | {node.id for node in stored if isinstance(node.ctx, ast.Store)}


def bound_names(source: str) -> set[str]:
    """Names that a cell gives a value at its top level.

    Parameters
    ----------
    source : str
        The cell's text.
    """
    return _bound(parse(source))


def _bound(tree: ast.Module) -> set[str]:
    found = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
        else:
            stored = (inner for inner in ast.walk(node) if isinstance(inner, ast.Name))
            found |= {name.id for name in stored if isinstance(name.ctx, ast.Store)}
    return found
