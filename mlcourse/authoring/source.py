"""Read a lesson's text source into a notebook that is complete but for its outputs."""

import ast
import hashlib
from collections import Counter

import jupytext
from nbformat import NotebookNode
from nbformat.validator import NotebookValidationError, validate

from mlcourse import exercises
from mlcourse.authoring.course import START, Lesson
from mlcourse.authoring.own import check_own
from mlcourse.errors import CourseError
from mlcourse.exercises.own import FILE, declared_in, text_beside

BEGIN, END = "BEGIN SOLUTION", "END SOLUTION"
_SCHEMA_VERSION = 3
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_LANGUAGE = {
    "name": "python",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "pygments_lexer": "ipython3",
}


def read(lesson: Lesson) -> NotebookNode:
    """Read a lesson: its cells, nbgrader's metadata from the declared exercises, and ids that stay the same.

    Raises
    ------
    CourseError
        If the text is no MyST notebook, or its exercises are not the declared ones.
    """
    name = lesson.shown(lesson.source)
    try:
        notebook = jupytext.read(lesson.source, fmt="md:myst")
    except OSError as error:
        raise CourseError(f"cannot read {name}: {error.strerror}") from error
    except Exception as error:  # jupytext lets the errors of several YAML and Markdown readers through
        raise CourseError(f"{name} is not a MyST notebook: {' '.join(str(error).split())}") from error
    # Nothing of the machine that built it: no Python version, no Jupytext version.
    notebook.metadata = NotebookNode(kernelspec=NotebookNode(_KERNEL), language_info=NotebookNode(_LANGUAGE))
    _grade(lesson, notebook)
    _name_cells(notebook)
    try:
        validate(notebook)
    except NotebookValidationError as error:
        raise CourseError(f"{name} makes no valid notebook: {str(error).splitlines()[0]}") from error
    return notebook


def _name_cells(notebook: NotebookNode) -> None:
    """Give each cell an id that depends on what it says, so that a rebuild changes only what was edited."""
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[digest] += 1
        cell.id = grade_id or (digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")


def _grade(lesson: Lesson, notebook: NotebookNode) -> None:
    """Turn ``exercise`` and ``role`` of each cell into nbgrader's metadata, as the exercise is declared."""
    name = lesson.shown(lesson.source)
    declared = _declared(lesson)
    found: list[tuple[str, str]] = []
    for number, cell in enumerate(notebook.cells, start=1):
        where = f"{name}, cell {number}"
        exercise_id, role = cell.metadata.pop("exercise", None), cell.metadata.pop("role", None)
        points = cell.metadata.pop("points", None)
        if role is None and exercise_id is None:
            if BEGIN in cell.source or END in cell.source:
                raise CourseError(f"{where}: '{BEGIN}' outside a cell with :role: solution")
            continue
        if (role, exercise_id) in found:
            raise CourseError(f"{where}: exercise {exercise_id!r} has a second cell with role {role}")
        found.append((role, exercise_id))
        if role == "manual":
            cell.metadata.nbgrader = _manual(where, cell, exercise_id, points)
            continue
        if exercise_id not in declared:
            there = ", ".join(declared) or "none"
            raise CourseError(
                f"{where}: no exercise {exercise_id!r} is declared for this lesson; there are: {there} "
                f"(your own are declared in {lesson.shown(lesson.folder / FILE)})"
            )
        exercise = declared[exercise_id]
        if points is not None and points != exercise.points:
            raise CourseError(
                f"{where}: {points} points here, but {exercise.points} where {exercise_id!r} is declared"
            )
        if role == "solution":
            cell.metadata.nbgrader = _solution(where, cell, exercise)
        elif role == "check":
            if ("solution", exercise_id) not in found:
                raise CourseError(f"{where}: exercise {exercise_id!r} is checked before its solution cell")
            cell.metadata.nbgrader = _check(where, cell, exercise)
        else:
            raise CourseError(f"{where}: role {role!r} is none of solution, check, manual")
    for exercise_id in declared:
        for role in ("solution", "check"):
            if (role, exercise_id) not in found:
                raise CourseError(f"{name}: exercise {exercise_id!r} is missing: no cell with role {role}")


def _declared(lesson: Lesson) -> dict[str, exercises.Exercise]:
    if lesson.name == START:
        return {}
    try:
        declared = exercises.of_lesson(lesson.name, text_beside(lesson.folder))
        check_own(lesson.name, declared_in(text_beside(lesson.folder)))
    except ValueError as error:
        raise CourseError(f"{lesson.shown(lesson.folder)}: {error}") from error
    return {exercise.id: exercise for exercise in declared}


def _metadata(grade_id: str, *, grade: bool, solution: bool) -> NotebookNode:
    return NotebookNode(
        schema_version=_SCHEMA_VERSION,
        grade_id=grade_id,
        grade=grade,
        solution=solution,
        locked=grade and not solution,
        task=False,
    )


def _solution(where: str, cell: NotebookNode, exercise: exercises.Exercise) -> NotebookNode:
    if (
        cell.cell_type != "code"
        or cell.source.count(BEGIN) == 0
        or cell.source.count(BEGIN) != cell.source.count(END)
    ):
        raise CourseError(
            f"{where}: the solution of {exercise.id!r} needs '### {BEGIN}' and '### {END}' in a code cell"
        )
    if any(BEGIN in line and not line.startswith(" ") for line in cell.source.splitlines()):
        raise CourseError(
            f"{where}: '{BEGIN}' of {exercise.id!r} must be indented into a function, for its stub raises"
        )
    missing = [name for name in exercise.functions if name not in _definitions(where, cell.source)]
    if missing:
        raise CourseError(f"{where}: the solution of {exercise.id!r} does not define {', '.join(missing)}")
    return _metadata(f"{exercise.id}-solution", grade=False, solution=True)


def _check(where: str, cell: NotebookNode, exercise: exercises.Exercise) -> NotebookNode:
    expected = f'check("{exercise.id}", {", ".join(exercise.functions)})'
    if ast.dump(_parse(where, cell.source)) != ast.dump(ast.parse(expected)):
        raise CourseError(f"{where}: the graded cell of {exercise.id!r} must be just: {expected}")
    metadata = _metadata(exercise.id, grade=True, solution=False)
    metadata.points = exercise.points
    return metadata


def _manual(where: str, cell: NotebookNode, exercise_id: str | None, points: float | None) -> NotebookNode:
    if cell.cell_type != "markdown" or not exercise_id or points is None:
        raise CourseError(f"{where}: a manually graded cell is Markdown with an exercise and points")
    metadata = _metadata(exercise_id, grade=True, solution=True)
    metadata.points = points
    return metadata


def _parse(where: str, code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except SyntaxError as error:
        raise CourseError(f"{where}: line {error.lineno} does not parse: {error.msg}") from error


def _definitions(where: str, code: str) -> set[str]:
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in _parse(where, code).body if isinstance(node, kinds)}
