"""The command line: ``mlcourse lab | build | grade``."""

import click

from mlcourse import __version__


class _Commands(click.Group):
    """A group that imports a command's module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["lab", "build", "grade"]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name == "grade":
            from mlcourse.grading.command import grade

            return grade
        return {"lab": lab, "build": build}.get(name)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mlcourse")
def main() -> None:
    """The backpropagation course: open it, build its lessons, grade a class."""


@click.command()
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


@click.command()
def lab() -> None:
    """Open the course in JupyterLab."""
    raise NotImplementedError
