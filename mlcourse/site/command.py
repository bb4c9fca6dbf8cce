"""The command ``mlcourse site``."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from mlcourse.authoring.course import Course
from mlcourse.errors import CourseError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--pyodide",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A release of Pyodide to bring along; without it the learner's browser loads Pyodide's own.",
)
@click.option(
    "--binder",
    metavar="ADDRESS",
    help="The course on Binder, such as https://mybinder.org/v2/gh/OWNER/NAME/HEAD: a button on each page.",
)
def site(folder: Path, pyodide: Path | None, binder: str | None) -> None:
    """Build the course as a static site in FOLDER: pages to read, lessons that run in the browser alone."""
    from mlcourse.site import browser, reading

    course, folder = Course.find(), folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(f"{folder} is there and not empty; name a new folder, or remove it first")
    pyodide = pyodide and pyodide.absolute()
    browser.ready(pyodide)
    there = f"{binder.rstrip('/')}?urlpath=lab/tree/lessons/" if binder else None
    with ExitStack() as stack:
        with _writing(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            # Beside its place, then renamed: a build that fails leaves nothing half-written there.
            beside = tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-")
            built = Path(stack.enter_context(beside)) / "whole"
        try:
            reading.build(course, built, "browser/notebooks/index.html?path=lessons/", there)
            browser.build(course, built / "browser", pyodide)
        except OSError as error:  # a full disk, too many open files, a file of the course that is gone
            why = f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)
            raise CourseError(f"the site could not be built: {why}; mend that, and run it again") from None
        with _writing(folder):
            if folder.exists():
                folder.rmdir()
            built.rename(folder)
    click.echo(f"the site is in {folder}; put it on any static host as it is")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = f"{error.filename or folder}: {error.strerror or error}"
        raise CourseError(f"cannot write {why}; mend that or name another folder, and run it again") from None
