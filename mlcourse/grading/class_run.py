"""Grade a class: workers execute, one writer keeps the books.

The same code runs on one machine (a Dask cluster of its own) and on a cluster that is given by address. Every
result is in the journal before it is in the gradebook, so a run may be killed anywhere and started again.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice, starmap
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, Security, as_completed
from tqdm import tqdm

from mlcourse.errors import CourseError
from mlcourse.grading import judge
from mlcourse.grading.classroom import Classroom, Submission
from mlcourse.grading.fork_server import try_out
from mlcourse.grading.gradebook import Writer
from mlcourse.grading.grader import not_executed
from mlcourse.grading.journal import Journal, key
from mlcourse.grading.limits import Limits
from mlcourse.grading.released import Release
from mlcourse.grading.results import NotebookResult, StudentResult
from mlcourse.grading.sandbox import SandboxError
from mlcourse.grading.similarity import similar
from mlcourse.grading.worker import Job, work

NOT_WRITTEN = "not written to the gradebook"
"""How the flag of a student begins whose new scores could not be entered; the old ones are taken back."""
_NO_WORKERS = (
    "mlcourse grade: {0} has no workers yet; grading begins when one joins (dask worker {0} --nthreads 1)"
)
_WAITING = 3
"""Jobs that are handed out for each worker: enough to keep it busy, few enough to keep memory small."""


@dataclass(frozen=True)
class Task:
    """One notebook of one student.

    Attributes
    ----------
    submission : Submission
        Whose.
    notebook : str
        Which.
    job : Job
        What a worker gets.
    key : str
        Its place in the journal.
    flags : tuple of str
        What was odd about the file.
    """

    submission: Submission
    notebook: str
    job: Job
    key: str
    flags: tuple[str, ...]


class ClassRun:
    """One run of ``mlcourse grade``.

    Parameters
    ----------
    classroom : Classroom
        The course.
    assignment : str
        Which lesson.
    jobs : int
        Workers on this machine.
    scheduler : str or None
        Address of a Dask scheduler, to use its workers instead.
    sandboxed : bool
        False for ``--unsafe-no-sandbox``.
    limits : Limits
        For each submission.
    """

    def __init__(
        self,
        classroom: Classroom,
        assignment: str,
        jobs: int = 1,
        scheduler: str | None = None,
        sandboxed: bool = True,
        limits: Limits | None = None,
    ) -> None:
        self._classroom, self._assignment = classroom, assignment
        self._jobs, self._scheduler, self._sandboxed = jobs, scheduler, sandboxed
        self._limits = limits or Limits()
        self._results: dict[str, StudentResult] = {}

    def grade(self) -> dict[str, StudentResult]:
        """Grade everybody, and return the results by student, without the notebooks themselves.

        Raises
        ------
        CourseError
            If there is nothing to grade, no sandbox, no gradebook, or no scheduler.
        """
        releases = self._classroom.releases(self._assignment)
        submissions = self._classroom.submissions(self._assignment)
        if self._sandboxed and self._scheduler is None:
            _refuse_without_sandbox()
        journal = self._open_journal()
        with Writer(self._classroom, self._assignment, releases) as writer:
            locked = writer.locked_sources()
            releases = {name: release.with_hidden_tests(locked[name]) for name, release in releases.items()}
            texts = {name: json.dumps(release.notebook) for name, release in releases.items()}
            pairs = [(submission, name) for submission in submissions for name in releases]

            def read(submission: Submission, name: str) -> Task:
                return self._task(submission, name, releases[name], texts[name])

            # Workers first: a scheduler that is not there must not cost the class the scores it has.
            new = any(journal.find(read(*pair).key) is None for pair in pairs)
            with self._client() if new else nullcontext() as client:
                writer.forget(submission.student for submission in submissions)
                waiting = {submission.student: len(releases) for submission in submissions}
                with tqdm(total=len(pairs), unit="notebook", desc=self._assignment, disable=None) as bar:
                    for task, result in _execute(client, journal, pairs, read, releases):
                        student = task.submission.student
                        result.flags[:0] = task.flags
                        mine = self._results.setdefault(student, StudentResult(student))
                        mine.notebooks[task.notebook] = result
                        waiting[student] -= 1
                        if not waiting[student]:
                            self._write(writer, task.submission)
                        bar.update()
        for student, others in similar(self._fingerprints()).items():
            self._results[student].flag(f"same program as: {', '.join(others[:5])}")
        return self._results

    def _task(self, submission: Submission, name: str, release: Release, text: str) -> Task:
        content, flags = submission.read(name)
        seed = judge.seed(self._classroom.secret(), self._assignment, submission.student)
        job = Job(content, text, seed, self._limits, self._sandboxed, str(self._classroom.root))
        where = key(content, release, seed, self._limits, self._sandboxed)
        return Task(submission, name, job, where, tuple(flags))

    def _open_journal(self) -> Journal:
        folder = self._classroom.private / "journal" / self._assignment
        try:
            return Journal(folder)
        except OSError as error:
            shown = self._classroom.shown(folder)
            raise CourseError(f"the folder {shown} cannot be made: {error.strerror}") from error

    @contextmanager
    def _client(self) -> Iterator[Client]:
        # Dask keeps the last thousand messages for its own developers: here, every submission.
        # And it warns of tasks beyond 10 MB, as one with a large submission is.
        settings = {"low-level-log-length": 0, "large-graph-warning-threshold": "1 GB"}
        admin = {f"distributed.admin.{name}": value for name, value in settings.items()}
        with dask.config.set(admin), self._connected() as client:
            yield client

    @contextmanager
    def _connected(self) -> Iterator[Client]:
        if self._scheduler is not None:
            try:
                client = Client(self._scheduler, timeout=10)
            except (OSError, ValueError) as error:
                raise CourseError(f"the scheduler {self._scheduler} cannot be reached: {error}") from error
            with client:
                if not client.nthreads():
                    tqdm.write(_NO_WORKERS.format(self._scheduler), sys.stderr)
                yield client
            return
        options: dict[str, Any] = {
            "threads_per_worker": 1,
            "dashboard_address": "127.0.0.1:0",
            "silence_logs": 50,
        }
        # With keys made for this run: whoever can reach an open scheduler can run programs as the instructor.
        keys = Security.temporary()
        with LocalCluster(self._jobs, security=keys, **options) as cluster, Client(cluster) as client:
            yield client

    def _write(self, writer: Writer, submission: Submission) -> None:
        result = self._results[submission.student]
        try:
            writer.write(submission, result)
        except Exception as error:  # one student's row must not cost the others theirs; the old score is gone
            writer.discard(submission)
            for notebook in result.notebooks.values():
                notebook.flags.append(f"{NOT_WRITTEN}: {type(error).__name__}: {error}"[:300])
        for notebook in result.notebooks.values():
            notebook.notebook = {}

    def _fingerprints(self) -> dict[str, str]:
        return {
            student: "".join(found)
            for student, result in self._results.items()
            if (found := [book.fingerprint for book in result.notebooks.values() if book.fingerprint])
        }


def _execute(
    client: Client | None,
    journal: Journal,
    pairs: list[tuple[Submission, str]],
    read: Callable[[Submission, str], Task],
    releases: dict[str, Release],
) -> Iterator[tuple[Task, NotebookResult]]:
    """Yield each task with its result: first what the journal has, then the rest as it is done."""
    rest = []
    for pair in pairs:
        task = read(*pair)
        known = journal.find(task.key)
        if known is None:
            rest.append(pair)
        else:
            yield task, known
    if rest:
        if client is None:  # there was nothing new a moment ago
            raise CourseError("a submission was changed while this run began; start it again")
        # Read again when it is handed out: memory does not hold what the whole class has written.
        for task, result in _distribute(client, starmap(read, rest), releases):
            journal.keep(task.key, result)
            yield task, result


def _distribute(
    client: Client, waiting: Iterator[Task], releases: dict[str, Release]
) -> Iterator[tuple[Task, NotebookResult]]:
    """Yield tasks with their results as they are done, a few at a time in the hands of the workers."""
    futures: dict[Future, Task] = {}
    done = as_completed(())

    def hand_out() -> None:
        # Counted anew each time: on a cluster, workers come and go.
        wanted = _WAITING * max(1, len(client.nthreads())) - len(futures)
        for task in islice(waiting, max(0, wanted)):
            future = client.submit(work, task.job, pure=False)
            futures[future] = task
            done.add(future)

    hand_out()
    for future in done:
        task = futures.pop(future)
        yield task, _result(future, task, releases[task.notebook])
        future.release()
        hand_out()


def _result(future: Future, task: Task, release: Release) -> NotebookResult:
    try:
        return NotebookResult.from_json(future.result())
    except SandboxError as error:
        raise CourseError(str(error)) from error
    except KilledWorker:
        return not_executed(task.job.submission, release, "crashed", "killed its grader")
    except Exception as error:
        # A fault of ours shall cost one student's time, and an instructor's look.
        return not_executed(
            task.job.submission, release, "crashed", f"grader: {type(error).__name__}: {error}"[:200]
        )


def _refuse_without_sandbox() -> None:
    try:
        try_out()
    except SandboxError as error:
        raise CourseError(str(error)) from error
