"""Points won so far, in one small file: it survives the kernel, and an export of it survives Binder.

The file is ``.mlcourse/progress.json`` in the course's folder, or in the home folder outside of a course.
The environment variable ``MLCOURSE_PROGRESS`` names another file; empty, nothing is kept (builds, grading,
tests).
"""

import json
import os
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import Any

from mlcourse.course_folder import course_folder
from mlcourse.feedback import kept_work
from mlcourse.feedback.file_lock import locked
from mlcourse.whole_files import write_whole

_MAX_BYTES = 70_000_000
"""Of an exported file, with the pictures that a learner has put into answers."""


class DamagedProgress(ValueError):
    """The text is not a progress file."""


def file() -> Path | None:
    """Where progress is kept; None if it is not (an instructor's edition, or switched off)."""
    chosen = os.environ.get("MLCOURSE_PROGRESS")
    if chosen is not None:
        return Path(chosen) if chosen else None
    here = Path.cwd().resolve()
    course = course_folder(here)
    if course is not None and here.is_relative_to(course / "solutions"):
        return None
    return (course or Path.home()) / ".mlcourse" / "progress.json"


def load() -> tuple[dict[str, float], str]:
    """Read the points won.

    Returns
    -------
    points : dict of str to float
        By exercise id; empty if there is no file yet.
    message : str
        What happened to a damaged file, empty if all is well. It is set aside, not lost.
    """
    try:
        path = file()
        if path is None or not path.is_file():
            return {}, ""
        try:
            return parse(path.read_bytes()), ""
        except DamagedProgress as error:
            return {}, _set_aside(path, str(error))
    except (OSError, RuntimeError):  # unreadable, or no home folder
        return {}, ""


def record(exercise_id: str, points: float) -> None:
    """Keep the points of an exercise if they are more than before; never raises, a lesson must go on."""
    with suppress(OSError, RuntimeError):
        path = file()
        if path is None or points <= load()[0].get(exercise_id, -1.0):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):  # another notebook may have written since
            won, _ = load()
            if points > won.get(exercise_id, -1.0):
                write_whole({path: dump({**won, exercise_id: float(points)})}, mode=0o600)


def merge(data: bytes) -> tuple[int, list[str]]:
    """Take over an exported file: the better result of each exercise, and what was written in the lessons.

    Returns
    -------
    better : int
        How many exercises are better now than before.
    lessons : list of str
        Those whose notebooks have changed.

    Raises
    ------
    DamagedProgress
        If it is not an exported file.
    OSError
        If it cannot be written.
    """
    imported, path = parse(data), file()
    if path is None:
        return 0, []
    notebooks = kept_work.with_answers(json.loads(data).get("answers", {}))
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path):
        won, _ = load()
        better = {name: points for name, points in imported.items() if points > won.get(name, -1.0)}
        write_whole({**notebooks, path: dump({**won, **better})}, mode=0o600)
    return len(better), [notebook.stem for notebook in notebooks]


def dump(points: dict[str, float], answers: kept_work.Answers | None = None) -> str:
    """The content of the file; with answers, that of one to take along."""
    content: dict[str, Any] = {"version": 1, "points": dict(sorted(points.items()))}
    return json.dumps(content | ({"answers": answers} if answers else {}), indent=1)


def parse(data: bytes) -> dict[str, float]:
    """Read the content of the file.

    Raises
    ------
    DamagedProgress
        If it is something else; the message says what was expected.
    """
    expected = 'expected JSON such as {"version": 1, "points": {"sigmoid": 1.0}}'
    if len(data) > _MAX_BYTES:
        raise DamagedProgress(f"{len(data)} bytes are too many for it; {expected}")
    try:
        content: Any = json.loads(data)
    except (ValueError, RecursionError):
        raise DamagedProgress(f"not JSON; {expected}") from None
    match content:
        case {"version": 1, "points": dict(points)} if all(
            map(_is_points, points.values())
        ) and kept_work.is_answers(content.get("answers", {})):
            return {name: float(value) for name, value in points.items()}
    raise DamagedProgress(f"not a progress file; {expected}")


def _is_points(value: Any) -> bool:
    return type(value) in (int, float) and isfinite(value) and 0 <= value <= 1000


def _set_aside(path: Path, why: str) -> str:
    aside = path.with_suffix(".damaged.json")
    try:
        path.replace(aside)
    except OSError as error:
        return f"{path} is damaged ({why}) and cannot be moved: {error.strerror}."
    return f"{path} was damaged ({why}). It is now {aside.name}; progress starts anew."
