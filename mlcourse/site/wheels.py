"""Wheels for the browser edition: the learner's part of the course, and pure Python from PyPI."""

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

from mlcourse.errors import CourseError

INSTRUCTORS_PARTS = ("authoring", "grading", "jupyter", "lessons", "site", "start")
"""Folders of the package that a learner in a browser has no use for."""


def learners_wheel(checkout: Path, folder: Path) -> Path:
    """Build the wheel of the course, without what only an instructor needs.

    Parameters
    ----------
    checkout : Path
        The repository.
    folder : Path
        Where the wheel is put.

    Raises
    ------
    CourseError
        If it cannot be built.
    """
    built = folder / "whole"
    _pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(built), str(checkout))
    (whole,) = built.glob("*.whl")
    smaller = folder / whole.name
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(smaller, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if _is_learners(entry.filename):
                data = source.read(entry)
                target.writestr(entry, _learners_rows(data) if entry.filename.endswith("/RECORD") else data)
    whole.unlink()
    built.rmdir()
    return smaller


def from_pypi(names: list[str], folder: Path) -> list[Path]:
    """Fetch wheels of pure Python.

    Parameters
    ----------
    names : list of str
        Such as ``"ipython==9.12.0"``.
    folder : Path
        Where they are put.

    Returns
    -------
    list of Path
        In the order of their names.

    Raises
    ------
    CourseError
        If one is not to be had.
    """
    # The version of Python is the browser's: what is chosen here must be pure, and run there.
    only = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--python-version=3.14"]
    folder.mkdir(parents=True, exist_ok=True)
    _pip("download", "--no-deps", *only, "-d", str(folder), *names)
    return sorted(folder.glob("*.whl"))


def _is_learners(name: str) -> bool:
    return not name.startswith(tuple(f"mlcourse/{part}/" for part in INSTRUCTORS_PARTS))


def _learners_rows(record: bytes) -> str:
    rows = [row for row in csv.reader(io.StringIO(record.decode())) if row and _is_learners(row[0])]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", arguments[0], "-q", "--disable-pip-version-check", *arguments[1:]]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        why = done.stderr.strip().splitlines() or ["no reason given"]
        raise CourseError(f"pip {arguments[0]} failed, so there is no site: {why[-1]}")
