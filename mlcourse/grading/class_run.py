"""Grade a class: workers execute, one writer keeps the books.

The same code runs on one machine (a Dask cluster of its own) and on a cluster that is given by address. Every
result is in the journal before it is in the gradebook, so a run may be killed anywhere and started again.
"""

import json
import sys
from collections.abc import Collection, Iterator
from contextlib import nullcontext
from difflib import get_close_matches
from itertools import chain

from distributed import Client, Future, KilledWorker
from tqdm import tqdm

from mlcourse.errors import CourseError
from mlcourse.grading import judge
from mlcourse.grading.classroom import Classroom, Submission
from mlcourse.grading.distribution import Task, connected, distribute
from mlcourse.grading.fork_server import try_out
from mlcourse.grading.gradebook import Writer
from mlcourse.grading.grader import not_executed
from mlcourse.grading.journal import Journal, key
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.one_run import alone
from mlcourse.grading.released import Release
from mlcourse.grading.results import NotebookResult, StudentResult
from mlcourse.grading.sandbox import SandboxError
from mlcourse.grading.similarity import Pair, similar
from mlcourse.grading.version import course_version
from mlcourse.grading.worker import Job, VersionError

NOT_WRITTEN = "not written to the gradebook"
"""How the flag of a student begins whose new scores could not be entered; the old ones are taken back."""

