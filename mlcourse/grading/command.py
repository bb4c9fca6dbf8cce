"""``mlcourse grade``."""

import os
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlcourse.errors import CourseError
from mlcourse.grading import report
from mlcourse.grading.stopping import stopping
from mlcourse.whole_files import write_whole

if TYPE_CHECKING:
    from mlcourse.grading.classroom import Classroom


@click.command()
@click.argument("lesson")
@click.option(
    "--jobs", type=click.IntRange(1, 1024), help="Submissions at a time; by default one for each core."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Use the workers of this Dask scheduler, such as tcp://host:8786."
)
@click.option(
    "--json",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a report for tools.",
)
@click.option(
    "--report",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a page of the class (HTML, one file).",
)
@click.option(
    "--student",
    "students",
    multiple=True,
    metavar="NAME",
    help="Grade this one again, and nobody else; may be given several times.",
)
@click.option(
    "--exercise", default="", metavar="ID", help="Grade again, and enter new points for this one only."
)
@click.option(
    "--watch",
    is_flag=True,
    help="Go on: grade each submission as it arrives, and publish its feedback, until interrupted.",
)
@click.option(
    "--unsafe-no-sandbox",
    is_flag=True,
    help="Run submissions as programs of yours. Only where there is nothing to lose.",
)
def grade(
    lesson: str,
    jobs: int | None,
    scheduler: str | None,
    path: Path | None,
    page: Path | None,
    students: tuple[str, ...],
    exercise: str,
    watch: bool,
    unsafe_no_sandbox: bool,
) -> None:
    """Grade all that was handed in for LESSON (submitted/*/LESSON/)."""
    if sys.platform != "linux":
        raise CourseError(
            f"submissions run in Linux sandboxes, and this is {sys.platform}; grade on a machine with Linux "
            "(on Windows: in WSL)"
        )
    try:
        with stopping():
            _grade(lesson, jobs, scheduler, path, page, students, exercise, watch, not unsafe_no_sandbox)
    except KeyboardInterrupt:
        raise CourseError("stopped; start the same command again, and it goes on where it was") from None


def _grade(
    lesson: str,
    jobs: int | None,
    scheduler: str | None,
    path: Path | None,
    page: Path | None,
    students: tuple[str, ...],
    exercise: str,
    watch: bool,
    sandboxed: bool,
) -> None:
    # Imported late: Dask and nbgrader take a second, and `mlcourse --help` needs neither.
    from mlcourse.grading.class_page import render
    from mlcourse.grading.class_run import NOT_WRITTEN, ClassRun
    from mlcourse.grading.class_sources import Sources
    from mlcourse.grading.classroom import Classroom

    for target in filter(None, (path, page)):
        if not target.resolve().parent.is_dir():
            raise CourseError(f"{target} cannot be written: there is no folder {target.resolve().parent}")
    if watch and (path or page or students or exercise):
        raise CourseError(
            "--watch goes on for the whole class; leave --json, --report, --student, --exercise out"
        )
    classroom, again, lesson = Classroom.find(), bool(students or exercise), lesson.rstrip("/")
    where = (classroom, lesson, jobs or len(os.sched_getaffinity(0)), scheduler, sandboxed)
    if watch:
        _watch(*where)
        return
    run = ClassRun(*where, students=students, exercise=exercise, again=again)
    found = run.grade()
    content = report.as_json(lesson, found, sandboxed, run.pairs)
    click.echo(report.table(content))
    if path is not None:
        _write(path, report.as_text(content))
    if page is not None:
        _write(page, render(content, Sources(classroom, lesson)))
    lost = [
        student
        for student, found in content["students"].items()
        if any(flag.startswith(NOT_WRITTEN) for flag in found["flags"])
    ]
    if lost:
        raise CourseError(f"{len(lost)} of {len(content['students'])} {NOT_WRITTEN}; their flags say why")


def _watch(classroom: "Classroom", lesson: str, jobs: int, scheduler: str | None, sandboxed: bool) -> None:
    from mlcourse.grading.class_run import ClassRun
    from mlcourse.grading.distribution import connected
    from mlcourse.grading.watch import Watch

    classroom.releases(lesson)  # a lesson that is not there is said at once
    with suppress(KeyboardInterrupt), connected(jobs, scheduler) as client:

        def grade_some(students: Collection[str]) -> None:
            ClassRun(classroom, lesson, jobs, scheduler, sandboxed, students=students, client=client).grade()

        click.echo(f"Watching for submissions of {lesson}; stop with Ctrl+C.")
        Watch(classroom, lesson, grade_some, click.echo).run()
    click.echo("stopped")


def _write(path: Path, text: str) -> None:
    try:
        write_whole({path: text})
    except OSError as error:
        raise CourseError(f"{path} cannot be written: {error.strerror}") from error
