"""Names of any bytes and times of any form: nobody's ends a run, nobody is left out, what is odd is said."""

import json
import os

import pytest
from nbgrader.api import Gradebook

from mlcourse.grading.classroom import Submission
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.names import plain_text, student_id
from mlcourse.grading.report import as_text, table

LESSON = "02-two-layer-network"
LATIN = os.fsdecode(b"m\xfcller")
STAMPS = {
    "certain": "\ufeff2030-01-03 12:00:00 CEST",
    "in-time": "2030-01-01 12:00:00 UTC",
    "european": "03/01/2030 12:00",
    "epoch": "1893585600",
    "undated": None,
}

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # of nbgrader's own
]


@pytest.fixture(scope="module")
def graded(make_course, grade_class, right, tmp_path_factory):
    """A class with odd names, graded: the course and the report's students."""
    odd = dict.fromkeys((LATIN, ".hidden", "line\nbreak", "red\x1b[31m", "李 Łódź", *STAMPS), b"{")
    course = make_course(tmp_path_factory.mktemp("odd") / "course", odd)
    folder = course.root / "submitted" / "renamed" / LESSON
    folder.mkdir(parents=True)
    (folder / os.fsdecode(b"l\xf6sung.ipynb")).write_bytes(right)
    for student, text in STAMPS.items():
        if text is not None:
            stamp = course.root / "submitted" / student / LESSON / "timestamp.txt"
            stamp.write_text(text, encoding="utf-8")
    (course.root / "submitted" / ".ipynb_checkpoints" / LESSON).mkdir(parents=True)
    for name in ("timestamp.txt", f"{LESSON}.ipynb", "module.py"):
        (course.root / "submitted" / "boxed" / LESSON / name).mkdir(parents=True)
    with Gradebook(course.directory.db_url, "backpropagation") as book:
        book.update_or_create_assignment(LESSON, duedate="2030-01-02 00:00:00 UTC")
    course.config.LateSubmissionPlugin.penalty_method = "zero"
    return course, grade_class(course)


def test_everybody_is_graded_under_a_name_that_nbgrader_can_keep(graded):
    course, students = graded
    ids = {
        r"m\xfcller",
        r"\x2ehidden",
        r"line\x0abreak",
        r"red\x1b[31m",
        "李 Łódź",
        "renamed",
        "boxed",
        *STAMPS,
    }
    assert set(students) == ids
    with Gradebook(course.directory.db_url, "backpropagation") as book:
        assert {found.student.id for found in book.find_assignment(LESSON).submissions} == ids
    for student in ids:
        assert (course.autograded(LESSON, student) / f"{LESSON}.ipynb").is_file()


def test_a_name_that_was_changed_is_said(graded):
    changed = {
        name for name, found in graded[1].items() if any("graded as" in flag for flag in found["flags"])
    }
    assert changed == {r"m\xfcller", r"\x2ehidden", r"line\x0abreak", r"red\x1b[31m"}


def test_a_notebook_whose_name_is_not_utf8_is_graded_and_named(graded):
    found = graded[1]["renamed"]
    assert found["score"] == 5
    assert any(r"l\xf6sung.ipynb" in flag for flag in found["flags"])


def test_table_and_report_hold_every_name(graded):
    content = {"assignment": LESSON, "sandboxed": True, "students": graded[1]}
    assert set(json.loads(as_text(content).encode())["students"]) == set(graded[1])
    assert "\x1b" not in table(content)
    assert len(table(content).splitlines()) == len(graded[1]) + 3


def test_a_message_of_any_text_ends_neither_table_nor_report(graded):
    finding = {"variable": "Z", "sentence": "\ud800", "mistake": "odd"}
    found = graded[1]["renamed"] | {"exercises": {"sigmoid": {"findings": [finding]}}}
    content = {"assignment": LESSON, "sandboxed": True, "students": {"renamed": found}}
    assert r"\ud800" in as_text(content).encode().decode()
    assert r"\ud800" in table(content)


def test_a_time_that_is_not_certain_costs_no_points_and_is_said(graded):
    flags = {name: " ".join(graded[1][name]["flags"]) for name in STAMPS}
    uncertain = {name for name, text in flags.items() if "when it was handed in is not certain" in text}
    assert uncertain == {"european", "epoch"}
    assert "'03/01/2030 12:00'" in flags["european"]


def test_lateness_is_in_the_report_and_the_table(graded):
    late = {name: graded[1][name]["seconds_late"] for name in STAMPS}
    assert late == {"certain": 34 * 3600, "in-time": 0, "european": 0, "epoch": 0, "undated": 0}
    content = {"assignment": LESSON, "sandboxed": True, "students": graded[1]}
    rows = {line.split()[0]: line for line in table(content).splitlines() if line}
    assert rows["student"].split()[2] == "late"
    assert " 34 h " in rows["certain"]


def test_the_graded_folder_has_a_time_that_nbgrader_reads_the_same(graded):
    stamp = graded[0].autograded(LESSON, "certain") / "timestamp.txt"
    assert stamp.read_text() == "2030-01-03 10:00:00.000000 UTC"


def test_a_submission_that_cannot_be_read_at_all_ends_nothing(monkeypatch, tmp_path):
    def raising(*_):
        raise OSError("the disk is gone")

    monkeypatch.setattr(HandedIn, "read", raising)
    files = Submission("ada", tmp_path).read(LESSON)
    assert (files.notebooks, files.flags) == ((), ("not read: OSError: the disk is gone",))


@pytest.mark.parametrize("name", ["ada", "李 Łódź-Ñandú", "a.b", "O'Neil", "a\\b"])
def test_an_ordinary_name_stays_as_it_is(name):
    assert student_id(name) == plain_text(name) == name
