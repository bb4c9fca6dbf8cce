"""What learning platforms say in the names of the files that they put into an archive of submissions.

Canvas (``lib/content_zipper.rb`` of instructure/canvas-lms) writes one file for each attachment,
``doejane_LATE_12345_678901_name.ipynb``: name, lateness, the user's id, the attachment's id, the file's name.
Moodle (``mod/assign/locallib.php``) writes a folder for each learner,
``Jane Doe_1234567_assignsubmission_file/name.ipynb``, or the same in one name where "in folders" is off: the
number is that of the grading worksheet's "Participant 1234567".
"""

import re
from dataclasses import dataclass

_CANVAS = re.compile(
    r"(?:(?P<name>\w+?)_)??(?P<late>LATE_)?(?P<id>\d+|anon_[A-Za-z0-9]+)_(?P<number>\d+)_(?P<file>.+)"
)
_MOODLE = re.compile(
    r"(?P<name>[^_]*)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<file>.*)", re.DOTALL
)
_FOLDER = re.compile(r"(?P<id>[^/]+)")


@dataclass(frozen=True)
class Origin:
    """Whose a file is, and what it was called.

    Attributes
    ----------
    student : str
        The platform's own id; the folder's name where no platform named it.
    path : str
        The learner's own name of the file, with the folders that are theirs.
    platform : str
        ``"canvas"``, ``"moodle"``, or empty.
    name : str
        The learner's, as far as the platform tells.
    late : bool
        Whether the platform says that it was handed in late.
    number : int
        Where there are several files of one name, the larger is the newer.
    """

    student: str
    path: str
    platform: str = ""
    name: str = ""
    late: bool = False
    number: int = 0


def origin(path: str, lesson: str) -> Origin | None:
    """Read whose a file is from its path in an archive.

    Parameters
    ----------
    path : str
        From the archive's folder on, with ``/`` between.
    lesson : str
        Name of the assignment, for archives that no platform made.

    Returns
    -------
    Origin or None
        None if nothing in the path says whose it is.
    """
    parts = path.split("/")
    for index, part in enumerate(parts):
        below = "/".join(parts[index + 1 :])
        if found := _MOODLE.fullmatch(part):
            return Origin(found["id"], below or found["file"], "moodle", found["name"])
        if found := _CANVAS.fullmatch(part):
            name, late, number = found["name"] or "", bool(found["late"]), int(found["number"][:18])
            return Origin(found["id"], below or found["file"], "canvas", name, late, number)
    return _unnamed(parts, lesson)


def _unnamed(parts: list[str], lesson: str) -> Origin | None:
    """``STUDENT/LESSON.ipynb``, ``STUDENT/LESSON/...`` or ``STUDENT_LESSON.ipynb``, in whatever folder."""
    if found := re.fullmatch(r"(.+)_(\d\d-.*\.ipynb)", parts[-1], re.IGNORECASE):
        return Origin(found[1], found[2])
    if len(parts) > 2 and lesson in parts[1:-1]:
        index = parts.index(lesson, 1)
        return Origin(parts[index - 1], "/".join(parts[index + 1 :]))
    return Origin(parts[-2], parts[-1]) if len(parts) > 1 else None
