"""What a platform said of its students when their submissions were collected."""

import json
from pathlib import Path
from typing import Any

from mlcourse.whole_files import write_whole


def remember(private: Path, lesson: str, about: dict[str, dict[str, Any]]) -> None:
    """Keep what a platform said of its students, for the report.

    Parameters
    ----------
    private : Path
        The course's folder for what is nobody else's.
    lesson : str
        Name of the assignment.
    about : dict of str to dict
        By student, ``platform``, ``name`` and ``late``.
    """
    write_whole({_remembered(private, lesson): json.dumps(about, indent=1)})


def late_on_platform(private: Path, lesson: str) -> set[str]:
    """Students of whom a platform said that they were late."""
    try:
        about = json.loads(_remembered(private, lesson).read_bytes())
        return {student for student, said in about.items() if said["late"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()


def _remembered(private: Path, lesson: str) -> Path:
    return private / "collected" / f"{lesson}.json"
