"""What a Dask worker does: grade one submission, with a warm process that it keeps for the next."""

import atexit
import json
from dataclasses import dataclass
from pathlib import Path

from mlcourse.grading.execute import grade
from mlcourse.grading.limits import Limits
from mlcourse.grading.release import Release
from mlcourse.grading.sandbox import SandboxError
from mlcourse.grading.warm import Warm


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


_warm: dict[tuple[Limits, bool], Warm] = {}


def work(job: Job) -> str:
    """Grade a notebook.

    Parameters
    ----------
    job : Job
        Which one.

    Returns
    -------
    str
        The result of `mlcourse.grading.execute.grade`, as JSON.

    Raises
    ------
    SandboxError
        If this machine makes no sandboxes.
    """
    release = Release.read(job.release)
    kind = (job.limits, job.sandboxed)
    if kind not in _warm:
        _start(job)
    try:
        result = grade(job.submission, release, job.seed, _warm[kind])
    except (
        SandboxError
    ):  # the warm process itself died, of old age or of this submission: once more with a new one
        _warm.pop(kind).close()
        _start(job)
        result = grade(job.submission, release, job.seed, _warm[kind])
    return json.dumps(result)


def _start(job: Job) -> None:
    _warm[job.limits, job.sandboxed] = Warm(job.limits, job.sandboxed, hidden=[Path(job.hidden)])


@atexit.register
def _close() -> None:
    while _warm:
        _warm.popitem()[1].close()
