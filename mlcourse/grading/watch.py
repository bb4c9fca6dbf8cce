"""``mlcourse grade LESSON --watch``: each submission is graded, and its feedback published, as it arrives.

What is to be done is read from the disk, so that a watch that was killed goes on where it was: with whoever
has no feedback that is newer than all that they handed in. Folders are looked at again and again, as an
exchange is often on a network's disk, which reports no changes.
"""

import os
import time
from collections.abc import Callable, Collection
from glob import escape
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI

from mlcourse.errors import CourseError
from mlcourse.grading.classroom import Classroom, Submission

_MOST_FILES = 500
_AT_A_TIME = 8
"""Submissions that are graded before their feedback is published: nobody waits for the last of a class."""
_LOOKS = 60
"""Looks until feedback that could not be published is tried again."""
Grade = Callable[[Collection[str]], None]
"""Grades these students; raises `CourseError` where that cannot be done now."""
Signature = tuple[tuple[str, int, int], ...]


class Watch:
    """Looks for submissions of an assignment, and has them graded.

    Parameters
    ----------
    classroom : Classroom
        The course.
    assignment : str
        Which lesson.
    grade : callable
        See `Grade`.
    say : callable
        Takes a line about what happened.
    """

    def __init__(
        self, classroom: Classroom, assignment: str, grade: Grade, say: Callable[[str], None]
    ) -> None:
        self._classroom, self._assignment, self._grade, self._say = classroom, assignment, grade, say
        self._api = NbGraderAPI(config=classroom.config)
        self._seen: dict[str, Signature] = {}
        self._graded: dict[str, Signature] = {}
        self._unpublished: set[str] = set()
        self._looks, self._said = 0, ""

    def step(self) -> list[str]:
        """Look once; grade whoever is new or changed and has come in whole, and publish their feedback.

        Returns
        -------
        list of str
            Whose feedback was published.
        """
        self._collect()
        found = {each.student: _signature(each) for each in self._submissions()}
        if not self._looks:
            self._graded = {name: files for name, files in found.items() if self._is_done(name, files)}
        # What changed since the last look may still be arriving.
        arrived = [
            name for name, files in found.items() if files == self._seen.get(name) != self._graded.get(name)
        ]
        arrived = sorted(arrived, key=lambda name: _latest(found[name]))[:_AT_A_TIME]
        self._seen = found
        self._looks += 1
        if arrived:
            try:
                self._grade(arrived)
            except (CourseError, OSError) as error:  # such as a locked gradebook: at the next look
                self._complain(str(error.message if isinstance(error, CourseError) else error))
                return []
            self._graded |= {name: found[name] for name in arrived}
            self._unpublished |= set(arrived)
        elif self._looks % _LOOKS:
            return []
        published = [name for name in sorted(self._unpublished) if self._publish(name)]
        self._unpublished -= set(published)
        return published

    def run(self, pause: float = 0.5) -> None:
        """Look until interrupted.

        Parameters
        ----------
        pause : float
            Seconds between two looks.
        """
        while True:
            for student in self.step():
                self._say(f"{time.strftime('%H:%M:%S')}  {student}: graded, feedback published")
            time.sleep(pause)

    def _is_done(self, student: str, files: Signature) -> bool:
        """Whether a student's feedback is newer than what was handed in, also where it was sent on."""
        pages = [page.stat().st_mtime_ns for page in self._feedback(student).glob("*.html")]
        if self._has_exchange():  # a watch may be killed between a page and its way to the exchange
            sent = self._sent(student)
            pages.append(sent.stat().st_mtime_ns if sent.exists() else 0)
        return len(pages) > self._has_exchange() and min(pages) > _latest(files)

    def _submissions(self) -> list[Submission]:
        try:
            return self._classroom.submissions(self._assignment)
        except CourseError:  # nobody has handed in anything yet
            return []

    def _publish(self, student: str) -> bool:
        name = escape(student)
        done = self._api.generate_feedback(self._assignment, name, force=True)
        if done["success"] and self._has_exchange():
            done = self._api.release_feedback(self._assignment, name)
            if done["success"]:
                self._sent(student).parent.mkdir(parents=True, exist_ok=True)
                self._sent(student).touch()
        if not done["success"]:
            self._complain(f"the feedback of {student} was not published: {_reason(done)}")
        return bool(done["success"])

    def _collect(self) -> None:
        if self._has_exchange():
            done = self._api.collect(self._assignment, update=True)
            if not done["success"]:
                self._complain(f"nothing can be collected from nbgrader's exchange: {_reason(done)}")

    def _has_exchange(self) -> bool:
        root = self._classroom.config.get("Exchange", {}).get("root")
        course = self._classroom.directory.course_id
        return bool(root and course) and Path(root, course, "inbound").is_dir()

    def _feedback(self, student: str) -> Path:
        directory = self._classroom.directory
        return Path(directory.format_path(directory.feedback_directory, student, self._assignment))

    def _sent(self, student: str) -> Path:
        """File whose time is that at which the exchange got the feedback; nbgrader keeps no note of it."""
        return self._classroom.private / "sent" / self._assignment / student

    def _complain(self, message: str) -> None:
        """Say what goes wrong, once and not at each look."""
        if message != self._said:
            self._said = message
            self._say(message)


def _signature(submission: Submission) -> Signature:
    """What the files of a submission look like from outside; it changes when one of them does."""
    found: list[tuple[str, int, int]] = []
    for top, folders, names in os.walk(submission.folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(top, name)
            try:
                about = os.lstat(path)
            except OSError:  # gone again
                continue
            # Not when it was written, which a copy may keep, but when it came to be here.
            found.append((path, about.st_ctime_ns, about.st_size))
            if len(found) == _MOST_FILES:
                return tuple(found)
    return tuple(found)


def _latest(files: Signature) -> int:
    return max((when for _, when, _ in files), default=0)


def _reason(done: dict[str, Any]) -> str:
    lines = str(done.get("error") or done.get("log") or "").strip().splitlines()
    return lines[-1][:200] if lines else "no reason given"
