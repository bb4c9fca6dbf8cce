"""Where the course is on the disk."""

from pathlib import Path

CONFIGURATION = "nbgrader_config.py"
"""nbgrader's configuration, at the top of a course's folder."""
START = Path("lessons", "start.ipynb")
"""The front door, for those who have the lessons only."""


def course_folder(start: Path | None = None) -> Path | None:
    """Find the folder of the course that a place is in.

    Parameters
    ----------
    start : Path, optional
        Folder to look from, upwards; the current one by default.

    Returns
    -------
    Path or None
        The nearest folder with nbgrader's configuration or the course's front door; None if there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIGURATION).is_file() or (folder / START).is_file():
            return folder
    return None
