"""Flag submissions whose solutions are the same program: same syntax, whatever the names and the layout.

Short exercises leave little room to differ, so only whole submissions are compared, and not those that equal
what was released. The flag is for a person to look at.
"""

import ast
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from mlcourse.grading.released import Cell, Release

_SHORTEST = 150
"""Nodes of a syntax tree below which equality says nothing."""


def fingerprint(release: Release, cells: Iterable[Cell]) -> str | None:
    """Return a hash of the solutions' normalised trees; None if there is too little to compare.

    Parameters
    ----------
    release : Release
        What was handed out.
    cells : iterable of Cell
        The rebuilt submission.
    """
    released = {cell.source for cell in release.cells}
    shapes = [
        _shape(cell.source) for cell in cells if cell.solution and cell.code and cell.source not in released
    ]
    if sum(shape.count("(") for shape in shapes) < _SHORTEST:
        return None
    return hashlib.sha256("\n".join(shapes).encode()).hexdigest()


def similar(fingerprints: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return for each student those others whose submission is the same program.

    Parameters
    ----------
    fingerprints : mapping of str to str or None
        Each student's, from `fingerprint`.
    """
    groups = defaultdict(list)
    for student, value in sorted(fingerprints.items()):
        if value:
            groups[value].append(student)
    return {
        student: [other for other in group if other != student]
        for group in groups.values()
        if len(group) > 1
        for student in group
    }


def _shape(source: str) -> str:
    """Write a syntax tree with names numbered by first use, without docstrings and annotations."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    numbers: dict[str, str] = {}

    def number(name: str) -> str:
        return numbers.setdefault(name, f"n{len(numbers)}")

    for node in ast.walk(tree):  # first, or the names in annotations take numbers
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            node.name = number(node.name)
            if ast.get_docstring(node) is not None:
                node.body = node.body[1:] or [ast.Pass()]
        elif isinstance(node, ast.Name):
            node.id = number(node.id)
        elif isinstance(node, ast.arg):
            node.arg = number(node.arg)
        elif isinstance(node, ast.alias):
            node.asname = number(node.asname or node.name)
    try:
        return ast.dump(tree)
    except RecursionError:
        return ""
