"""nbgrader's own commands and formgrader, made to grade as `mlcourse grade` does.

Three classes take part in nbgrader's stages (`configuration` puts them there): one that reads a submission
whatever is in it, one that rebuilds it, and one that executes it sealed. nbgrader then saves what it finds in
the cells.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Bool

from mlcourse.grading import judge
from mlcourse.grading.classroom import Classroom
from mlcourse.grading.gradebook import Writer
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.most_finished import most_finished
from mlcourse.grading.released import HIDDEN_TESTS, Release
from mlcourse.grading.results import NotebookResult
from mlcourse.grading.sandbox import SandboxError
from mlcourse.grading.version import course_version
from mlcourse.grading.worker import Job, work

_SUBMISSION = "mlcourse_submission"


class AnyNotebook(NotebookExporter):
    """Reads a file that may hold anything: what cannot be read is empty, and `Rebuild` sees why."""

    def from_file(self, file_stream: Any, resources: Any = None, **kw: Any) -> Any:
        """Read the bytes themselves, and hand them on beside the notebook."""
        path = Path(file_stream.name)
        files = HandedIn.read(path.parent, path.stem)
        content = dict(files.notebooks).get(files.name)
        resources[_SUBMISSION] = replace(files, notebooks=((files.name, content),) if content else ())
        try:
            notebook = nbformat.reads(content or b"", as_version=4)
        except Exception:
            notebook = nbformat.v4.new_notebook()
        return self.from_notebook_node(notebook, resources=resources, **kw)


class Rebuild(NbGraderPreprocessor):
    """Takes all from the release but the learner's sources; see `mlcourse.grading.rebuild`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Replace the notebook, and take back the old scores: the new ones may fail to come."""
        student = resources["nbgrader"]["student"]
        release = _release(self.config, resources, self.log.warning, forget=True)
        rebuilt = most_finished(resources.pop(_SUBMISSION), release)
        for flag in rebuilt.flags:
            self.log.warning("%s: %s", student, flag)
        return _node(release.notebook | {"cells": [cell.raw for cell in rebuilt.cells]}), resources


class SealedExecute(NbGraderPreprocessor):
    """Runs a rebuilt notebook in a sandbox and has the judge score it, in place of nbgrader's ``Execute``."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Put outputs, points and cards into the notebook."""
        classroom, about = _classroom(self.config), resources["nbgrader"]
        release = _release(self.config, resources, self.log.warning)
        seed = judge.seed(classroom.secret(), about["assignment"], about["student"])
        files: HandedIn = resources.pop(_SUBMISSION)
        content, source = nbformat.writes(nb).encode(), json.dumps(release.notebook)
        files = replace(files, notebooks=((files.name, content),))
        limits = SandboxLimits.configured(classroom.config)
        try:
            root, version = str(classroom.root), course_version()
            solutions = classroom.solutions(about["assignment"]).get(about["notebook"], {})
            job = Job(files, source, seed, limits, True, root, solutions, version, release.own)
            result = NotebookResult.from_json(work(job))
        except SandboxError as error:
            raise NbGraderException(str(error)) from error
        for flag in result.flags:
            self.log.warning("%s: %s", about["student"], flag)
        return _node(result.notebook), resources


class HideHiddenTests(Preprocessor):
    """Leaves hidden tests, and tracebacks that quote them, out of feedback pages."""

    enabled = Bool(True).tag(config=True)

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Cut the tests out of a graded cell; of an error keep the name only."""
        if is_grade(cell) and cell.cell_type == "code" and HIDDEN_TESTS.search(cell.source):
            cell.source = HIDDEN_TESTS.sub("", cell.source)
            for output in cell.outputs:
                if output.output_type == "error":
                    output.evalue, output.traceback = "", [f"{output.ename} in a hidden test"]
        return cell, resources


def _classroom(config: Any) -> Classroom:
    return Classroom(Path(CourseDirectory(config=config).root), config)


def _release(config: Any, resources: Any, say: Callable[[str], None], forget: bool = False) -> Release:
    about = resources["nbgrader"]
    classroom = _classroom(config)
    releases = classroom.releases(about["assignment"])
    if about["notebook"] not in releases:
        raise NbGraderException(f"{about['notebook']} was not released")
    with Writer(classroom, about["assignment"], releases) as writer:
        if forget:
            writer.forget([about["student"]])
        locked = writer.locked_sources()[about["notebook"]]
        for note in writer.notes:
            say(note)
    return releases[about["notebook"]].with_hidden_tests(locked)


def _node(notebook: dict[str, Any]) -> NotebookNode:
    return nbformat.from_dict(json.loads(json.dumps(notebook)))
