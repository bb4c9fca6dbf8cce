"""A learner's own functions from an earlier lesson, for a later lesson to build on."""

import json
import linecache
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from mlcourse import exercises
from mlcourse.feedback.checking import judge
from mlcourse.feedback.traces import EARLIER


def earlier_work(lesson: str) -> dict[str, Callable[..., Any]]:
    """Functions that the learner wrote in an earlier lesson, those whose check is all right.

    They are read from the saved notebook of that lesson, in the folder beside that of the open one. Only its
    exercises' cells are run, each by itself, with ``np`` at hand.

    Parameters
    ----------
    lesson : str
        Its folder, such as ``"02-two-layer-network"``.

    Returns
    -------
    dict of str to callable
        By their names; empty where there is no such notebook, or nothing in it is solved.
    """
    path = Path("..") / lesson / f"{lesson}.ipynb"
    space: dict[str, Any] = {"np": np, "__name__": "earlier_work"}
    for number, source in enumerate(_exercises_of(path), start=1):
        # A name under which its lines are found (those of the file are the notebook's JSON), and by which
        # no card blames it: it is right.
        name = f"{EARLIER}, {lesson}, cell {number}>"
        linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
        with suppress(Exception):  # a cell that fails there is no work to build on here
            exec(compile(source, name, "exec"), space)
    return {
        name: space[name]
        for exercise in exercises.of_lesson(lesson)
        if all(name in space for name in exercise.functions)
        and judge(exercise.id, tuple(space[name] for name in exercise.functions))[0].passed
        for name in exercise.functions
    }


def _exercises_of(path: Path) -> list[str]:
    """Source of each cell that nbgrader marks as a solution's; none where the file is no notebook."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [
            "".join(cell["source"])
            for cell in cells
            if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("solution")
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
