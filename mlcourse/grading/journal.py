"""What has been graded, by what went into it: a run that was killed goes on where it was.

A result is kept under a hash of everything that it depends on, and appears there whole or not at all. Only
results that would come out the same again are kept; a submission that ran out of time or died is graded anew.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.released import Release
from mlcourse.grading.results import NotebookResult
from mlcourse.grading.version import course_version
from mlcourse.whole_files import UNFINISHED, write_whole

_CERTAIN = ("graded", "missing", "unreadable")


def key(
    files: HandedIn,
    release: Release,
    seed: bytes,
    limits: SandboxLimits,
    sandboxed: bool,
    solutions: Mapping[str, tuple[str, ...]],
) -> str:
    """Hash of all that a result depends on.

    Parameters
    ----------
    files, release, seed
        As for `mlcourse.grading.grader.grade_notebook`.
    limits : SandboxLimits
        The sandbox's.
    sandboxed : bool
        Whether there is one.
    solutions : mapping of str to tuple of str
        The course's own.
    """
    parts = [
        files.digest,
        release.digest,
        hashlib.sha256(seed).hexdigest(),
        course_version(),
        json.dumps(limits.as_json(), sort_keys=True),
        str(sandboxed),
        json.dumps(solutions, sort_keys=True),
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
