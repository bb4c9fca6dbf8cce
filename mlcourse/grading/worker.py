"""What a Dask worker does: grade one submission, with a fork server that it keeps for the next."""

import atexit
from dataclasses import dataclass
from pathlib import Path

from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.grader import grade_notebook
from mlcourse.grading.limits import Limits
from mlcourse.grading.released import Release
from mlcourse.grading.sandbox import SandboxError


@dataclass(frozen=True)
class Job:
    """All that a worker needs to grade one notebook; it reads no file of the course's.

    Attributes
    ----------
    submission : bytes or None
        Content of the submitted file.
    release : str
        The release, as `Release.notebook` in JSON.
    seed : bytes
        For the secret inputs of this student; the secret itself stays with the instructor.
    limits : Limits
        The sandbox's.
    sandboxed : bool
        False for ``--unsafe-no-sandbox``.
    hidden : str
        The course's folder, in case a sandbox would show it.
    """

    submission: bytes | None
    release: str
    seed: bytes
    limits: Limits
    sandboxed: bool
    hidden: str


_servers: dict[tuple[Limits, bool], ForkServer] = {}


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
    """
    release = Release.read(job.release)
    kind = (job.limits, job.sandboxed)
    if kind not in _servers:
        _start(job)
    try:
        result = grade_notebook(job.submission, release, job.seed, _servers[kind])
    except SandboxError:
        # The fork server itself died, of old age or of this submission: once more with a new one.
        _servers.pop(kind).close()
        _start(job)
        result = grade_notebook(job.submission, release, job.seed, _servers[kind])
    return result.to_json()


def _start(job: Job) -> None:
    _servers[job.limits, job.sandboxed] = ForkServer(job.limits, job.sandboxed, hidden=[Path(job.hidden)])


@atexit.register
def _close() -> None:
    while _servers:
        _servers.popitem()[1].close()
