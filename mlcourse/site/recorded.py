"""A lesson run for a page without a kernel, with explorers that move there; remembered, as it takes long."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import mlcourse
from mlcourse.authoring.course import Lesson
from mlcourse.authoring.execute import execute
from mlcourse.explorers.output import PAGES

CACHE = Path(".mlcourse") / "site"
"""In the course's folder."""
PICTURES = "pictures"
PAGE_SECONDS = 900
"""Longer than a cell may take in a build: a page of an explorer is a hundred pictures and more."""
_NOTEBOOK = "run.ipynb"
_SHOWN = ("autograd", "datasets", "exercises", "explorers", "feedback", "nn", "plots")
"""Parts of the package on which the outputs of a lesson depend."""
_LIBRARIES = ("matplotlib", "numpy", "pillow")


@dataclass(frozen=True)
class Recorded:
    """A run.

    Attributes
    ----------
    notebook : NotebookNode
        With the outputs of the run; what an explorer shows is its page.
    pictures : Path
        Folder of the pictures of the explorers' pages, which name them from beside it.
    """

    notebook: NotebookNode
    pictures: Path


def recorded(lesson: Lesson, notebook: NotebookNode, done: Callable[[], object] = lambda: None) -> Recorded:
    """Run a lesson, or find the same lesson's last run.

    Parameters
    ----------
    lesson : Lesson
        Which one.
    notebook : NotebookNode
        Its cells with solutions; outputs are filled in place.
    done : callable
        Called after each cell that runs.

    Raises
    ------
    CourseError
        If a cell fails.
    """
    cache = lesson.root / CACHE
    place = cache / f"{lesson.name}-{_key(lesson, notebook)}"
    if not (place / _NOTEBOOK).is_file():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as name:
            run = Path(name) / "run"
            (run / PICTURES).mkdir(parents=True)
            # Nobody's progress is shown, and none is kept.
            execute(
                lesson, notebook, done, {PAGES: str(run / PICTURES), "MLCOURSE_PROGRESS": ""}, PAGE_SECONDS
            )
            nbformat.write(notebook, run / _NOTEBOOK)
            for old in cache.glob(f"{lesson.name}-*"):
                shutil.rmtree(old)
            run.rename(place)
    return Recorded(nbformat.read(place / _NOTEBOOK, as_version=4), place / PICTURES)


def _key(lesson: Lesson, notebook: NotebookNode) -> str:
    """Name of all that the outputs follow from."""
    digest = hashlib.sha256(json.dumps([version(name) for name in _LIBRARIES]).encode())
    for path in _files(lesson):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for cell in notebook.cells:
        if cell.cell_type == "code":
            digest.update(hashlib.sha256(cell.source.encode()).digest())
    return digest.hexdigest()[:16]


def _files(lesson: Lesson) -> Iterator[Path]:
    package = Path(mlcourse.__file__).parent
    for part in _SHOWN:
        yield from sorted(p for p in (package / part).rglob("*") if p.is_file() and p.suffix != ".pyc")
    yield from sorted(lesson.folder.glob("*.py"))
