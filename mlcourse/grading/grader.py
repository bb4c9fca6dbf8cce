"""Grade one notebook: a pure function of its bytes, the release, the course's version and the seed."""

import time
from collections.abc import Mapping

from mlcourse.grading.course_calls import calls_of_the_course
from mlcourse.grading.detours import detours
from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.marking import Marking
from mlcourse.grading.most_finished import most_finished
from mlcourse.grading.released import Release
from mlcourse.grading.results import NotebookResult
from mlcourse.grading.session import Session
from mlcourse.grading.similarity import statements


def grade_notebook(
    files: HandedIn,
    release: Release,
    seed: bytes,
    server: ForkServer,
    solutions: Mapping[str, tuple[str, ...]] | None = None,
) -> NotebookResult:
    """Grade one notebook.

    Parameters
    ----------
    files : HandedIn
        What was handed in.
    release : Release
        What was handed out.
    seed : bytes
        For the secret inputs, from `mlcourse.grading.judge.seed`.
    server : ForkServer
        Where the kernel comes from.
    solutions : mapping of str to tuple of str, optional
        The course's own, by grade id; without them nothing is judged a second time.
    """
    started = time.monotonic()
    marking = Marking(most_finished(files, release), release)
    if marking.result.status == "graded":
        session = Session(server, files.others)
        try:
            marking.run(session, seed, solutions or {})
        finally:
            session.close()
        own = release.own.encode()  # came with the lesson, and goes back with the folder
        others = {place: text for place, text in files.others if text.replace(b"\r\n", b"\n") != own}
        written = (release, marking.rebuilt.cells, others)
        marking.result.flags += calls_of_the_course(*written) + detours(*written)
        marking.result.statements = statements(release, marking.rebuilt.cells)
    else:
        marking.score_nothing()
    marking.result.seconds = round(time.monotonic() - started, 3)
    return marking.result


def not_executed(files: HandedIn, release: Release, status: str, flag: str) -> NotebookResult:
    """Result of a submission that could not be executed: nothing but what a person has to score.

    Parameters
    ----------
    files, release
        As for `grade_notebook`.
    status, flag : str
        What to report.
    """
    marking = Marking(most_finished(files, release), release)
    marking.score_nothing(status)
    marking.result.flags.append(flag)
    return marking.result
