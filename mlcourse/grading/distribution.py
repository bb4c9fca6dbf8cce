"""Hand jobs to Dask workers, a few at a time: on this machine, or on a cluster that is given by address."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import resource_tracker
from typing import Any

import dask
from distributed import Client, Future, LocalCluster, Security, as_completed
from tqdm import tqdm

from mlcourse.errors import CourseError
from mlcourse.grading.classroom import Submission
from mlcourse.grading.stopping import unreached
from mlcourse.grading.worker import Job, Undisturbed, work

_NO_WORKERS = (
    "mlcourse grade: {0} has no workers yet; grading begins when one joins (dask worker {0} --nthreads 1)"
)
_WAITING = 3
"""Jobs that are handed out for each worker: enough to keep it busy, few enough to keep memory small."""
_PATIENCE = 10.0
"""Seconds in which a scheduler has to answer."""


@dataclass(frozen=True)
class Task:
    """One notebook of one student.

    Attributes
    ----------
    submission : Submission
        Whose.
    notebook : str
        Which.
    key : str
        Its place in the journal.
    """

    submission: Submission
    notebook: str
    key: str


@contextmanager
def connected(jobs: int, scheduler: str | None) -> Iterator[Client]:
    """Connect to workers.

    Parameters
    ----------
    jobs : int
        Workers to start on this machine.
    scheduler : str or None
        Address of a Dask scheduler, to use its workers instead.

    Raises
    ------
    CourseError
        If there is no such scheduler.
    """
    # Dask keeps the last thousand messages for its own developers: here, every submission.
    # And it warns of tasks beyond 10 MB, as one with a large submission is.
    # Its profiler looks at the judge's variables a hundred times a second, and nobody at what it finds.
    settings = {"admin.low-level-log-length": 0, "admin.large-graph-warning-threshold": "1 GB"}
    settings |= {"worker.profile.enabled": False}
    with (
        dask.config.set({f"distributed.{name}": value for name, value in settings.items()}),
        _there(scheduler) if scheduler else _here(jobs) as client,
    ):
        yield client


@contextmanager
def _there(scheduler: str) -> Iterator[Client]:
    try:
        client = Client(scheduler, timeout=_PATIENCE)
    except Exception as error:  # Dask's own assertions too, where time ends while it connects
        reason = str(error) or type(error).__name__
        raise CourseError(f"the scheduler {scheduler} cannot be reached: {reason}") from error
    with client:
        if not client.nthreads():
            tqdm.write(_NO_WORKERS.format(scheduler), sys.stderr)
        yield client


@contextmanager
def _here(jobs: int) -> Iterator[Client]:
    options: dict[str, Any] = {
        "n_workers": jobs,
        "threads_per_worker": 1,
        "dashboard_address": "127.0.0.1:0",
        "silence_logs": 50,
        # With keys made for this run: whoever can reach an open scheduler can run programs as the instructor.
        "security": Security.temporary(),
    }
    # Where a program is ended while workers run, this clears their semaphores away, and need not say so.
    # It is started first, as that lets interrupts through again.
    os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker:UserWarning")
    resource_tracker.ensure_running()
    # From a thread that no interrupt reaches, as what it starts inherits that: a terminal's Ctrl+C goes to
    # the workers too, and in the midst of their imports each would print a traceback.
    with ThreadPoolExecutor(1, initializer=unreached) as thread:
        starting = thread.submit(LocalCluster, **options)
        try:
            cluster = starting.result()
        except KeyboardInterrupt:  # half a cluster cannot be closed
            starting.result().close()
            raise
        with cluster, Client(cluster) as client:
            client.register_plugin(Undisturbed())
            yield client


def distribute(client: Client, waiting: Iterator[tuple[Task, Job]]) -> Iterator[tuple[Task, Job, Future]]:
    """Yield tasks with their futures as they are done, a few at a time in the hands of the workers.

    Parameters
    ----------
    client : Client
        From `connected`.
    waiting : iterator of (Task, Job)
        What a worker gets, for each task; read as workers become free, as memory does not hold what the
        whole class has written.
    """
    futures: dict[Future, tuple[Task, Job]] = {}
    done = as_completed(())

    def hand_out() -> None:
        # Counted anew each time: on a cluster, workers come and go.
        wanted = _WAITING * max(1, len(client.nthreads())) - len(futures)
        for task, job in islice(waiting, max(0, wanted)):
            future = client.submit(work, job, pure=False)
            futures[future] = task, job
            done.add(future)

    hand_out()
    for future in done:
        yield *futures.pop(future), future
        future.release()
        hand_out()
