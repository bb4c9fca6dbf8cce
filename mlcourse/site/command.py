"""The command ``mlcourse site``."""

from pathlib import Path

import click

from mlcourse.authoring.course import Course


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--binder",
    metavar="ADDRESS",
    help="The course on Binder, such as https://mybinder.org/v2/gh/OWNER/NAME/HEAD: a button on each page.",
)
def site(folder: Path, binder: str | None) -> None:
    """Build the course as a static site in FOLDER."""
    from mlcourse.site import reading

    there = f"{binder.rstrip('/')}?urlpath=lab/tree/lessons/" if binder else None
    reading.build(Course.find(), folder, browser=None, binder=there)
    click.echo(f"the site is in {folder}; put it on any static host as it is")
