"""Write files so that a reader sees either the old ones or the new ones."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from mlcourse.authoring.course import CourseError


def write(files: dict[Path, bytes]) -> None:
    """Write all files beside their places first, then rename, so that nothing is ever half-written.

    Raises
    ------
    CourseError
        If a file cannot be written, named with its path; what was there before is still there.
    """
    beside: dict[Path, str] = {}
    path = next(iter(files))
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside[path] = mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(beside[path], 0o644)
        for path, temporary in beside.items():
            os.replace(temporary, path)
    except OSError as error:
        raise CourseError(f"cannot write {path}: {error.strerror}") from error
    finally:
        for temporary in beside.values():
            with suppress(OSError):
                os.unlink(temporary)
