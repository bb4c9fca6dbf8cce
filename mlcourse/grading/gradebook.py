"""Write results into nbgrader's gradebook and folder of graded notebooks, one student at a time."""

import json
import os
import secrets
import shutil
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from alembic.script import ScriptDirectory
from nbgrader import api
from nbgrader.api import Base, Grade, Gradebook, MissingEntry, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from mlcourse.errors import CourseError
from mlcourse.grading.classroom import Classroom, Submission
from mlcourse.grading.gone_cells import take_out
from mlcourse.grading.handed_in import SECRET, plain_file
from mlcourse.grading.released import Release
from mlcourse.grading.results import NotebookResult, StudentResult

_PERMISSIONS = 0o444


class Writer:
    """The gradebook of one assignment.

    Parameters
    ----------
    classroom : Classroom
        The course.
    assignment : str
        Its name.
    releases : dict of str to Release
        Its notebooks, by name.
    exercise : str
        Write the points of this one only; by default of all.

    Raises
    ------
    CourseError
        If the gradebook cannot be opened, or used any longer.
    """

    def __init__(
        self, classroom: Classroom, assignment: str, releases: dict[str, Release], exercise: str = ""
    ) -> None:
        self._classroom, self._assignment, self._releases = classroom, assignment, releases
        self._exercise = exercise
        self._released = {cell.grade_id for release in releases.values() for cell in release.cells}
        self.notes: list[str] = []
        self._names: dict[str, dict[str, str]] = {}
        directory = classroom.directory
        try:
            self._gradebook = _opened(directory.db_url, directory.course_id or "default_course")
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise _refused(directory.db_url, "opened", error) from error
        self._penalties = AssignLatePenalties(config=classroom.config)
        self._penalties.init_plugin()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self._gradebook.close()
        if isinstance(error, SQLAlchemyError):  # such as "database is locked"
            raise _refused(self._classroom.directory.db_url, "used", error) from error

    def locked_sources(self) -> dict[str, dict[str, str]]:
        """Sources of locked cells, with hidden tests, by notebook and grade id; enters what is missing.

        Points that a new edition gives are entered, too: results are scaled to them. Of cells that it has no
        more `notes` says what became.
        """
        for name, release in self._releases.items():
            try:
                known = self._gradebook.find_notebook(name, self._assignment)
            except MissingEntry:
                self._register(name, release)
                continue
            points = {cell.grade_id: cell.points for cell in release.cells}
            with self._transaction():
                for cell in (*known.grade_cells, *known.task_cells):
                    cell.max_score = points.get(cell.name, cell.max_score)
                self.notes += take_out(known, points)
        return {
            name: {
                cell.name: cell.source
                for cell in self._gradebook.find_notebook(name, self._assignment).source_cells
                if cell.locked
            }
            for name in self._releases
        }

    def students(self) -> list[str]:
        """Ids of all students in the gradebook."""
        return [student.id for student in self._gradebook.students]

    def has_scores(self) -> bool:
        """Whether anybody was graded before, in any assignment."""
        return any(assignment.submissions for assignment in self._gradebook.assignments)

    def forget(self, students: Iterable[str]) -> None:
        """Take back the automatic scores of students, until `write` has new ones.

        Parameters
        ----------
        students : iterable of str
            Their ids; those without a score are passed over.
        """
        with self._transaction():
            for student in students:
                try:
                    submission = self._gradebook.find_submission(self._assignment, student)
                except MissingEntry:
                    continue
                for notebook in submission.notebooks:
                    for grade in filter(self._is_asked, notebook.grades):
                        grade.auto_score, grade.needs_manual_grade = None, True

    def write(self, submission: Submission, result: StudentResult) -> None:
        """Write what a student has got, all of it or nothing.

        Parameters
        ----------
        submission : Submission
            Whose.
        result : StudentResult
            What it is.
        """
        self._write_notebooks(submission, result.notebooks)
        with self._transaction():
            gradebook, student = self._gradebook, submission.student
            gradebook.update_or_create_student(student)
            # A time that is not known for certain must not leave an older one, of which a penalty would come.
            gradebook.update_or_create_submission(self._assignment, student, timestamp=submission.handed_in)
            result.penalty = 0.0
            for name, found in result.notebooks.items():
                notebook = gradebook.find_submission_notebook(name, self._assignment, student)
                self._write_grades(notebook, found)
                self._write_comments(notebook, found)
                result.penalty += self._write_penalty(notebook, student)
                result.seconds_late = notebook.assignment.total_seconds_late

    def discard(self, submission: Submission) -> None:
        """Remove the graded notebooks of a student whose results could not be written."""
        shutil.rmtree(self._classroom.autograded(self._assignment, submission.student), ignore_errors=True)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Make nbgrader's many commits one."""
        session = self._gradebook.db
        commit, session.commit = session.commit, session.flush
        try:
            with warnings.catch_warnings():
                # nbgrader adds rows that SQLAlchemy warns of when they meet a flush instead of a commit.
                warnings.simplefilter("ignore", SAWarning)
                yield
            commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.commit = commit
            session.expire_all()

    def _register(self, name: str, release: Release) -> None:
        """Enter an assignment as ``generate_assignment`` does, for a course that was cloned released.

        Whole or not at all: nbgrader commits cell by cell, and of a run that was killed a part would stay.
        """
        saver = SaveCells()
        saver.gradebook, saver.notebook_id, saver.assignment_id = self._gradebook, name, self._assignment
        saver.new_grade_cells, saver.new_solution_cells = {}, {}
        saver.new_task_cells, saver.new_source_cells = {}, {}
        notebook = nbformat.from_dict(release.notebook)
        with self._transaction():
            self._gradebook.update_or_create_assignment(self._assignment)
            for number, cell in enumerate(notebook.cells):
                saver.preprocess_cell(cell, {}, number)
            saver._create_notebook(notebook)

    def _write_grades(self, notebook: SubmittedNotebook, result: NotebookResult) -> None:
        names = self._cell_names(notebook.name)
        grades = {names[grade.cell_id]: grade for grade in notebook.grades}
        if unknown := ", ".join(sorted(set(result.exercises) - set(grades))):
            raise CourseError(
                f"the gradebook has no cell {unknown}, which was released later; take it out again, or run "
                f"nbgrader generate_assignment {self._assignment} --force; where others have scores, "
                f"nbgrader refuses that until nbgrader db assignment remove {self._assignment} --force, "
                "with which what people entered goes"
            )
        for name in set(grades) - set(result.exercises):
            if not grades[name].cell.max_score:  # of an exercise that is gone; nobody is to score it
                grades[name].needs_manual_grade = False
        for name, scored in result.exercises.items():
            grade: Grade = grades[name]
            if not self._is_asked(grade):
                continue
            grade.auto_score = scored.points
            grade.needs_manual_grade = (
                grade.manual_score is not None or scored.points is None or result.status == "crashed"
            )

    def _is_asked(self, grade: Grade) -> bool:
        return grade.name == self._exercise if self._exercise else grade.name in self._released

    def _write_comments(self, notebook: SubmittedNotebook, result: NotebookResult) -> None:
        released = {
            cell.grade_id: cell.source for cell in self._releases[notebook.name].cells if cell.solution
        }
        names = self._cell_names(notebook.name)
        comments = {names[comment.cell_id]: comment for comment in notebook.comments}
        for cell in result.notebook["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if grade_id in released:
                said = "No response." if cell["source"] == released[grade_id] else None
                if result.status == "unreadable":
                    said = f"Not graded: {result.why_not_run}."
                comments[grade_id].auto_comment = said

    def _cell_names(self, notebook: str) -> dict[str, str]:
        """Names of a notebook's cells by id, asked for once, and not for each student."""
        if notebook not in self._names:
            found = self._gradebook.find_notebook(notebook, self._assignment)
            cells = (*found.grade_cells, *found.solution_cells, *found.task_cells)
            self._names[notebook] = {cell.id: cell.name for cell in cells}
        return self._names[notebook]

    def _write_penalty(self, notebook: SubmittedNotebook, student: str) -> float:
        """As nbgrader's AssignLatePenalties, whose plug-in decides; return what it takes off."""
        self._gradebook.db.flush()
        self._gradebook.db.expire_all()
        notebook.late_submission_penalty = None
        late = notebook.assignment.total_seconds_late
        if late > 0:
            plugin = self._penalties.plugin_inst
            penalty = plugin.late_submission_penalty(student, notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = self._penalties._check_late_penalty(notebook, penalty)
        return float(notebook.late_submission_penalty or 0.0)

    def _write_notebooks(self, submission: Submission, results: dict[str, NotebookResult]) -> None:
        """Put a finished folder in the place of the old one."""
        target = self._classroom.autograded(self._assignment, submission.student)
        part = target.with_name(f".{target.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        files = {f"{name}.ipynb": json.dumps(result.notebook, indent=1) for name, result in results.items()}
        if submission.handed_in:
            files["timestamp.txt"] = f"{submission.handed_in:%Y-%m-%d %H:%M:%S.%f} UTC"
        secret = plain_file(submission.folder / SECRET, most=1000) or b""
        files[SECRET] = secret.decode("utf-8", errors="replace") or secrets.token_hex(64)
        for name, content in files.items():
            (part / name).write_text(content, encoding="utf-8")
            os.chmod(part / name, _PERMISSIONS)
        shutil.rmtree(target, ignore_errors=True)
        part.rename(target)


def _refused(url: str, verb: str, error: Exception) -> CourseError:
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0][:200]
    return CourseError(f"the gradebook {url} cannot be {verb}: {reason}")


def _opened(url: str, course: str) -> Gradebook:
    """Open a gradebook; a new one is made here, as nbgrader starts a program of seconds for its version."""
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
    gradebook = Gradebook(url, course)
    _note_version(gradebook)
    return gradebook


def _note_version(gradebook: Gradebook) -> None:
    """Note of which version the tables of a new gradebook are, or of one whose making was cut off.

    nbgrader notes it only where it finds no tables; without it, no later nbgrader can upgrade it.
    """
    if gradebook.assignments:
        return
    engine = gradebook.db.get_bind()
    known = inspect(engine).has_table("alembic_version")
    if known and gradebook.db.execute(text("SELECT version_num FROM alembic_version")).first():
        return
    if not known:
        gradebook.db.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    tables = ScriptDirectory(str(Path(api.__file__).parent / "alembic"))
    version = {"version": tables.get_current_head()}
    gradebook.db.execute(text("INSERT INTO alembic_version (version_num) VALUES (:version)"), version)
    gradebook.db.commit()