_LOST = (
    "{} is not there, though the gradebook has scores: who is graded now gets other hidden inputs. "
    "If you have the file elsewhere, stop, put it back and start again."
)


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
    limits : SandboxLimits
        For each submission; by default what ``nbgrader_config.py`` says.
    students : collection of str
        Grade these and nobody else; by default everybody.
    exercise : str
        Enter points for this one only; by default for all.
    again : bool
        Whether to run also what was graded before.
    client : Client or None
        Workers that are there already; by default they are started when they are needed.

    Attributes
    ----------
    pairs : list of Pair
        Submissions that are alike, once the class is graded.
    """

    def __init__(
        self,
        classroom: Classroom,
        assignment: str,
        jobs: int = 1,
        scheduler: str | None = None,
        sandboxed: bool = True,
        limits: SandboxLimits | None = None,
        students: Collection[str] = (),
        exercise: str = "",
        again: bool = False,
        client: Client | None = None,
    ) -> None:
        self._classroom, self._assignment = classroom, assignment
        self._jobs, self._scheduler, self._sandboxed = jobs, scheduler, sandboxed
        self._limits = limits or SandboxLimits.configured(classroom.config)
        self._students, self._exercise, self._again, self._client = students, exercise, again, client
        self._releases: dict[str, Release] = {}
        self._results: dict[str, StudentResult] = {}
        self.pairs: list[Pair] = []

    def grade(self) -> dict[str, StudentResult]:
        """Grade everybody, and return the results by student, without the notebooks themselves.

        Raises
        ------
        CourseError
            If there is nothing to grade, no sandbox, no gradebook, no scheduler, or another run at work.
        """
        self._releases = self._classroom.releases(self._assignment)
        if self._scheduler is None:
            _refuse_without_modules(self._assignment, self._releases)
        submissions = self._chosen(self._classroom.submissions(self._assignment))
        if self._sandboxed and self._scheduler is None:
            _refuse_without_sandbox()
        with alone(self._classroom):
            self._grade(submissions)
        if not self._students:  # what is rare is known of a whole class only
            self.pairs = similar({student: result.statements for student, result in self._results.items()})
        for pair in self.pairs:
            for student, other in (pair.students, pair.students[::-1]):
                self._results[student].flag(f"alike: {other}, {pair.share:.0%} of it in common")
        return self._results

    def _chosen(self, submissions: list[Submission]) -> list[Submission]:
        """Of all submissions those that were asked for."""
        exercises = [
            cell.grade_id for release in self._releases.values() for cell in release.cells if cell.graded
        ]
        if self._exercise and self._exercise not in exercises:
            raise CourseError(
                f"{self._assignment} has no exercise {self._exercise!r}; it has {', '.join(exercises)}"
            )
        known = {submission.student for submission in submissions}
        for student in self._students:
            if student not in known:
                close = ", ".join(get_close_matches(student, known)) or "nobody with such a name did"
                raise CourseError(f"{student!r} handed nothing in for {self._assignment}; {close}")
        return [each for each in submissions if not self._students or each.student in self._students]

    def _grade(self, submissions: list[Submission]) -> None:
        journal = self._open_journal()
        with Writer(self._classroom, self._assignment, self._releases, self._exercise) as writer:
            for name, sources in writer.locked_sources().items():
                self._releases[name] = self._releases[name].with_hidden_tests(sources)
            for note in writer.notes:
                print(note, file=sys.stderr)
            if not self._classroom.has_secret and writer.has_scores():
                print(
                    _LOST.format(self._classroom.shown(self._classroom.private / "secret")), file=sys.stderr
                )
            tasks = self._tasks(submissions)
            known: list[Task] = []
            new = next((pair for pair in tasks if not self._is_known(journal, pair[0], known)), None)
            waiting = {submission.student: len(self._releases) for submission in submissions}
            if new is None:
                self._write_all(_kept(journal, known), writer, waiting)
                return
            # Workers first: a scheduler that is not there must not cost the class the scores it has.
            there = nullcontext(self._client) if self._client else connected(self._jobs, self._scheduler)
            with there as client:
                results = self._execute(client, journal, known, chain([new], tasks))
                self._write_all(results, writer, waiting)

    def _write_all(
        self, results: Iterator[tuple[Task, NotebookResult]], writer: Writer, waiting: dict[str, int]
    ) -> None:
        """Take the class's old scores back, and enter each student's new ones when they are complete."""
        writer.forget(waiting)
        total = sum(waiting.values())
        tenth = max(1, total // 10)  # a log shows no bar; a watch says itself whom it has graded
        with tqdm(total=total, unit="notebook", desc=self._assignment, disable=None) as bar:
            for number, (task, result) in enumerate(results, start=1):
                student = task.submission.student
                mine = self._results.setdefault(student, StudentResult(student))
                mine.notebooks[task.notebook] = result
                waiting[student] -= 1
                if not waiting[student]:
                    self._write(writer, task.submission)
                bar.update()
                if bar.disable and not self._client and (number == total or number % tenth == 0):
                    print(f"{self._assignment}: {number} of {total} notebooks graded", file=sys.stderr)

    def _tasks(self, submissions: list[Submission]) -> Iterator[tuple[Task, Job]]:
        """Read the submissions, each once, when it is its turn."""
        secret = self._classroom.secret()
        solutions = self._classroom.solutions(self._assignment)
        texts = {name: json.dumps(release.notebook) for name, release in self._releases.items()}
        for submission in submissions:
            seed = judge.seed(secret, self._assignment, submission.student)
            for name, release in self._releases.items():
                files = submission.read(name, tuple(self._releases))
                root = str(self._classroom.root)
                own = solutions.get(name, {})
                job = Job(
                    files,
                    texts[name],
                    seed,
                    self._limits,
                    self._sandboxed,
                    root,
                    own,
                    course_version(),
                    release.own,
                )
                where = key(files, release, seed, self._limits, self._sandboxed, own)
                yield Task(submission, name, where), job

    def _execute(
        self, client: Client, journal: Journal, known: list[Task], tasks: Iterator[tuple[Task, Job]]
    ) -> Iterator[tuple[Task, NotebookResult]]:
        """Yield each task with its result: at once what the journal has, the rest as it is done."""
        unknown = (pair for pair in tasks if not self._is_known(journal, pair[0], known))
        yield from _kept(journal, known)
        for task, job, future in distribute(client, unknown):
            result = _result(future, job, self._releases[task.notebook])
            journal.keep(task.key, result)
            yield task, result
            yield from _kept(journal, known)
        yield from _kept(journal, known)

    def _is_known(self, journal: Journal, task: Task, known: list[Task]) -> bool:
        """Whether the journal has a result that will do; then the task is one of the known ones."""
        if self._again or journal.find(task.key) is None:
            return False
        known.append(task)
        return True

    def _open_journal(self) -> Journal:
        folder = self._classroom.private / "journal" / self._assignment
        try:
            return Journal(folder)
        except OSError as error:
            shown = self._classroom.shown(folder)
            raise CourseError(f"the folder {shown} cannot be made: {error.strerror}") from error

    def _write(self, writer: Writer, submission: Submission) -> None:
        result = self._results[submission.student]
        for flag in submission.flags:
            result.flag(flag)
        try:
            writer.write(submission, result)
        except Exception as error:
            # One student's row must not cost the others theirs; the old score is gone.
            writer.discard(submission)
            why = str(error) if isinstance(error, CourseError) else f"{type(error).__name__}: {error}"
            for notebook in result.notebooks.values():
                notebook.flags.append(f"{NOT_WRITTEN}: {why}"[:500])
        for notebook in result.notebooks.values():
            notebook.notebook = {}


def _kept(journal: Journal, known: list[Task]) -> Iterator[tuple[Task, NotebookResult]]:
    """Yield the known tasks with their results: memory holds one of them at a time."""
    while known:
        task = known.pop()
        result = journal.find(task.key)
        if result is None:
            raise CourseError("the journal was changed while this run read it; start it again")
        yield task, result


def _result(future: Future, job: Job, release: Release) -> NotebookResult:
    try:
        result = NotebookResult.from_json(future.result())
    except (SandboxError, VersionError) as error:
        raise CourseError(str(error)) from error
    except KilledWorker:
        return not_executed(job.files, release, "crashed", "killed its grader")
    except Exception as error:
        # A fault of ours shall cost one student's time, and an instructor's look.
        return not_executed(job.files, release, "crashed", f"grader: {type(error).__name__}: {error}"[:200])
    if result.version != course_version():  # a worker too old to refuse the job itself
        raise CourseError(str(VersionError(result.version)))
    return result


def _refuse_without_sandbox() -> None:
    try:
        try_out()
    except SandboxError as error:
        raise CourseError(str(error)) from error


def _refuse_without_modules(assignment: str, releases: dict[str, Release]) -> None:
    missing = sorted({name for release in releases.values() for name in release.missing})
    if missing:
        names = ", ".join(missing)
        raise CourseError(
            f"{assignment}: its exercises need {names}, not installed in this environment, and nobody can "
            f"get points for them; install it (pip install {' '.join(missing)}) and grade again"
        )
