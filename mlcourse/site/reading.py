"""The reading edition: every lesson as a page that needs no Python and no other site."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import nbformat
from tqdm import tqdm

from mlcourse.authoring.build import out_of_date
from mlcourse.authoring.course import START, Course, Lesson
from mlcourse.authoring.source import read
from mlcourse.errors import CourseError
from mlcourse.site.reading_page import HOME, contents, page
from mlcourse.site.recorded import PICTURES, Recorded, recorded

_NEEDED = ("sphinx", "myst_nb", "sphinx_book_theme", "sphinx-mathjax-offline")
_NOT_SHOWN = ("*.ipynb", "*.md", "*.py", ".*")


def build(course: Course, folder: Path, browser: str | None = None, binder: str | None = None) -> None:
    """Build the reading edition; all of it is there, or nothing.

    The stored outputs are shown, and no solution. Explorers are run once for it, which takes minutes, and
    remembered in the course's folder until a lesson or the package changes.

    Parameters
    ----------
    course : Course
        Its lessons must be built, and there must be a start page.
    folder : Path
        Where the site is put; must not exist, or be empty.
    browser : str, optional
        Address of the browser edition that a notebook's path in ``lessons/`` follows, from the site's own
        folder on, such as ``"browser/lab/index.html?path=lessons/"``. Without it there is no such button.
    binder : str, optional
        The same on Binder, such as ``"https://mybinder.org/v2/gh/OWNER/NAME/HEAD?urlpath=lab/tree/lessons/"``.

    Raises
    ------
    CourseError
        If the folder is not empty, a lesson is out of date with its text or does not run, or the extra
        ``site`` is not installed.
    """
    if not all(find_spec(name) for name in _NEEDED):
        raise CourseError("the reading edition needs Sphinx and more; run: pip install 'mlcourse[site]'")
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(f"{folder} is there and not empty; name a new folder, or remove it first")
    lessons = course.lessons()
    if START not in [lesson.name for lesson in lessons]:
        raise CourseError(f"{course.root} has no solutions/{START}.md, from which the first page is made")
    for error in out_of_date(lessons):
        raise error
    runs = _runs(lessons)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as name:
        work = Path(name)
        title = _sources(lessons, runs, work / "sources", browser, binder)
        _render(work / "sources", work / "site", title)
        for lesson, run in zip(lessons, runs, strict=True):
            if any(run.pictures.iterdir()):
                place = "" if lesson.name == START else lesson.name
                shutil.copytree(run.pictures, work / "site" / place / PICTURES)
        if folder.exists():
            folder.rmdir()
        (work / "site").rename(folder)


def _runs(lessons: Sequence[Lesson]) -> list[Recorded]:
    notebooks = [read(lesson) for lesson in lessons]
    cells = sum(len(notebook.cells) for notebook in notebooks)
    with (
        tqdm(total=cells, unit="cell", desc="run for pages", disable=None) as bar,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        return list(
            pool.map(lambda lesson, notebook: recorded(lesson, notebook, bar.update), lessons, notebooks)
        )


def _sources(
    lessons: Sequence[Lesson], runs: Sequence[Recorded], folder: Path, browser: str | None, binder: str | None
) -> str:
    """Write what the pages are made from, and return the title of the whole."""
    folder.mkdir()
    title = ""
    for lesson, run in zip(lessons, runs, strict=True):
        made = page(lesson, run, browser, binder)
        if lesson.name == START:
            title = made.cells[0].source.partition("\n")[0].removeprefix("# ").partition(",")[0]
            made.cells.append(contents([other.name for other in lessons if other.name != START]))
            nbformat.write(made, folder / f"{HOME}.ipynb")
            continue
        shutil.copytree(
            lesson.learner_folder, folder / lesson.name, ignore=shutil.ignore_patterns(*_NOT_SHOWN)
        )
        nbformat.write(made, folder / lesson.name / f"{lesson.name}.ipynb")
    return title


def _render(sources: Path, target: Path, title: str) -> None:
    from mlcourse.site.sphinx_site import render  # Sphinx takes a second to import

    render(sources, target, title)
