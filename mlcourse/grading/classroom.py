"""A course on the instructor's disk: where nbgrader's configuration says all is, and what was handed in."""

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from glob import glob
from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, JSONFileConfigLoader, PyFileConfigLoader
from traitlets.config.loader import ConfigFileNotFound

from mlcourse.course_folder import CONFIGURATION, course_folder
from mlcourse.errors import CourseError
from mlcourse.exercises.own import declared_in, text_beside
from mlcourse.grading.collected import late_on_platform
from mlcourse.grading.handed_in import HandedIn, plain_file
from mlcourse.grading.names import plain_text, student_id
from mlcourse.grading.released import Release
from mlcourse.grading.second_chance import solutions_of
from mlcourse.grading.timestamps import moment

_NOBODY = ("", ".ipynb_checkpoints", "__MACOSX")


@dataclass(frozen=True)
class Submission:
    """One student's folder for one assignment.

    Attributes
    ----------
    student : str
        Id.
    folder : Path
        Where the files are.
    handed_in : datetime or None
        When, in UTC and without a zone, as nbgrader keeps it; None if that is not known for certain.
    flags : tuple of str
        What was odd about the folder.
    """

    student: str
    folder: Path
    handed_in: datetime | None = None
    flags: tuple[str, ...] = ()

    def read(self, name: str, released: tuple[str, ...] = ()) -> HandedIn:
        """Read what was handed in for a notebook.

        Parameters
        ----------
        name : str
            Of the notebook, without ``.ipynb``.
        released : tuple of str
            Names of all notebooks of the assignment.
        """
        try:
            return HandedIn.read(self.folder, name, released)
        # Of a kind that nobody thought of: it must not cost the others their points.
        except Exception as error:
            return HandedIn(f"{name}.ipynb", flags=(f"not read: {type(error).__name__}: {error}"[:200],))


