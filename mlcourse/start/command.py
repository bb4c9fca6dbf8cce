"""The command ``mlcourse start``."""

from pathlib import Path

import click

from mlcourse.lab import jupyterlab_options, open_lab
from mlcourse.start.folder import KEPT, LearnersFolder, notebook_of


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Bring the lessons to the installed edition; your work stays.")
@click.option(
    "--fresh", metavar="LESSON", multiple=True, help="Begin this lesson anew; your notebook is kept aside."
)
@jupyterlab_options
def start(
    folder: Path | None, update: bool, fresh: tuple[str, ...], no_browser: bool, port: int | None
) -> None:
    """Make a FOLDER with the lessons, or find it again, and open it.

    By default it is the folder that one is in, or else "backpropagation".
    """
    for lesson in fresh:
        notebook_of(lesson)  # a name that is wrong is said before anything is made
    folder = folder or LearnersFolder.around(Path.cwd()) or Path("backpropagation")
    lessons = LearnersFolder.make(folder)
    click.echo(f"the lessons are in {lessons.root}")
    if update:
        changes = lessons.update()
        for change in changes:
            click.echo(f"{change.name}: {change.what}")
        as_they_were = f"what was there before is in {lessons.root / KEPT}"
        click.echo(as_they_were if changes else "they are up to date")
    for lesson in fresh:
        kept = lessons.fresh(lesson)
        click.echo(f"{lesson} begins anew" + (f"; your notebook is kept: {kept}" if kept else ""))
    if outdated := lessons.outdated():
        number = f"{len(outdated)} file{'s' * (len(outdated) > 1)}"
        click.echo(f"{number} of another edition than the installed one; to get it and keep what you wrote:")
        quoted = f'"{folder}"' if " " in str(folder) else folder
        click.echo(f"  mlcourse start {quoted} --update")
    open_lab(lessons.root, no_browser, port)
