"""Flag submissions that have much in common that hardly anybody else has, whatever the names and the order.

Learners of one lesson write the same formulas, so being alike says nothing by itself. Each statement is
hashed without the learner's own names and without the order of what may be exchanged; those of the release
are taken out, and what counts as evidence is only what few others of the class have written. The flag is for
a person to look at, never a verdict.
"""

import ast
import builtins
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from mlcourse.grading.released import Cell, Release

_SMALLEST = 6
"""Nodes of a statement below which everybody writes it, as ``m = Y.shape[1]`` without its names."""
_MOST_STATEMENTS = 2000
_EVIDENCE = 60
"""Nodes that two must have in common and hardly anybody else: about four statements of a usual length."""
_SHARE = 0.8
"""Of the smaller of the two programs, how much must be in common."""
_RING = 4
"""How many may have a statement before it stops being evidence; in a large class one in eight."""
_MOST_PAIRS = 500
_MOST_KEPT = 4_000
"""Characters of a cell whose hashes are kept."""

Statements = dict[str, int]
"""Nodes of a program's statements, by hash: twice the same one counts twice."""


@dataclass(frozen=True)
class Pair:
    """Two submissions that are alike.

    Attributes
    ----------
    students : tuple of (str, str)
        Their ids, sorted.
    share : float
        How much of the smaller program is in the other one as well, from 0 to 1.
    evidence : int
        Nodes that they share with hardly anybody else.
    """

    students: tuple[str, str]
    share: float
    evidence: int


def statements(release: Release, cells: Iterable[Cell]) -> Statements:
    """Hash the statements of a submission that are not the release's own.

    Parameters
    ----------
    release : Release
        What was handed out.
    cells : iterable of Cell
        The rebuilt submission.
    """
    released = {cell.source for cell in release.cells}
    given = {found for cell in release.cells if cell.code for found, _, _ in hashed(cell.source)}
    own: Counter[str] = Counter()
    for cell in cells:
        if cell.code and cell.source not in released:
            for found, nodes, _ in hashed(cell.source):
                if found not in given:
                    own[found] += nodes
    return dict(own.most_common(_MOST_STATEMENTS))


def similar(programs: Mapping[str, Statements]) -> list[Pair]:
    """Return the pairs that are alike, the most evidence first.

    Parameters
    ----------
    programs : mapping of str to Statements
        Each student's, from `statements`.
    """
    writers: dict[str, list[str]] = defaultdict(list)
    for student, program in sorted(programs.items()):
        for found in program:
            writers[found].append(student)
    few = max(_RING, len(programs) // 8)
    evidence: Counter[tuple[str, str]] = Counter()
    for found, students in writers.items():
        if len(students) <= few:
            for first, second in combinations(students, 2):
                evidence[first, second] += min(programs[first][found], programs[second][found])
    pairs: list[Pair] = []
    for (first, second), nodes in evidence.most_common():
        if nodes < _EVIDENCE or len(pairs) == _MOST_PAIRS:
            break
        share = _common(programs[first], programs[second])
        if share >= _SHARE:
            pairs.append(Pair((first, second), share, nodes))
    return pairs


def hashed(source: str) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Yield each statement of a program: its hash, its nodes, and its first and last line.

    Parameters
    ----------
    source : str
        Any text; what is no program has no statements.
    """
    yield from _hashed(source) if len(source) <= _MOST_KEPT else _hashed.__wrapped__(source)


@lru_cache(maxsize=256)
def _hashed(source: str) -> list[tuple[str, int, tuple[int, int]]]:
    """Hash it once: most cells are those of the release, the same in each submission of a class."""
    found = []
    try:
        for statement in _statements(ast.parse(source).body):
            found.append(statement)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return found


def _statements(body: list[ast.stmt]) -> Iterator[tuple[str, int, tuple[int, int]]]:
    for statement in body:
        inner = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody", "handlers")]
        lines = (statement.lineno, statement.end_lineno or statement.lineno)
        if any(inner):
            for part in inner:
                for child in part:
                    yield from _statements(child.body if isinstance(child, ast.ExceptHandler) else [child])
        elif not _is_ordinary(statement):
            shape, nodes = _shape(statement)
            if nodes >= _SMALLEST:
                yield hashlib.sha256(shape.encode()).hexdigest()[:16], nodes, lines


def _is_ordinary(statement: ast.stmt) -> bool:
    """Whether it is an import or a docstring."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass)


def _shape(node: ast.AST) -> tuple[str, int]:
    """Write a syntax tree without the learner's names and without exchangeable order; count its nodes."""
    match node:
        case ast.Name(id=name):
            return (name if hasattr(builtins, name) else "_"), 1
        case ast.AugAssign(target=target, op=operator, value=value):
            # a += b is written a = a + b as well
            left = ast.BinOp(left=target, op=operator, right=value)
            return _shape(ast.Assign(targets=[target], value=left))
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            return _shape(ast.Assign(targets=[target], value=value))
        case ast.Compare(left=left, ops=[ast.Gt() | ast.GtE() as operator], comparators=[right]):
            turned = ast.Lt() if isinstance(operator, ast.Gt) else ast.LtE()
            return _shape(ast.Compare(left=right, ops=[turned], comparators=[left]))
    parts, nodes = [type(node).__name__], 1
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.expr_context) or name in ("type_comment", "kind"):
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, ast.AST):
                shape, inside = _shape(item)
                parts.append(shape)
                nodes += inside
            else:
                parts.append(repr(item))
        parts.append(";")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mult):
        parts.sort()
    elif isinstance(node, ast.Dict) and None not in node.keys:
        entries = sorted(
            _shape(key)[0] + _shape(value)[0]
            for key, value in zip(node.keys, node.values, strict=True)
            if key
        )
        parts = ["Dict", *entries]
    elif isinstance(node, ast.Call):
        return _call(node)
    return f"({' '.join(parts)})", nodes


def _call(node: ast.Call) -> tuple[str, int]:
    """Write a call with its keywords sorted: ``dict(a=1, b=2)``."""
    shapes = [_shape(part) for part in (node.func, *node.args)]
    named = sorted((keyword.arg or "**", _shape(keyword.value)) for keyword in node.keywords)
    words = [shape for shape, _ in shapes] + [f"{name}={shape}" for name, (shape, _) in named]
    nodes = 1 + sum(count for _, count in shapes) + sum(count for _, (_, count) in named)
    return f"(Call {' '.join(words)})", nodes


def _common(first: Statements, second: Statements) -> float:
    """Of the smaller program, how much is in the other."""
    nodes = sum(min(count, second.get(found, 0)) for found, count in first.items())
    smaller = min(sum(first.values()), sum(second.values()))
    return nodes / smaller if smaller else 0.0
