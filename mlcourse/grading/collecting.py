"""``nbgrader zip_collect`` for archives as Canvas and Moodle make them: nothing in one of them ends the run.

Two plug-ins, which `mlcourse.grading.configuration` puts in: one unpacks, one says whose each file is.
"""

import re
import shutil
import tarfile
import zipfile
from collections import defaultdict
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from sqlalchemy.exc import SQLAlchemyError
from traitlets import List

from mlcourse.grading.collected import remember
from mlcourse.grading.platform_names import Origin, origin

_MOST_BYTES = 200_000_000
_MOST_FILES = 2_000
"""What an archive inside an archive, a learner's own, may hold."""
_DEEPEST = 3
# Of learners' machines, and nbgrader's own note of when something was handed in: nobody dates their own work.
_NOT_THEIRS = re.compile(r"(^|/)(__MACOSX|\.[^/]*|__pycache__|timestamp\.txt)(/|$)", re.IGNORECASE)


class Unpack(ExtractorPlugin):
    """Unpacks archives, and those inside of them; one that cannot be unpacked is said, and left out."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack or copy all files of a folder into another one."""
        found = [path for path in sorted(Path(archive_path).rglob("*")) if path.is_file()]
        if not found:
            self.log.warning("No files found in directory: %s", archive_path)
        for path in found:
            folder = Path(extracted_path, path.relative_to(archive_path)).parent
            try:
                folder.mkdir(parents=True, exist_ok=True)
                if _is_archive(path):
                    self._unpack(path, folder / _stem(path.name), 0)
                else:
                    shutil.copy(path, folder)
            except OSError as error:
                self.log.warning("Left out %a: %s", path.name, error)

    def _unpack(self, path: Path, target: Path, depth: int) -> None:
        try:
            target.mkdir(parents=True, exist_ok=True)
            (_unzip if path.suffix.lower() == ".zip" else _untar)(path, target, limited=depth > 0)
        # Both libraries raise what comes, RuntimeError for a password or NotImplementedError for a method.
        except Exception as error:
            self.log.warning("Left out (a part of) %a: it cannot be unpacked: %s", path.name, error)
        for inner in sorted(target.rglob("*")) if depth < _DEEPEST else ():
            if inner.is_file() and _is_archive(inner) and not _NOT_THEIRS.search(inner.name):
                self._unpack(inner, inner.with_name(_stem(inner.name)), depth + 1)
                inner.unlink()


class Collect(FileNameCollectorPlugin):
    """Says whose a file is by the platform's own id, and keeps the name and lateness that came with it."""

    valid_ext = List(
        [".ipynb", ".txt", ".py", ".csv", ".json", ".npy", ".npz", ".png", ".jpg", ".jpeg", ".pdf"],
        help="Endings of the files to collect, in small letters.",
    ).tag(config=True)

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return the student and the file's place among theirs; None for what is to be left out."""
        found = self._plan.get(submitted_file)
        return {"student_id": found.student, "file_id": found.path} if found else None

    @cached_property
    def _plan(self) -> dict[str, Origin]:
        app: Any = self.parent
        root = Path(app._format_collect_path(app.extracted_directory))
        lesson = str(app.coursedir.assignment_id)
        of_student: dict[str, dict[Path, Origin]] = defaultdict(dict)
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root).as_posix()
            if not path.is_file() or path.is_symlink() or _NOT_THEIRS.search(inside):
                continue
            found = origin(inside, lesson)
            if found and path.suffix.lower() in self.valid_ext and not _NOT_THEIRS.search(found.path):
                of_student[found.student][path] = found
        plan: dict[str, Origin] = {}
        for student, files in of_student.items():
            named = any(each.platform for each in files.values())
            if not named and not any(".ipynb" in path.name.lower() for path in files):
                continue  # such as a platform's own list of who handed in
            for path, place in _places(files, lesson).items():
                plan[str(path)] = place
                if place.path != files[path].path and "/" not in place.path:
                    self.log.info("%s: %a is collected as %a", student, files[path].path, place.path)
        self._remember(lesson, {student: list(files.values()) for student, files in of_student.items()})
        return plan

    def _remember(self, lesson: str, files: dict[str, list[Origin]]) -> None:
        """Keep names and ids in the gradebook, and what the platform says about lateness for the report."""
        app: Any = self.parent
        about = {
            student: {
                "platform": found[0].platform,
                "name": found[0].name,
                "late": any(each.late for each in found),
            }
            for student, found in files.items()
            if found[0].platform
        }
        remember(Path(app.coursedir.root, ".mlcourse"), lesson, about)
        try:
            with Gradebook(app.coursedir.db_url, app.coursedir.course_id or "default_course") as book:
                known = {student.id: student for student in book.students}
                for student, found in about.items():
                    first, _, last = str(found["name"]).rpartition(" ")
                    names = {"first_name": first, "last_name": last, "lms_user_id": student}
                    was = known.get(student)
                    missing = {key: value for key, value in names.items() if not getattr(was, key, None)}
                    book.update_or_create_student(student, **missing)
        except (SQLAlchemyError, ImportError, OSError) as error:
            self.log.warning("Names are not in the gradebook, which cannot be opened: %s", error)


def _places(files: dict[Path, Origin], lesson: str) -> dict[Path, Origin]:
    """Where each file of a student goes: without folders that hold all, and no two in one place."""
    newest = sorted(files.items(), key=lambda item: (item[1].number, item[0].stat().st_mtime), reverse=True)
    parts = [Path(found.path).parts for _, found in newest]
    folders = [each[:-1] for each in parts]
    common = len(list(takewhile(lambda level: len(set(level)) == 1, zip(*folders, strict=False))))
    taken: dict[str, Path] = {}
    for (path, _), own in zip(newest, parts, strict=True):
        inside = "/".join(own[common:])
        # Canvas numbers what is handed in again: name-1.ipynb is name.ipynb, unless that is there as well.
        if again := re.fullmatch(rf"({re.escape(lesson)})-\d+(\.ipynb)", inside):
            inside = again[1] + again[2]
        stem, dot, ending = inside.rpartition(".")
        number = 1
        while any(inside == other or _within(inside, other) or _within(other, inside) for other in taken):
            number += 1
            inside = f"{stem.replace('/', '-')} (handed in {number}){dot}{ending}"
        taken[inside] = path
    return {path: Origin(files[path].student, place) for place, path in taken.items()}


def _within(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/")


def _is_archive(path: Path) -> bool:
    return path.name.lower().endswith((".zip", ".tar", ".tar.gz", ".tgz"))


def _stem(name: str) -> str:
    return re.sub(r"\.(zip|tar|tar\.gz|tgz)$", "", name, flags=re.IGNORECASE)


def _unzip(path: Path, target: Path, limited: bool) -> None:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        _refuse_bombs(len(members), sum(member.file_size for member in members), limited)
        for member in members:
            if not member.flag_bits & 0x800:  # not said to be UTF-8, as macOS does not, though it is
                member.filename = _as_utf8(member.filename)
            archive.extract(member, target)


def _as_utf8(name: str) -> str:
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _untar(path: Path, target: Path, limited: bool) -> None:
    with tarfile.open(path) as archive:
        members = archive.getmembers()
        _refuse_bombs(len(members), sum(member.size for member in members), limited)
        archive.extractall(target, filter="data")


def _refuse_bombs(files: int, size: int, limited: bool) -> None:
    if limited and (files > _MOST_FILES or size > _MOST_BYTES):
        raise OSError(f"{files} files of {size} bytes, at most {_MOST_FILES} of {_MOST_BYTES} are unpacked")