class Classroom:
    """A course's folder.

    Parameters
    ----------
    root : Path
        The folder with ``nbgrader_config.py``.
    config : traitlets.config.Config, optional
        nbgrader's configuration; by default read from its files.
    """

    def __init__(self, root: Path, config: Config | None = None) -> None:
        self.root = root
        self.config = _configuration(root) if config is None else Config(config)
        self.config.CourseDirectory.root = str(root)
        self.directory = CourseDirectory(config=self.config)

    @classmethod
    def find(cls, start: Path | None = None) -> "Classroom":
        """Find the course around a folder.

        Parameters
        ----------
        start : Path, optional
            Folder to look from, upwards; the current one by default.

        Raises
        ------
        CourseError
            If it is in no course.
        """
        start = (start or Path.cwd()).resolve()
        folder = course_folder(start)
        if folder is None or not (folder / CONFIGURATION).is_file():
            raise CourseError(
                f"{start} is not in a course (no folder above it has {CONFIGURATION}); "
                "change into the course's folder and try again"
            )
        return cls(folder)

    @property
    def private(self) -> Path:
        """Folder for what is nobody else's: the secret, the journal."""
        return self.root / ".mlcourse"

    def releases(self, assignment: str) -> dict[str, Release]:
        """Read the released notebooks of an assignment, by name.

        Raises
        ------
        CourseError
            If there are none, or one cannot be read.
        """
        folder = Path(self.directory.format_path(self.directory.release_directory, ".", assignment))
        paths = sorted(folder.glob("*.ipynb"))
        source = Path(self.directory.format_path(self.directory.source_directory, ".", assignment))
        if Path(assignment).name != assignment or not (paths or source.is_dir()):
            # A path, too: nbgrader would take the same name with a slash for another assignment.
            released = Path(self.directory.format_path(self.directory.release_directory, ".", "."))
            known = sorted(path.name for path in released.glob("*") if any(path.glob("*.ipynb")))
            raise CourseError(f"no lesson {assignment!r}; there are: {', '.join(known) or 'none'}")
        if not paths:
            raise CourseError(
                f"{self.shown(folder)} has no released notebook; `mlcourse build {assignment}` makes it"
            )
        # The instructor's file decides; what was handed out is a copy of it.
        own = text_beside(source) or text_beside(folder)
        try:
            declared_in(own)
        except ValueError as error:
            raise CourseError(f"{self.shown(source)}: {error}") from error
        releases = {}
        for path in paths:
            try:
                releases[path.stem] = Release.read(path.read_text(encoding="utf-8"), own)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CourseError(f"{self.shown(path)} is not a released notebook: {error}") from error
        return releases

    def solutions(self, assignment: str) -> dict[str, dict[str, tuple[str, ...]]]:
        """Read the course's own solutions of an assignment, by notebook; what cannot be read has none."""
        folder = Path(self.directory.format_path(self.directory.source_directory, ".", assignment))
        found = {}
        for path in sorted(folder.glob("*.ipynb")):
            with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                release = Release.read(path.read_text(encoding="utf-8"), text_beside(folder))
                found[path.stem] = solutions_of(release.cells)
        return found

    def submissions(self, assignment: str) -> list[Submission]:
        """Find the students' folders of an assignment.

        Raises
        ------
        CourseError
            If there are none.
        """
        step = self.directory.submitted_directory
        pattern = self.directory.format_path(step, "(?P<student_id>.*)", assignment, escape=True)
        late = late_on_platform(self.private, assignment)
        found: dict[str, Submission] = {}
        for path in sorted(glob(self.directory.format_path(step, "*", assignment), include_hidden=True)):
            match = re.fullmatch(pattern, path, re.DOTALL)
            folder = match["student_id"] if match else ""
            if folder in _NOBODY or not Path(path).is_dir() or Path(path).is_symlink():
                continue
            student, flags = student_id(folder), []
            while student in found:
                student += "~"
            if student != folder:
                flags.append(f"graded as {student}: the folder's name is one that nbgrader cannot keep")
            handed_in, why = self._handed_in(Path(path))
            flags += [why] if why else []
            if student in late:
                flags.append("late, as the platform says" + ("" if handed_in else "; no time, so no penalty"))
            found[student] = Submission(student, Path(path), handed_in, tuple(flags))
        if not found:
            where = self.shown(Path(self.directory.format_path(step, "*", assignment)))
            raise CourseError(f"nothing was handed in: there is no {where}")
        return list(found.values())

    def _handed_in(self, folder: Path) -> tuple[datetime | None, str]:
        """When, and what is to be said about it."""
        content = plain_file(folder / "timestamp.txt", most=200)
        text = (content or b"").decode("utf-8", errors="replace").strip()
        if not text:
            there = os.path.lexists(folder / "timestamp.txt")
            return None, "no penalty: timestamp.txt holds no time" if there else ""
        found = moment(text, str(self.config.get("Exchange", {}).get("timezone", "UTC")))
        why = f"no penalty: when it was handed in is not certain from {plain_text(text[:60])!r}"
        return found, "" if found else why

    def autograded(self, assignment: str, student: str) -> Path:
        """Folder of a student's graded notebooks."""
        step = self.directory.autograded_directory
        return Path(self.directory.format_path(step, student, assignment))

    @property
    def has_secret(self) -> bool:
        """Whether there is one already."""
        return (self.private / "secret").exists()

    def secret(self) -> bytes:
        """Read the secret that all students' inputs are drawn from; made when it is first needed."""
        path = self.private / "secret"
        try:
            text = path.read_text()
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}.part")
            part.touch(mode=0o600)
            part.write_text(secrets.token_hex(32))
            try:
                os.link(part, path)  # never over one that somebody made at the same time
            except FileExistsError:
                pass
            finally:
                part.unlink()
            text = path.read_text()
        except OSError as error:
            raise CourseError(f"{self.shown(path)} cannot be read: {error.strerror}") from error
        if len(text) < 32:
            raise CourseError(
                f"{self.shown(path)} is damaged; restore it, or remove it and grade everybody anew"
            )
        return text.encode()

    def shown(self, path: Path) -> str:
        """Path as a message names it: from the course's folder on."""
        return os.path.relpath(path, self.root)


def _configuration(root: Path) -> Config:
    """Read nbgrader's configuration files as nbgrader does: Jupyter's folders first, the course's last."""
    config, name = Config(), Path(CONFIGURATION).stem
    for folder in (*reversed(jupyter_config_path()), str(root)):
        for loader, suffix in ((PyFileConfigLoader, "py"), (JSONFileConfigLoader, "json")):
            try:
                config.merge(loader(f"{name}.{suffix}", path=folder).load_config())
            except ConfigFileNotFound:
                continue
            except Exception as error:
                raise CourseError(f"{folder}/{name}.{suffix} cannot be read: {error}") from error
    return config
