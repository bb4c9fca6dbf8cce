"""Lines of the class's graded notebooks: an example of a mistake, and two programs side by side."""

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mlcourse import exercises
from mlcourse.grading.classroom import Classroom
from mlcourse.grading.released import Release
from mlcourse.grading.similarity import hashed

_LONGEST = 120
_MOST_LINES = 300

Side = list[tuple[str, bool]]
"""Lines of a program, and whether each is in the other one as well."""


class Sources:
    """What the learners of a class wrote.

    Parameters
    ----------
    classroom : Classroom
        The course.
    assignment : str
        Which lesson.
    """

    def __init__(self, classroom: Classroom, assignment: str) -> None:
        self._classroom, self._assignment = classroom, assignment
        released = classroom.releases(assignment).values()
        self._released = {cell.source for release in released for cell in release.cells}
        self._given = {
            found
            for release in released
            for cell in release.cells
            if cell.code
            for found, _, _ in hashed(cell.source)
        }
        self.program = cache(self._program)

    def line(self, student: str, exercise: str, variable: str) -> str:
        """Find a line in which a student computes a variable.

        Parameters
        ----------
        student, exercise : str
            Ids.
        variable : str
            Such as ``"dW1"``.

        Returns
        -------
        str
            The line, without comments and texts, which may hold a name; empty if there is none.
        """
        try:
            functions = exercises.get(exercise).functions
            tree = ast.parse(self.program(student))
        except (KeyError, SyntaxError, ValueError, RecursionError, MemoryError):
            return ""
        asked = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in functions
        ]
        lines = [text for node in asked for text in _computing(node, variable)]
        # A function that computes one thing often gives it no name.
        lines = lines or [
            text for node in asked if isinstance(node, ast.FunctionDef) for text in _returned(node)
        ]
        return lines[-1] if lines else ""

    def beside(self, first: str, second: str) -> tuple[Side, Side]:
        """Return the programs of two students, marked where they are the same."""
        programs = self.program(first), self.program(second)
        known = [{found for found, _, _ in hashed(program)} for program in programs]
        common = (known[0] & known[1]) - self._given
        return _marked(programs[0], common), _marked(programs[1], common)

    def _program(self, student: str) -> str:
        """All that a student wrote, cell after cell."""
        cells = [
            cell.source
            for release in self._graded(student)
            for cell in release.cells
            if cell.code and cell.source not in self._released
        ]
        return "\n\n\n".join(source.strip("\n") for source in cells if _parses(source))

    def _graded(self, student: str) -> Iterator[Release]:
        for path in sorted(Path(self._classroom.autograded(self._assignment, student)).glob("*.ipynb")):
            try:
                yield Release.read(path.read_text(encoding="utf-8"))
            except (OSError, ValueError, KeyError, TypeError, AttributeError, json.JSONDecodeError):
                continue


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _computing(function: ast.AST, variable: str) -> Iterator[str]:
    """Yield statements of a function that give a variable its value, as text."""
    wanted = _plain(variable)
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[target], value=value) | ast.AugAssign(target=target, value=value):
                if _plain(_named(target)) == wanted:
                    yield from _anonymous(node)
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant) and _plain(str(key.value)) == wanted:
                        name = ast.Name(variable, ast.Store())
                        if not isinstance(value, ast.Name):
                            yield from _anonymous(ast.Assign([name], value, lineno=0))
            case ast.keyword(arg=str(name), value=value) if _plain(name) == wanted:
                if not isinstance(value, ast.Name):
                    yield from _anonymous(ast.Assign([ast.Name(name, ast.Store())], value, lineno=0))


def _returned(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.BinOp | ast.Call | ast.UnaryOp):
            yield from _anonymous(node)


def _named(target: ast.AST) -> str:
    """What a target is called: a name, a key, an attribute."""
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    return ""


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _anonymous(node: ast.AST) -> Iterator[str]:
    texts = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
    if not any(isinstance(text, str | bytes) and len(text) > 20 for text in texts):
        text = ast.unparse(node)
        if "\n" not in text and len(text) <= _LONGEST:
            yield text


def _marked(program: str, common: set[str]) -> Side:
    marked = {
        number
        for found, _, (first, last) in hashed(program)
        if found in common
        for number in range(first, last + 1)
    }
    lines = program.split("\n")[:_MOST_LINES]
    return [(line, number in marked) for number, line in enumerate(lines, start=1)]
