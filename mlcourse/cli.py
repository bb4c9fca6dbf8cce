"""The command line: ``mlcourse start | lab | new | build | grade | mistakes | site``."""

import os
from pathlib import Path

import click

from mlcourse import __version__
from mlcourse.lab import jupyterlab_options, open_lab

# The kernels started from here multiply small matrices. On more than one thread OpenBLAS waits for cores that
# others use: on two busy ones the lesson on digits took nine times the processor time it takes on one thread.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class _Commands(click.Group):
    """A group that imports a command's module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["start", "lab", "new", "build", "grade", "mistakes", "site"]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name == "grade":
            from mlcourse.grading.command import grade

            return grade
        if name == "start":
            from mlcourse.start.command import start

            return start
        if name == "site":
            from mlcourse.site.command import site

            return site
        return {"lab": lab, "new": new, "build": build, "mistakes": mistakes}.get(name)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mlcourse")
def main() -> None:
    """The backpropagation course: open it, build its lessons, grade a class."""


@click.command(short_help="Make both editions of lessons.")
@click.argument("lessons", nargs=-1, metavar="[LESSON ...]")
@click.option("--check", is_flag=True, help="Only say which are out of date; exit code 1 if any is.")
def build(lessons: tuple[str, ...], check: bool) -> None:
    """Make both editions of each LESSON (all by default) from its text source."""
    from mlcourse import authoring

    chosen = authoring.Course.find().lessons(lessons)
    errors = authoring.out_of_date(chosen) if check else authoring.build(chosen)
    for error in errors:
        error.show()
    if errors:
        raise SystemExit(1)
    click.echo(f"{len(chosen)} lesson{'s' * (len(chosen) != 1)} {'up to date' if check else 'built'}")


@click.command(short_help="Begin a lesson of your own.")
@click.argument("lesson")
def new(lesson: str) -> None:
    """Begin a LESSON of your own, such as 11-own: a text and an exercise that run."""
    from mlcourse.authoring.course import Course
    from mlcourse.authoring.new import new_lesson

    course = Course.find()
    made = new_lesson(course, lesson)
    folder = made.shown(made.folder) if course.root == Path.cwd() else made.folder
    click.echo(f"{folder} is there; change its two files, then run: mlcourse build {lesson}")


@click.command(short_help="Print what the known mistakes mean.")
@click.argument("lessons", nargs=-1, metavar="[LESSON ...]")
def mistakes(lessons: tuple[str, ...]) -> None:
    """Print what the known mistakes of each LESSON (all by default) mean, as a page in Markdown."""
    from mlcourse.authoring.course import Course
    from mlcourse.authoring.mistakes_table import mistakes_table
    from mlcourse.errors import CourseError
    from mlcourse.exercises import Exercise, of_lesson
    from mlcourse.exercises.own import text_beside

    found: list[Exercise] = []
    for lesson in Course.find().lessons(lessons):
        try:
            found += of_lesson(lesson.name, text_beside(lesson.folder))
        except ValueError as error:
            raise CourseError(f"{lesson.shown(lesson.folder)}: {error}") from error
    click.echo(mistakes_table(found), nl=False)


@click.command(context_settings={"ignore_unknown_options": True})
@jupyterlab_options
@click.option("--instructor", is_flag=True, help="With nbgrader's tools for a class.")
@click.argument("others", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTERLAB OPTIONS ...]")
def lab(no_browser: bool, port: int | None, instructor: bool, others: tuple[str, ...]) -> None:
    """Open the course in JupyterLab, on its start page."""
    from mlcourse.authoring.course import Course

    root = Course.find(to_learn=not instructor).root
    open_lab(root, no_browser, port, others, instructor)
