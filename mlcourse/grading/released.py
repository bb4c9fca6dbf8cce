"""The released notebook, as the grader reads it: which cells there are, and which are whose."""

import ast
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import Any

from mlcourse import exercises

HIDDEN_TESTS = re.compile(
    r"^[ \t]*### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS[^\n]*\n?", re.DOTALL | re.MULTILINE
)
"""What nbgrader leaves out of a released cell."""


@dataclass(frozen=True)
class Cell:
    """A cell of the release.

    Attributes
    ----------
    raw : dict
        The cell as nbformat has it.
    grade_id : str
        nbgrader's name for it; empty for cells that nbgrader does not know.
    solution, graded : bool
        Whether the learner writes it; whether it has points.
    points : float
        What it is worth.
    exercise : str
        Id of the exercise that the judge scores in its place; empty if it is to be run as it is.
    functions : tuple of str
        Names of the learner's functions that the exercise is about.
    answered : bool
        Whether the learner wrote something in it; never in the release itself.
    put_back : bool
        Whether it is the release's because the submission has no such cell.
    """

    raw: dict[str, Any]
    grade_id: str = ""
    solution: bool = False
    graded: bool = False
    points: float = 0.0
    exercise: str = ""
    functions: tuple[str, ...] = ()
    answered: bool = False
    put_back: bool = False

    @property
    def code(self) -> bool:
        """Whether it is a code cell."""
        return self.raw["cell_type"] == "code"

    @property
    def source(self) -> str:
        """Its text."""
        return self.raw["source"]

    @property
    def shown(self) -> str:
        """Its text as learners see it, up to blank lines around it."""
        return HIDDEN_TESTS.sub("", self.source).strip()

    @property
    def task(self) -> bool:
        """Whether it is nbgrader's manually graded task, which is answered in cells of the learner's own."""
        return bool(self.raw["metadata"].get("nbgrader", {}).get("task"))

    @property
    def manual(self) -> bool:
        """Whether a person scores it: the learner's own cell, with points."""
        return self.graded and self.solution


@dataclass(frozen=True)
class Release:
    """A released notebook.

    Attributes
    ----------
    notebook : dict
        The notebook as nbformat has it, sources as strings.
    own : str
        Text of the lesson's ``exercises.py``, with exercises of an instructor's own; empty if it has none.
    """

    notebook: dict[str, Any]
    own: str = ""

    @classmethod
    def read(cls, text: str, own: str = "") -> "Release":
        """Read a released notebook.

        Parameters
        ----------
        text : str
            The file's content.
        own : str
            That of the lesson's ``exercises.py``.

        Raises
        ------
        ValueError
            If it is no notebook.
        """
        notebook = json.loads(text)
        if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
            raise ValueError("not a notebook")
        for number, cell in enumerate(notebook["cells"], start=1):
            if not isinstance(cell, dict) or not {"cell_type", "metadata"} <= cell.keys():
                raise ValueError(f"cell {number} is not one of a notebook of format 4")
            source = cell.get("source", "")
            cell["source"] = source if isinstance(source, str) else "".join(source)
        return cls(notebook, own)

    def with_hidden_tests(self, sources: dict[str, str]) -> "Release":
        """Put hidden tests back, which nbgrader leaves out of what it releases.

        Parameters
        ----------
        sources : dict of str to str
            The instructor's locked cells, by grade id.
        """
        cells = [{**cell.raw, "source": sources.get(cell.grade_id, cell.source)} for cell in self.cells]
        return Release(self.notebook | {"cells": cells}, self.own)

    @cached_property
    def cells(self) -> list[Cell]:
        """Its cells, in order."""
        return [_cell(raw, self.own) for raw in self.notebook["cells"]]

    @cached_property
    def requires(self) -> tuple[str, ...]:
        """Modules beyond NumPy that its exercises need."""
        scored = {cell.exercise for cell in self.cells if cell.exercise}
        return tuple(sorted({exercises.get(name, self.own).requires for name in scored} - {""}))

    @property
    def missing(self) -> tuple[str, ...]:
        """Modules that exercises with points need, and that are not installed here."""
        scored = {cell.exercise for cell in self.cells if cell.exercise and cell.points}
        needed = {exercises.get(name, self.own).requires for name in scored} - {""}
        return tuple(sorted(name for name in needed if find_spec(name) is None))

    @cached_property
    def digest(self) -> str:
        """Hash of all that matters in it, for the journal."""
        return hashlib.sha256(json.dumps([self.notebook, self.own], sort_keys=True).encode()).hexdigest()


def _cell(raw: dict[str, Any], own: str) -> Cell:
    nbgrader = raw["metadata"].get("nbgrader", {})
    graded, solution = bool(nbgrader.get("grade")), bool(nbgrader.get("solution"))
    exercise: str = ""
    functions: tuple[str, ...] = ()
    if graded and not solution and raw["cell_type"] == "code":
        exercise, functions = _check(raw["source"], own)
    return Cell(
        raw,
        str(nbgrader.get("grade_id", "")),
        solution or bool(nbgrader.get("task")),
        graded or bool(nbgrader.get("task")),
        float(nbgrader.get("points", 0) or 0),
        exercise,
        functions,
    )


def _check(source: str, own: str) -> tuple[str, tuple[str, ...]]:
    """Read ``check("id", f, g)``; empty if it is anything else, or no exercise that is declared."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return "", ()
    match tree.body:
        case [ast.Expr(ast.Call(ast.Name("check"), [ast.Constant(str(exercise_id)), *arguments], []))] if (
            arguments and all(isinstance(argument, ast.Name) for argument in arguments)
        ):
            names = tuple(argument.id for argument in arguments if isinstance(argument, ast.Name))
            try:
                declared = exercises.get(exercise_id, own)
            except KeyError:
                return "", ()
            if len(names) == len(declared.parts):
                return exercise_id, names
    return "", ()
