"""What has been graded, by what went into it: a run that was killed goes on where it was.

A result is kept under a hash of everything that it depends on, and appears there whole or not at all. Only
results that would come out the same again are kept; a submission that ran out of time or died is graded anew.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from mlcourse.grading.limits import Limits
from mlcourse.grading.released import Release
from mlcourse.grading.results import NotebookResult
from mlcourse.grading.visible_files import PACKAGE
from mlcourse.whole_files import UNFINISHED, write_whole

_CERTAIN = ("graded", "missing", "unreadable")


@cache
def course_version() -> str:
    """Hash of the course package's code: an exercise or a comparison that changes makes old results void."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(f"{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def key(submission: bytes | None, release: Release, seed: bytes, limits: Limits, sandboxed: bool) -> str:
    """Hash of all that a result depends on.

    Parameters
    ----------
    submission, release, seed
        As for `mlcourse.grading.grader.grade_notebook`.
    limits : Limits
        The sandbox's.
    sandboxed : bool
        Whether there is one.
    """
    parts = [
        "none" if submission is None else hashlib.sha256(submission).hexdigest(),
        release.digest,
        hashlib.sha256(seed).hexdigest(),
        course_version(),
        json.dumps(limits.as_json(), sort_keys=True),
        str(sandboxed),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class Journal:
    """A folder with one file for each result.

    Parameters
    ----------
    folder : Path
        Where; made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for rest in folder.glob(f"*{UNFINISHED}"):  # of a run that was killed while it wrote
            rest.unlink(missing_ok=True)

    def find(self, key: str) -> NotebookResult | None:
        """Return the result that is kept under a key; None if there is none."""
        try:
            return NotebookResult.from_json((self._folder / f"{key}.json").read_bytes())
        except (OSError, ValueError):
            return None

    def keep(self, key: str, result: NotebookResult) -> None:
        """Keep a result, if it is certain to come out the same again."""
        if result.status not in _CERTAIN:
            return
        write_whole({self._folder / f"{key}.json": result.to_json()}, durable=True)
