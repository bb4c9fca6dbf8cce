"""Files for and from learning platforms, by nbgrader's own commands: exact rows, and nothing a formula."""

import csv
import zipfile
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


def test_archives_from_a_platform_are_collected_by_one_command(make_course, nbgrader, right, tmp_path):
    root = make_course(tmp_path / "course", {}).root
    archive = root / "downloaded" / LESSON / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "all.zip", "w") as file:
        file.writestr(f"ada.king/{LESSON}.ipynb", right)
        file.writestr(f"bo_2_{LESSON}.ipynb", right)
    assert nbgrader(root, "zip_collect", LESSON) == 0
    collected = {
        path.relative_to(root / "submitted").as_posix() for path in root.glob("submitted/*/*/*.ipynb")
    }
    assert collected == {f"{name}/{LESSON}/{LESSON}.ipynb" for name in ("ada.king", "bo_2")}
