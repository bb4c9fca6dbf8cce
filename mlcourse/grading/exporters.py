"""nbgrader exporters for learning platforms.

Use: ``nbgrader export --exporter=mlcourse.grading.exporters.Canvas``, or ``...exporters.Moodle``. With
``--Canvas.into=FILE`` (or ``--Moodle.into=FILE``) the platform's own file is filled in, so that every row
finds its student: Canvas's "Export Gradebook", Moodle's "Download grading worksheet". With
``--Canvas.exercises=True`` there is a column for each exercise as well.
"""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Unicode

from mlcourse.grading.platform_files import Table


class _Table(ExportPlugin):
    """One line a student, one column an assignment.

    The command's ``--assignment`` and ``--student`` choose, ``--to`` names the file.
    """

    default_file = "grades.csv"
    into = Unicode("", help="The platform's own file, to be filled in.").tag(config=True)
    exercises = Bool(False, help="Whether each exercise has a column of its own as well.").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the table.

        Parameters
        ----------
        gradebook : nbgrader.api.Gradebook
            Where the scores are; who handed nothing in has 0, as in nbgrader's own export, or, in the
            platform's own file, what stood there.
        """
        target = self.to or self.default_file
        self.log.info("Exporting grades to %s", target)
        assignments = [found for found in gradebook.assignments if _chosen(found.name, self.assignment)]
        students = [found for found in gradebook.students if _chosen(found.id, self.student)]
        columns = {
            name: found
            for assignment in assignments
            for name, found in _columns(gradebook, assignment, self.exercises)
        }
        if self.into:
            try:
                self._fill(target, columns, students)
            except click.ClickException as error:
                self.log.error(error.message)
                raise SystemExit(1) from error
            return
        with open(target, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(
                [_plain(value) for value in row] for row in self.rows(columns, students)
            )

    def rows(self, columns: dict[str, "_Column"], students: list[Any]) -> Iterator[list[Any]]:
        """Yield the lines of the table."""
        raise NotImplementedError

    def named(self, table: Table) -> Callable[[list[str]], list[str]]:
        """Return what says of a row of the platform's file whose it is."""
        raise NotImplementedError

    def targets(self, table: Table, columns: dict[str, "_Column"]) -> dict[int, "_Column"]:
        """Columns of the platform's file that are to be written."""
        return {table.column(name, add=True): column for name, column in columns.items()}

    def _fill(self, target: str, columns: dict[str, "_Column"], students: list[Any]) -> None:
        table = Table.read(Path(self.into))
        names = {each.id: _names(each) for each in students}
        values = {
            index: {
                name: str(column.scores[student])
                for student, known in names.items()
                if student in column.scores
                for name in known
            }
            for index, column in self.targets(table, columns).items()
        }
        found = table.fill(self.named(table), values)
        table.write(target)
        graded = {student for column in columns.values() for student in column.scores} & names.keys()
        for student in sorted(student for student in graded if not found & set(names[student])):
            self.log.warning("%s has no row in %s", student, self.into)


class Canvas(_Table):
    """Canvas: "Grades", "Import"; students are known by Canvas id (nbgrader's ``lms_user_id``) or SIS id."""

    default_file = "canvas.csv"

    def rows(self, columns: dict[str, "_Column"], students: list[Any]) -> Iterator[list[Any]]:
        """Yield the header, the line of possible points, and a line for each student."""
        yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns]
        yield ["    Points Possible", "", "", "", "", *(column.most for column in columns.values())]
        for student in students:
            name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
            number = student.lms_user_id or ""
            # An id of Canvas's own is no SIS id: Canvas would look for a student whom that names.
            login = "" if number == student.id else student.id
            yield [name, number, login, login, "", *(column.of(student) for column in columns.values())]

    def named(self, table: Table) -> Callable[[list[str]], list[str]]:
        """Canvas's id first, as ``zip_collect`` has it."""
        table.column("ID")
        return _cells(table, "ID", "SIS User ID", "SIS Login ID")


class Moodle(_Table):
    """Moodle: "Grades", "Import", "CSV file"; map "ID number" or "Email address" to the user.

    With ``into``, Moodle's grading worksheet of one assignment (``--assignment``), to be uploaded as it is.
    """

    default_file = "moodle.csv"
    grade_column = Unicode("Grade", help="What the worksheet calls it in your language.").tag(config=True)

    def rows(self, columns: dict[str, "_Column"], students: list[Any]) -> Iterator[list[Any]]:
        """Yield the header and a line for each student."""
        yield ["First name", "Surname", "ID number", "Email address", *columns]
        for student in students:
            scores = [column.of(student) for column in columns.values()]
            number = student.lms_user_id or student.id
            yield [student.first_name or "", student.last_name or "", number, student.email or "", *scores]

    def named(self, table: Table) -> Callable[[list[str]], list[str]]:
        """Of the worksheet "Participant 1234567", in any language; of the gradebook's own export the rest."""
        others = _cells(table, "ID number", "Email address")
        return lambda row: [*re.findall(r"^\D*(\d+)\s*$", row[0] if row else ""), *others(row)]

    def targets(self, table: Table, columns: dict[str, "_Column"]) -> dict[int, "_Column"]:
        """The worksheet's one column of grades, where it has one."""
        if self.grade_column not in table.rows[0]:
            return super().targets(table, columns)
        first, *others = columns.items()
        return {table.column(self.grade_column): first[1], **super().targets(table, dict(others))}


class _Column:
    """Scores of an assignment or an exercise.

    Attributes
    ----------
    most : float
        Points possible.
    scores : dict of str to float
        By student; those who handed nothing in are missing.
    """

    def __init__(self, most: float, scores: dict[str, float]) -> None:
        self.most, self.scores = most, scores

    def of(self, student: Any) -> float:
        return self.scores.get(student.id, 0.0)


def _columns(gradebook: Gradebook, assignment: Any, exercises: bool) -> Iterator[tuple[str, _Column]]:
    """Yield an assignment's column, and those of its exercises, by name."""
    submissions = gradebook.assignment_submissions(assignment.name)
    scores = {
        found.student_id: max(0.0, found.score - (found.late_submission_penalty or 0.0))
        for found in submissions
    }
    yield assignment.name, _Column(assignment.max_score, scores)
    for cell in (
        [cell for notebook in assignment.notebooks for cell in notebook.grade_cells] if exercises else ()
    ):
        points = {
            found.student_id: grade.score
            for found in submissions
            for notebook in found.notebooks
            for grade in notebook.grades
            if grade.cell_id == cell.id
        }
        yield f"{assignment.name}: {cell.name}", _Column(cell.max_score, points)


def _cells(table: Table, *names: str) -> Callable[[list[str]], list[str]]:
    """Return what takes from a row its cells in these columns, as far as there are any."""
    heads = [head.strip() for head in table.rows[0]]
    places = [heads.index(name) for name in names if name in heads]
    return lambda row: [row[place] for place in places if place < len(row)]


def _names(student: Any) -> list[str]:
    return [str(name) for name in (student.lms_user_id, student.id, student.email) if name]


def _chosen(name: str, wanted: list[Any]) -> bool:
    return not wanted or name in map(str, wanted)


def _plain(value: Any) -> Any:
    """Make text that a spreadsheet would take for a formula text again: names come from learners."""
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        else value
    )
