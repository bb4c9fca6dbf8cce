"""What a Dask worker does: grade one submission, with a fork server that it keeps for the next.

A worker imports what is sent to it, and so nothing here may lead to nbgrader: that takes two seconds.
"""

import atexit
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from distributed import WorkerPlugin

from mlcourse.grading.fork_server import PRELOAD, ForkServer
from mlcourse.grading.grader import grade_notebook
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.released import Release
from mlcourse.grading.sandbox import SandboxError
from mlcourse.grading.stopping import reached
from mlcourse.grading.version import course_version


@dataclass(frozen=True)
class Job:
    """All that a worker needs to grade one notebook; it reads no file of the course's.

    Attributes
    ----------
    files : HandedIn
        What was handed in.
    release : str
        The release, as `Release.notebook` in JSON.
    seed : bytes
        For the secret inputs of this student; the secret itself stays with the instructor.
    limits : SandboxLimits
        The sandbox's.
    sandboxed : bool
        False for ``--unsafe-no-sandbox``.
    hidden : str
        The course's folder, in case a sandbox would show it.
    solutions : dict of str to tuple of str
        The course's own, for `mlcourse.grading.second_chance`.
    version : str
        Of the instructor's course, from `mlcourse.grading.version`; another one may grade otherwise.
    own : str
        Text of the lesson's ``exercises.py``; empty if it has none.
    """

    files: HandedIn
    release: str
    seed: bytes
    limits: SandboxLimits
    sandboxed: bool
    hidden: str
    solutions: dict[str, tuple[str, ...]]
    version: str
    own: str = ""


class VersionError(RuntimeError):
    """A worker's version of the course is not the instructor's.

    Parameters
    ----------
    worker, instructor : str
        Versions; the second one is this one's by default.
    """

    def __init__(self, worker: str, instructor: str = "") -> None:
        super().__init__(worker, instructor)
        self.worker, self.instructor = worker, instructor or course_version()

    def __str__(self) -> str:
        theirs = self.worker or "of an unknown version"
        return (
            f"a worker has mlcourse {theirs}, this machine has {self.instructor}; "
            "install the same version on both and start the worker again"
        )


class Undisturbed(WorkerPlugin):
    """Ctrl+C is meant for the process that hands out the work; a terminal sends it to the workers too."""

    def setup(self, worker: Any) -> None:
        """Do nothing on an interrupt, in a way that programs started from here do not inherit."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, lambda *_: None)
            reached()


# With what the lesson's exercises need beyond NumPy imported once too: PyTorch takes a second or more.
_servers: dict[tuple[SandboxLimits, bool, tuple[str, ...]], ForkServer] = {}


def work(job: Job) -> str:
    """Grade a notebook.

    Parameters
    ----------
    job : Job
        Which one.

    Returns
    -------
    str
        A `mlcourse.grading.results.NotebookResult`, as JSON.

    Raises
    ------
    SandboxError
        If this machine makes no sandboxes.
    VersionError
        If it has another version of the course.
    """
    if job.version != course_version():
        raise VersionError(course_version(), job.version)
    release = Release.read(job.release, job.own)
    needed = release.requires
    kind = (job.limits, job.sandboxed, needed)
    if kind not in _servers:
        _start(job, needed)
    try:
        result = grade_notebook(job.files, release, job.seed, _servers[kind], job.solutions)
    except SandboxError:
        # The fork server itself died, of old age or of this submission: once more with a new one.
        _servers.pop(kind).close()
        _start(job, needed)
        result = grade_notebook(job.files, release, job.seed, _servers[kind], job.solutions)
    return result.to_json()


def _start(job: Job, needed: tuple[str, ...]) -> None:
    reached()  # as kernels inherit it
    _servers[job.limits, job.sandboxed, needed] = ForkServer(
        job.limits, job.sandboxed, hidden=[Path(job.hidden)], preload=(*PRELOAD, *needed)
    )


@atexit.register
def _close() -> None:
    while _servers:
        _servers.popitem()[1].close()
