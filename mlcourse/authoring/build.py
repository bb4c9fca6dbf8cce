"""Build lessons, and tell which are out of date."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from tqdm import tqdm

from mlcourse import exercises
from mlcourse.authoring.course import START, Lesson
from mlcourse.authoring.execute import execute
from mlcourse.authoring.release import release
from mlcourse.authoring.source import read
from mlcourse.errors import CourseError
from mlcourse.exercises.own import FILE, text_beside
from mlcourse.whole_files import write_whole


def build(lessons: Iterable[Lesson]) -> list[CourseError]:
    """Build both editions of each lesson, as many at a time as there are processors.

    A lesson is written only when all of it is made; one that fails does not stop the others.

    Returns
    -------
    list of CourseError
        What went wrong, at most one a lesson.
    """
    errors: list[CourseError] = []
    notebooks: dict[Lesson, NotebookNode] = {}
    for lesson in lessons:
        with _collected(errors):
            notebooks[lesson] = read(lesson)
    cells = sum(len(notebook.cells) for notebook in notebooks.values())
    with (
        tqdm(total=cells, unit="cell", desc="build", disable=None) as bar,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        runs = {
            lesson: pool.submit(execute, lesson, notebook, bar.update)
            for lesson, notebook in notebooks.items()
        }
    for lesson, run in runs.items():
        with _collected(errors):
            run.result()
            _expect_all_points(lesson, notebooks[lesson])
            files = _files(lesson, notebooks[lesson])
            _write(files)
            for path in _left_over(lesson, files):
                path.unlink()
    return errors


def out_of_date(lessons: Iterable[Lesson]) -> list[CourseError]:
    """Compare each lesson's notebooks with what a build would write, without running a cell.

    Everything but the outputs is compared. Whether the stored outputs are still what the package computes is
    for nbval to say, which runs the cells.

    Returns
    -------
    list of CourseError
        One sentence for each lesson that is out of date, empty if none is.
    """
    errors: list[CourseError] = []
    for lesson in lessons:
        with _collected(errors):
            files = _files(lesson, read(lesson))
            for path, expected in files.items():
                _compare(lesson, path, expected)
            for path in _left_over(lesson, files):
                found, remedy = lesson.shown(path), f"run: mlcourse build {lesson.name}"
                raise CourseError(f"{found} is there, and no {FILE} beside the text; {remedy}")
    return errors


class _collected(suppress):
    """Keep a lesson's error for the end, and go on with the next."""

    def __init__(self, errors: list[CourseError]) -> None:
        super().__init__(CourseError)
        self.errors = errors

    def __exit__(self, kind, error, traceback):  # type: ignore[no-untyped-def]
        if isinstance(error, CourseError):
            self.errors.append(error)
        return super().__exit__(kind, error, traceback)


def _expect_all_points(lesson: Lesson, notebook: NotebookNode) -> None:
    """Refuse a solution in the text that its own exercise refuses."""
    own = text_beside(lesson.folder)
    for cell in notebook.cells:
        graded = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not graded.get("grade"):
            continue
        needs = exercises.get(graded["grade_id"], own).requires
        if needs and find_spec(needs) is None:
            continue
        said = next((o.data["text/plain"] for o in cell.outputs if o.output_type == "execute_result"), "0")
        with suppress(ValueError):  # a check that the lesson defines for itself may answer anything
            points = float(said)
            if points != graded["points"]:
                where, got = lesson.shown(lesson.source), f"{points:g} of {graded['points']} points"
                raise CourseError(f"{where}: the solution of {graded['grade_id']!r} in the text gets {got}")


def _write(files: dict[Path, bytes]) -> None:
    try:
        write_whole(files)
    except OSError as error:
        raise CourseError(f"cannot write {error.filename}: {error.strerror}") from error


def _files(lesson: Lesson, notebook: NotebookNode) -> dict[Path, bytes]:
    """What a build writes."""
    if lesson.name == START:
        return {lesson.learner: _bytes(_without_outputs(notebook))}
    assert lesson.instructor is not None
    files = {lesson.instructor: _bytes(notebook)}
    return files | {
        lesson.learner_folder / name: content for name, content in release(lesson, notebook).items()
    }


def _left_over(lesson: Lesson, files: dict[Path, bytes]) -> list[Path]:
    """Exercises beside a learner's notebook that stand beside the text no more."""
    path = lesson.learner_folder / FILE
    handed_out = lesson.name != START  # beside the start page nothing is
    return [path] if handed_out and path not in files and path.exists() else []


def _bytes(notebook: NotebookNode) -> bytes:
    return (nbformat.writes(notebook) + "\n").encode()


def _without_outputs(notebook: NotebookNode) -> NotebookNode:
    bare = deepcopy(notebook)
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return bare


def _compare(lesson: Lesson, path: Path, expected: bytes) -> None:
    name, remedy = lesson.shown(path), f"run: mlcourse build {lesson.name}"
    try:
        found = path.read_bytes()
    except FileNotFoundError as error:
        raise CourseError(f"{name} is not built; {remedy}") from error
    except OSError as error:
        raise CourseError(f"cannot read {name}: {error.strerror}") from error
    if path.suffix != ".ipynb":
        if found != expected:
            raise CourseError(f"{name} is out of date; {remedy}")
        return
    try:
        stored = nbformat.reads(found.decode(), as_version=4)
    except (ValueError, nbformat.reader.NotJSONError) as error:
        raise CourseError(f"{name} is not a notebook (not JSON); {remedy}") from error
    difference = _difference(nbformat.reads(expected.decode(), as_version=4), stored)
    if difference:
        raise CourseError(f"{name} is out of date ({difference}); {remedy}")


def _difference(expected: NotebookNode, found: NotebookNode) -> str | None:
    expected, found = _without_outputs(expected), _without_outputs(found)
    for number, (new, old) in enumerate(zip(expected.cells, found.cells, strict=False), start=1):
        if new != old:
            new_points, old_points = (cell.metadata.get("nbgrader", {}).get("points") for cell in (new, old))
            if new_points != old_points:
                return f"points of cell {number}: {old_points} instead of {new_points}"
            return f"cell {number} differs from the source"
    if len(expected.cells) != len(found.cells):
        return f"{len(found.cells)} cells instead of {len(expected.cells)}"
    return None if expected == found else "its metadata differ"
