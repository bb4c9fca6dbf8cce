"""One run a course at a time: a second one would throw away what the first is about to enter."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from mlcourse.errors import CourseError
from mlcourse.grading.classroom import Classroom


@contextmanager
def alone(classroom: Classroom) -> Iterator[None]:
    """Hold the course's lock; the system gives it back however the run ends.

    Parameters
    ----------
    classroom : Classroom
        The course.

    Raises
    ------
    CourseError
        If another run holds it, or it cannot be made.
    """
    path = classroom.private / "grading.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CourseError(f"{classroom.shown(path)} cannot be made: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            process = os.pread(descriptor, 20, 0).decode(errors="replace").strip() or "unknown"
            raise CourseError(
                f"another `mlcourse grade` is at work on this course (process {process}); "
                "wait for it, or stop it and start this again"
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)
