"""The folder in which a learner works: the lessons, and beside them the edition that they began with."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat

import mlcourse
from mlcourse.errors import CourseError
from mlcourse.start.merge import merged
from mlcourse.whole_files import write_whole

LESSONS = Path("lessons")
EDITION = Path(".mlcourse", "edition")
"""Where a folder keeps the lessons as they were when it was made or brought up to date."""
KEPT = Path(".mlcourse", "kept")
"""Where a folder keeps what an update or a fresh copy replaced."""


def installed_lessons() -> Path:
    """Return the folder of the learners' editions: in the package, or beside it in a checkout.

    Raises
    ------
    CourseError
        If neither is there.
    """
    package = Path(mlcourse.__file__).resolve().parent
    for place in (package / "lessons", package.parent / "lessons"):
        if (place / "start.ipynb").is_file():
            return place
    raise CourseError("this installation has no lessons; install mlcourse anew, from its wheel or a clone")


def notebook_of(lesson: str) -> str:
    """Return the notebook of a lesson, from the folder of lessons on.

    Raises
    ------
    CourseError
        If the installed edition has no such lesson.
    """
    lesson = lesson.strip("/\\")  # as a shell completes it
    name, names = f"{lesson}/{lesson}.ipynb", _contents(installed_lessons())
    if name not in names:
        known = sorted(Path(other).stem for other in names if "/" in other and other.endswith(".ipynb"))
        raise CourseError(f"no lesson {lesson!r}; there are: {', '.join(known)}")
    return name


@dataclass(frozen=True)
class Change:
    """What an update did to one file.

    Attributes
    ----------
    name : str
        The file, from the folder of lessons on.
    what : str
        One sentence for the learner.
    """

    name: str
    what: str


@dataclass(frozen=True)
class LearnersFolder:
    """A folder with ``lessons/``, and in ``.mlcourse/`` what is needed to keep a learner's work.

    Attributes
    ----------
    root : Path
        The folder.
    """

    root: Path

    @classmethod
    def make(cls, root: Path) -> "LearnersFolder":
        """Make the folder, or find the one that is there.

        Parameters
        ----------
        root : Path
            A folder that is missing, empty, or one made before.

        Raises
        ------
        CourseError
            If something else is there.
        """
        folder = cls(root.resolve())
        if (folder.root / EDITION).is_dir():
            return folder
        if folder.root.exists() and (not folder.root.is_dir() or any(folder.root.iterdir())):
            raise CourseError(
                f"{root} has other files in it; name a new folder: mlcourse start FOLDER"
                if folder.root.is_dir()
                else f"{root} is a file; name a new folder: mlcourse start FOLDER"
            )
        contents = _contents(installed_lessons())
        try:
            write_whole({folder.root / LESSONS / name: data for name, data in contents.items()})
            folder._remember(contents)  # last: a folder that was not made to its end is not taken for one
        except OSError as error:
            raise CourseError(f"cannot write {error.filename}: {error.strerror}") from None
        return folder

    @staticmethod
    def around(place: Path) -> Path | None:
        """Return the learner's folder that a place is in, None if it is in none."""
        return next((each for each in (place, *place.parents) if (each / EDITION).is_dir()), None)

    def outdated(self) -> list[str]:
        """Return the files of which the installed edition is another one than this folder's."""
        begun = _contents(self.root / EDITION)
        return [name for name, data in _contents(installed_lessons()).items() if begun.get(name) != data]

    def update(self) -> list[Change]:
        """Bring the lessons to the installed edition. What the learner wrote stays, and a copy of it is kept.

        Returns
        -------
        list of Change
            What was done, one for each file that is another one now.

        Raises
        ------
        CourseError
            If a file cannot be written; the lessons are then as they were.
        """
        begun, changes, files = _contents(self.root / EDITION), [], {}
        contents = _contents(installed_lessons())
        for name in self.outdated():
            path = self.root / LESSONS / name
            files[path], what = self._brought_up(path, begun.get(name), contents[name])
            changes.append(Change(name, what))
        try:
            self._keep(path for path in files if path.is_file())
            if files:
                write_whole(files)
            self._remember(contents)
        except OSError as error:
            raise CourseError(f"cannot write {error.filename}: {error.strerror}") from None
        return changes

    def fresh(self, lesson: str) -> Path | None:
        """Put a fresh copy of one lesson in its place; what was there is kept.

        Parameters
        ----------
        lesson : str
            Such as ``"03-training"``.

        Returns
        -------
        Path or None
            Where the learner's notebook is kept now; None if there was none.

        Raises
        ------
        CourseError
            If there is no such lesson, or a file cannot be written.
        """
        name = notebook_of(lesson)
        new = (installed_lessons() / name).read_bytes()
        path = self.root / LESSONS / name
        try:
            kept = self._keep([path]) / name if path.is_file() else None
            write_whole({path: new, self.root / EDITION / name: new})
        except OSError as error:
            raise CourseError(f"cannot write {error.filename}: {error.strerror}") from None
        return kept

    def _brought_up(self, path: Path, begun: bytes | None, new: bytes) -> tuple[bytes | str, str]:
        """Return what a file is to be, and the sentence about it."""
        if not path.is_file() or begun is None or path.read_bytes() == begun or path.suffix != ".ipynb":
            return new, "new"
        try:
            mine = _notebook(path.read_bytes())
        except Exception:  # whatever it is, it is kept
            return new, f"new; yours could not be read, and is in {KEPT.as_posix()}"
        whole = merged(_notebook(begun), mine, _notebook(new))
        return nbformat.writes(whole) + "\n", "new, with what you wrote"

    def _keep(self, paths: Iterable[Path]) -> Path:
        """Copy files aside, under the time."""
        place = self.root / KEPT / datetime.now().strftime("%Y-%m-%d %H.%M.%S.%f")
        for path in paths:
            copy = place / path.relative_to(self.root / LESSONS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
        return place

    def _remember(self, contents: dict[str, bytes]) -> None:
        write_whole({self.root / EDITION / name: data for name, data in contents.items()})


def _notebook(data: bytes) -> nbformat.NotebookNode:
    return nbformat.reads(data.decode("utf-8-sig"), as_version=4)


def _contents(folder: Path) -> dict[str, bytes]:
    """Read the notebooks and pictures below a folder, by name; editors' own files are left out."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    names = [path.relative_to(folder) for path in paths]
    hidden = [any(part.startswith(".") for part in name.parts) for name in names]
    return {
        name.as_posix(): path.read_bytes()
        for name, path, dotted in zip(names, paths, hidden, strict=True)
        if not dotted
    }
