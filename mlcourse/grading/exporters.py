"""nbgrader exporters for learning platforms.

Use: ``nbgrader export --exporter=mlcourse.grading.exporters.Canvas``, or ``...exporters.Moodle``.
"""

import csv
from collections.abc import Iterator
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin


class _Table(ExportPlugin):
    """One line a student, one column an assignment.

    The command's ``--assignment`` and ``--student`` choose, ``--to`` names the file.
    """

    default_file = "grades.csv"

    def export(self, gradebook: Gradebook) -> None:
        """Write the table.

        Parameters
        ----------
        gradebook : nbgrader.api.Gradebook
            Where the scores are; who handed nothing in has 0, as in nbgrader's own export.
        """
        target = self.to or self.default_file
        self.log.info("Exporting grades to %s", target)
        assignments = [found for found in gradebook.assignments if _chosen(found.name, self.assignment)]
        students = [found for found in gradebook.students if _chosen(found.id, self.student)]
        with open(target, "w", newline="", encoding="utf-8") as file:
            rows = self.rows(gradebook, assignments, students)
            csv.writer(file).writerows([_plain(value) for value in row] for row in rows)

    def rows(self, gradebook: Gradebook, assignments: list[Any], students: list[Any]) -> Iterator[list[Any]]:
        """Yield the lines of the table."""
        raise NotImplementedError


class Canvas(_Table):
    """Canvas: "Grades", "Import"; students are known by SIS id or Canvas id (nbgrader's ``lms_user_id``)."""

    default_file = "canvas.csv"

    def rows(self, gradebook: Gradebook, assignments: list[Any], students: list[Any]) -> Iterator[list[Any]]:
        """Yield the header, the line of possible points, and a line for each student."""
        names = [assignment.name for assignment in assignments]
        yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names]
        yield ["    Points Possible", "", "", "", "", *(assignment.max_score for assignment in assignments)]
        for student in students:
            name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
            scores = [_score(gradebook, assignment, student) for assignment in assignments]
            yield [name, student.lms_user_id or "", student.id, student.id, "", *scores]


class Moodle(_Table):
    """Moodle: "Grades", "Import", "CSV file"; map "ID number" or "Email address" to the user."""

    default_file = "moodle.csv"

    def rows(self, gradebook: Gradebook, assignments: list[Any], students: list[Any]) -> Iterator[list[Any]]:
        """Yield the header and a line for each student."""
        names = [assignment.name for assignment in assignments]
        yield ["First name", "Surname", "ID number", "Email address", *names]
        for student in students:
            scores = [_score(gradebook, assignment, student) for assignment in assignments]
            number = student.lms_user_id or student.id
            yield [student.first_name or "", student.last_name or "", number, student.email or "", *scores]


def _score(gradebook: Gradebook, assignment: Any, student: Any) -> float:
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return 0.0
    return max(0.0, submission.score - (submission.late_submission_penalty or 0.0))


def _chosen(name: str, wanted: list[Any]) -> bool:
    return not wanted or name in map(str, wanted)


def _plain(value: Any) -> Any:
    """Make text that a spreadsheet would take for a formula text again: names come from learners."""
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        else value
    )
