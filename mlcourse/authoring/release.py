"""The learner's edition: what nbgrader's own ``generate_assignment`` makes of the instructor's."""

import logging
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

from mlcourse.authoring.course import Lesson
from mlcourse.errors import CourseError


def release(lesson: Lesson, notebook: NotebookNode) -> dict[str, bytes]:
    """Make the learner's files of a lesson.

    It happens in a temporary course folder and without a gradebook: the instructor's never sees a build. It
    changes the working directory for a moment (nbgrader does), so it is not for several threads.

    Parameters
    ----------
    lesson : Lesson
        Which one.
    notebook : NotebookNode
        The instructor's edition; its outputs do not matter.

    Returns
    -------
    dict of str to bytes
        The contents of each file, by its name in the learner's folder.

    Raises
    ------
    CourseError
        If nbgrader refuses the notebook.
    """
    with TemporaryDirectory(prefix="mlcourse-") as temporary:
        root = Path(temporary).resolve()
        source = root / "solutions" / lesson.name
        shutil.copytree(lesson.folder, source, ignore=shutil.ignore_patterns("*.ipynb", "*.md", ".*"))
        nbformat.write(notebook, source / f"{lesson.name}.ipynb")
        config = _config(lesson.root, root)
        directory = CourseDirectory(config=config, assignment_id=lesson.name)
        reports: list[str] = []
        try:
            GenerateAssignment(coursedir=directory, config=config, log=_log(reports)).start()
        except NbGraderException as error:
            # First comes "there was an error", then the traceback, then where to read it.
            reason = reports[1] if len(reports) > 1 else str(error)
            raise CourseError(f"{lesson.shown(lesson.source)}: nbgrader refuses it: {reason}") from error
        target = root / "lessons" / lesson.name
        return {
            path.relative_to(target).as_posix(): path.read_bytes()
            for path in sorted(target.rglob("*"))
            if path.is_file()
        }


def _log(reports: list[str]) -> logging.Logger:
    """Keep the last line of each error that nbgrader logs; its account of each step is no news here."""
    log = logging.Logger("nbgrader", level=logging.ERROR)
    handler = logging.Handler()
    handler.emit = lambda record: reports.append(record.getMessage().strip().splitlines()[-1])  # type: ignore[method-assign]
    log.addHandler(handler)
    return log


def _config(course: Path, root: Path) -> Config:
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(root)
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    return config
