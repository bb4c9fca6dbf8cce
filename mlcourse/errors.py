"""The one error that is shown to a person at the command line."""

import click


class CourseError(click.ClickException):
    """What an instructor or author can put right: one line, exit code 1.

    It says what was expected, what was found, and what to do.
    """
