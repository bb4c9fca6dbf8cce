"""Where a course's files are."""

from dataclasses import dataclass
from pathlib import Path

import mlcourse
from mlcourse.course_folder import CONFIGURATION, course_folder
from mlcourse.course_folder import START as FRONT_DOOR
from mlcourse.errors import CourseError

START = "start"
"""Name of the front door: a page without exercises, which has no instructor's edition."""


@dataclass(frozen=True)
class Lesson:
    """The files of one lesson.

    Attributes
    ----------
    name : str
        Such as ``"02-two-layer-network"``, or ``"start"``.
    root : Path
        The course's folder.
    """

    name: str
    root: Path

    @property
    def source(self) -> Path:
        """The text source, the only file a person edits."""
        return self.folder / f"{self.name}.md"

    @property
    def folder(self) -> Path:
        """Where the source is, and where its notebook runs."""
        return self.root / "solutions" / ("" if self.name == START else self.name)

    @property
    def instructor(self) -> Path | None:
        """The executed notebook with solutions; the start page has none."""
        return None if self.name == START else self.folder / f"{self.name}.ipynb"

    @property
    def learner_folder(self) -> Path:
        """Where the learner finds it."""
        return self.root / "lessons" / ("" if self.name == START else self.name)

    @property
    def learner(self) -> Path:
        """The notebook that learners open."""
        return self.learner_folder / f"{self.name}.ipynb"

    def shown(self, path: Path) -> str:
        """Path as a message names it: from the course's folder on."""
        return path.relative_to(self.root).as_posix()


@dataclass(frozen=True)
class Course:
    """A course's folder: the one with ``nbgrader_config.py`` and ``lessons/``, or a learner's."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None, to_learn: bool = False) -> "Course":
        """Find the course around a folder, or else the checkout that the package is installed from.

        Parameters
        ----------
        start : Path, optional
            Folder to look from, upwards; the current one by default.
        to_learn : bool
            Whether the lessons' front door is enough, and needed: another course of nbgrader's has none.

        Raises
        ------
        CourseError
            If neither is a course.
        """
        start = (start or Path.cwd()).resolve()
        checkout = Path(mlcourse.__file__).resolve().parent.parent
        needed = (FRONT_DOOR,) if to_learn else (CONFIGURATION, "lessons")
        for folder in (course_folder(start), checkout):
            if folder and all((folder / name).exists() for name in needed):
                return cls(folder)
        named = "lessons/start.ipynb" if to_learn else f"{CONFIGURATION} and lessons/"
        raise CourseError(
            f"{start} is not in a course (no folder above it has {named}); "
            "change into the folder that you cloned; for one to learn in, run: mlcourse start"
        )

    def lessons(self, names: tuple[str, ...] = ()) -> list[Lesson]:
        """Lessons that have a text source, in order, or those that are named.

        Raises
        ------
        CourseError
            If a name is not among them.
        """
        sources = sorted(self.root.glob("solutions/*/*.md"))
        known = [START] if (self.root / "solutions" / f"{START}.md").is_file() else []
        known += [path.stem for path in sources if path.stem == path.parent.name]
        names = tuple(name.rstrip("/") for name in names)  # as a shell completes them
        for name in names:
            if name not in known:
                raise CourseError(
                    f"no lesson {name!r} in solutions/; there are: {', '.join(known) or 'none'}"
                )
        return [Lesson(name, self.root) for name in known if name in names or not names]
