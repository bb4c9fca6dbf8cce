"""Files for and from learning platforms, by nbgrader's own commands: exact rows, and nothing a formula."""

import csv
from datetime import UTC, datetime

import pytest
from nbgrader.api import Gradebook

LESSON = "02-two-layer-network"
LATER = "05-training"
DUE = datetime(2030, 1, 1, tzinfo=UTC)

pytestmark = [
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # of nbgrader's own
]

STUDENTS = {
    "ada": {"first_name": "Ada", "last_name": "King, Countess", "email": "ada@a.example", "lms_user_id": "7"},
    "bo": {"first_name": 'Bo "B"', "last_name": "Łódź-Ñandú 李"},
    "late": {"first_name": "", "last_name": "Late"},
    "nothing": {},
    "=1+1": {
        "first_name": "@SUM(A1)",
        "last_name": "-2+cmd|' /C calc'!A0",
        "email": "+x@a.example",
        "lms_user_id": "\t=3",
    },
}


@pytest.fixture(scope="module")
def course(tmp_path_factory, make_course):
    """Two assignments of which four students handed in the first, one of them late, and one the other."""
    classroom = make_course(tmp_path_factory.mktemp("export") / "course", {})
    with Gradebook(classroom.directory.db_url, "backpropagation") as book:
        for name in (LESSON, LATER):
            book.update_or_create_assignment(name, duedate=DUE)
            book.add_notebook("notebook", name)
            book.add_grade_cell("cell", "notebook", name, max_score=4, cell_type="code")
        for student, about in STUDENTS.items():
            book.add_student(student, **about)
        for name, student, score, penalty in (
            (LESSON, "ada", 4, None),
            (LESSON, "bo", 2.5, None),
            (LESSON, "late", 3, 1),
            (LESSON, "=1+1", 1, 3),
            (LATER, "ada", 1, None),
        ):
            book.add_submission(name, student)
            notebook = book.find_submission_notebook("notebook", name, student)
            notebook.late_submission_penalty = penalty
            book.find_grade("cell", "notebook", name, student).auto_score = score
        book.find_grade("cell", "notebook", LATER, "ada").manual_score = 3
        book.db.commit()
    return classroom


@pytest.fixture
def exported(course, nbgrader, tmp_path):
    """``exported(exporter, *options)``: the lines that the command writes."""

    def run(exporter, *options):
        target = tmp_path / "grades.csv"
        name = f"--exporter=mlcourse.grading.exporters.{exporter}"
        assert nbgrader(course.root, "export", name, "--to", str(target), *options) == 0
        with target.open(newline="", encoding="utf-8") as file:
            return list(csv.reader(file))

    return run


def test_canvas_gets_names_points_possible_and_scores_with_penalties(exported):
    assert sorted(exported("Canvas")[2:]) == sorted(
        [
            ["King, Countess, Ada", "7", "ada", "ada", "", "4.0", "3.0"],
            ['Łódź-Ñandú 李, Bo "B"', "", "bo", "bo", "", "2.5", "0.0"],
            ["Late", "", "late", "late", "", "2.0", "0.0"],
            ["nothing", "", "nothing", "nothing", "", "0.0", "0.0"],
            ["'-2+cmd|' /C calc'!A0, @SUM(A1)", "'\t=3", "'=1+1", "'=1+1", "", "0.0", "0.0"],
        ]
    )
    assert exported("Canvas")[:2] == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", LESSON, LATER],
        ["    Points Possible", "", "", "", "", "4.0", "4.0"],
    ]


def test_moodle_gets_one_line_for_each_student(exported):
    header, *rows = exported("Moodle")
    assert header == ["First name", "Surname", "ID number", "Email address", LESSON, LATER]
    assert sorted(rows) == sorted(
        [
            ["Ada", "King, Countess", "7", "ada@a.example", "4.0", "3.0"],
            ['Bo "B"', "Łódź-Ñandú 李", "bo", "", "2.5", "0.0"],
            ["", "Late", "late", "", "2.0", "0.0"],
            ["", "", "nothing", "", "0.0", "0.0"],
            ["'@SUM(A1)", "'-2+cmd|' /C calc'!A0", "'\t=3", "'+x@a.example", "0.0", "0.0"],
        ]
    )


def test_options_choose_assignments_and_students(exported):
    rows = exported("Moodle", f"--assignment={LESSON}", "--student=bo")
    assert rows == [
        ["First name", "Surname", "ID number", "Email address", LESSON],
        ['Bo "B"', "Łódź-Ñandú 李", "bo", "", "2.5"],
    ]


def test_each_exercise_has_a_column_on_request(exported):
    header, *rows = exported("Moodle", "--Moodle.exercises=True", f"--assignment={LESSON}", "--student=late")
    assert header[4:] == [LESSON, f"{LESSON}: cell"]
    assert [row[4:] for row in rows] == [["2.0", "3.0"]]


def test_canvas_own_file_is_filled_in_and_else_left_as_it_was(exported, tmp_path):
    before = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{LESSON} (901)", "Essay (902)"],
        ["    Points Possible", "", "", "", "", "4.0", "10"],
        ["King, Ada", "7", "x1", "ada@a.example", "A", "", "9"],
        ["Łódź, Bo", "8", "bo", "bo@a.example", "A", "1", "=1"],
        ["Else, Somebody", "9", "", "", "A", "", ""],
        ["Student, Test", "", "", "abc", "A", "", ""],
    ]
    own = tmp_path / "own.csv"
    with own.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(before)
    after = exported("Canvas", f"--Canvas.into={own}", f"--assignment={LESSON}")
    before[0][0] = "\ufeffStudent"  # a spreadsheet reads names as UTF-8 by that mark only
    before[2][5], before[3][5] = "4.0", "2.5"
    assert after == before


def test_moodles_worksheet_is_filled_in_whatever_its_language(exported, course, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("ID;Name;Bewertung\nTeilnehmer/in7;Ada;\nTeilnehmer/in 8;Bo;1,5\n", encoding="utf-8")
    options = (f"--Moodle.into={own}", "--Moodle.grade_column=Bewertung", f"--assignment={LESSON}")
    exported("Moodle", *options)
    filled = (tmp_path / "grades.csv").read_text(encoding="utf-8").splitlines()
    assert filled == ["ID;Name;Bewertung", "Teilnehmer/in7;Ada;4.0", "Teilnehmer/in 8;Bo;1,5"]


def test_a_file_that_is_no_table_of_grades_is_refused_in_one_line(course, nbgrader, tmp_path, capsys):
    own = tmp_path / "own.csv"
    own.write_text("not a table")
    name = "--exporter=mlcourse.grading.exporters.Canvas"
    assert (
        nbgrader(course.root, "export", name, f"--Canvas.into={own}", "--to", str(tmp_path / "out.csv")) == 1
    )
    assert "own.csv has no header of several columns; download it anew as CSV" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
