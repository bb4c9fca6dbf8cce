"""`mlcourse grade` as it is typed: its report and table, and one line for each thing that may be wrong."""

import json
import os
import re
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from mlcourse.cli import main
from mlcourse.errors import CourseError
from mlcourse.grading import class_run, distribution
from mlcourse.grading.classroom import Classroom
from mlcourse.grading.one_run import alone

LESSON = "02-two-layer-network"
UNSCALED = """
def backward_propagation(Y, cache, W1, b1, W2, b2):
    dZ2 = cache["A2"] - Y
    dZ1 = (W2.T @ dZ2) * (cache["Z1"] > 0)
    return {
        "dW2": dZ2 @ cache["A1"].T, "db2": dZ2.sum(axis=1, keepdims=True),
        "dW1": dZ1 @ cache["X"].T, "db1": dZ1.sum(axis=1, keepdims=True),
    }
"""
DIES = "def sigmoid(Z):\n    return Z\n\n\nimport os; os.kill(os.getpid(), 9)"

pytestmark = pytest.mark.sandbox


def grade(root, *arguments):
    """Run the command in a course's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, ["grade", *arguments])


def scores(root):
    """What the gradebook says, by student."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "backpropagation") as book:
        return {
            found.student.id: (found.score, found.late_submission_penalty, found.needs_manual_grade)
            for found in book.find_assignment(LESSON).submissions
        }


@pytest.fixture(scope="module")
def graded(make_course, right, right_otherwise, answered, cluster, tmp_path_factory):
    """A class that was graded by the command: its folder, what the command said, and the report."""
    wrong = answered({"backward-propagation": UNSCALED}, ["input()", "np.linalg.inv(np.zeros((2, 2)))"])
    everybody = {
        "right": right,
        "late": right_otherwise,
        "wrong": wrong,
        "wrong-too": wrong,
        "dies": answered({"sigmoid": DIES}),
        "broken": b"{",
        "absent": None,
    }
    root = make_course(tmp_path_factory.mktemp("command") / "course", everybody).root
    with (root / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    for student, day in (("late", 2), ("right", 1)):
        stamp = root / "submitted" / student / LESSON / "timestamp.txt"
        stamp.write_text(f"2030-01-0{day} 12:00:00 UTC")
    with Gradebook(f"sqlite:///{root}/gradebook.db", "backpropagation") as book:
        book.update_or_create_assignment(LESSON, duedate="2030-01-02 00:00:00 UTC")
    options = ("--scheduler", cluster, "--json", "report.json", "--report", "class.html")
    done = grade(root, LESSON, *options)
    assert done.exit_code == 0, done.output
    return root, done.output, json.loads((root / "report.json").read_text())


def test_the_report_has_score_status_flags_and_exercises_of_each(graded):
    report = graded[2]
    assert {key: report[key] for key in ("assignment", "sandboxed")} == {
        "assignment": LESSON,
        "sandboxed": True,
    }
    found = {
        name: (about["score"], about["max_score"], about["status"])
        for name, about in report["students"].items()
    }
    assert found == {
        "right": (5, 5, "graded"),
        "late": (5, 5, "graded"),
        "wrong": (0, 5, "graded"),
        "wrong-too": (0, 5, "graded"),
        "dies": (0, 5, "crashed"),
        "broken": (0, 5, "unreadable"),
        "absent": (0, 5, "missing"),
    }
    flags = {name: about["flags"] for name, about in report["students"].items()}
    assert flags["right"] == []
    assert flags["dies"] == ["stopped: In [2] (sigmoid-solution) ended the program", "ended: crashed"]
    assert flags["broken"][0].startswith("unreadable: ")


def test_what_was_never_run_is_nobodys_mistake_and_its_author_reads_why(graded):
    students = graded[2]["students"]
    for name in ("dies", "broken", "absent"):
        for found in students[name]["exercises"].values():
            assert (found["attempted"], found["findings"]) == (False, [])
    said = {
        name: json.dumps(cells_of(graded[0], name)[-1]["outputs"]) for name in ("dies", "broken", "absent")
    }
    assert "Not judged: the program had ended before its turn came (crashed)." in said["dies"]
    assert "NotRun: the notebook cannot be read, the file ends in the middle." in said["broken"]
    assert "NotRun: no notebook was handed in." in said["absent"]
    with Gradebook(f"sqlite:///{graded[0]}/gradebook.db", "backpropagation") as book:
        comment = book.find_comment("sigmoid-solution", LESSON, LESSON, "broken").comment
    assert comment == "Not graded: the notebook cannot be read, the file ends in the middle."


def test_an_own_cells_error_is_shown_under_its_number_and_without_folders_of_the_machine(graded):
    asks, fails = cells_of(graded[0], "wrong")[-2:]
    (asked,), (failed,) = asks["outputs"], fails["outputs"]
    assert "Nobody answers input() while" in asked["evalue"] and len(asked["traceback"]) == 1
    traceback = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(failed["traceback"]))
    assert f"Cell In[{fails['execution_count']}], line 1" in traceback
    assert "\nFile numpy/linalg/" in traceback and str(Path(np.__file__).parents[1]) not in traceback


def cells_of(root, student):
    """Cells of a graded notebook."""
    return json.loads((root / "autograded" / student / LESSON / f"{LESSON}.ipynb").read_text())["cells"]


def test_a_log_which_has_no_bar_says_how_far_it_is(graded):
    said = [line for line in graded[1].splitlines() if line.endswith("notebooks graded")]
    assert said == [f"{LESSON}: {number} of 7 notebooks graded" for number in range(1, 8)]


def test_each_exercise_has_points_and_a_diagnosis(graded):
    exercises = graded[2]["students"]["wrong"]["exercises"]
    assert exercises["sigmoid"] == {
        "kind": "sealed",
        "points": 0,
        "max_points": 1,
        "attempted": False,
        "findings": [],
        "alone": None,
        "replaced": [],
    }
    assert (exercises["backward-propagation"]["points"], exercises["backward-propagation"]["max_points"]) == (
        0,
        4,
    )
    (finding,) = exercises["backward-propagation"]["findings"]
    assert (finding["mistake"], finding["variable"]) == ("no-mean", "dW2")
    assert finding["sentence"]


def test_the_table_shows_everybody_and_the_most_frequent_mistake_first(graded):
    lines = graded[1].splitlines()
    (finding,) = graded[2]["students"]["wrong"]["exercises"]["backward-propagation"]["findings"]
    assert lines[0].split() == ["student", "score", "late", "status", "flags"]
    assert "  12 h, -5  " in next(line for line in lines if line.startswith("late "))
    assert (graded[2]["students"]["late"]["penalty"], graded[2]["students"]["late"]["seconds_late"]) == (
        5,
        43200,
    )
    assert [line.split()[0] for line in lines[1:8]] == sorted(graded[2]["students"])
    summary = lines[lines.index("") + 1]
    assert summary.startswith("7 students: 4 graded, ")
    assert summary.endswith(". Mean score 1.43.")
    worst = lines[lines.index("Most frequent mistakes:") + 1].split(maxsplit=1)
    assert worst == ["2", f"backward-propagation: {finding['mistake']} - {finding['sentence']}"]


def test_the_page_has_the_mistake_with_a_line_of_somebodys(graded):
    page = (graded[0] / "class.html").read_text(encoding="utf-8")
    (finding,) = graded[2]["students"]["wrong"]["exercises"]["backward-propagation"]["findings"]
    assert f"<code>{finding['mistake']}</code>" in page
    assert "2 of 7 students" in page
    assert "Somebody wrote" in page


def test_the_gradebook_has_nbgraders_late_penalty(graded):
    found = scores(graded[0])
    assert found["late"] == (5, 5, False)
    assert found["right"] == (5, 0, False)


def spoil_nothing(root):
    return


def no_submissions(root):
    (root / "submitted").rename(root / "elsewhere")


def damaged_gradebook(root):
    (root / "gradebook.db").write_bytes(b"no database" * 100)


def gradebook_in_no_folder(root):
    with (root / "nbgrader_config.py").open("a") as file:
        file.write('\nc.CourseDirectory.db_url = "sqlite:////nowhere/at/all/gradebook.db"\n')


def damaged_configuration(root):
    (root / "nbgrader_config.py").write_text("c = (")


def damaged_release(root):
    (root / "lessons" / LESSON / f"{LESSON}.ipynb").write_text('{"cells": [{}]}')


def private_folder_is_a_file(root):
    shutil.rmtree(root / ".mlcourse")
    (root / ".mlcourse").write_text("")


def empty_journal(root):
    shutil.rmtree(root / ".mlcourse" / "journal")


def unknown_limit(root):
    with (root / "nbgrader_config.py").open("a") as file:
        file.write("\nc.SandboxLimits.cel = 5\n")


@pytest.mark.parametrize(
    "spoil, arguments, code, words",
    [
        (spoil_nothing, ["09-no-lesson"], 1, ["no lesson '09-no-lesson'; there are: ", LESSON]),
        (spoil_nothing, [f"lessons/{LESSON}"], 1, [f"no lesson 'lessons/{LESSON}'; there are: ", LESSON]),
        (spoil_nothing, [LESSON, "--json", "no/where.json"], 1, ["no/where.json cannot be written"]),
        (spoil_nothing, [LESSON, "--json", "."], 2, ["--json", "directory"]),
        (spoil_nothing, [LESSON, "--jobs", "0"], 2, ["--jobs", "0 is not in the range"]),
        (spoil_nothing, [], 2, ["Missing argument 'LESSON'"]),
        (no_submissions, [LESSON], 1, [f"there is no submitted/*/{LESSON}"]),
        (damaged_gradebook, [LESSON], 1, ["gradebook.db cannot be opened: file is not a database"]),
        (gradebook_in_no_folder, [LESSON], 1, ["/nowhere/at/all/gradebook.db cannot be opened"]),
        (unknown_limit, [LESSON], 1, ["c.SandboxLimits.cel is no limit", "cell"]),
        (damaged_configuration, [LESSON], 1, ["nbgrader_config.py cannot be read", "never closed"]),
        (damaged_release, [LESSON], 1, [f"{LESSON}.ipynb is not a released notebook: cell 1"]),
        (private_folder_is_a_file, [LESSON], 1, [".mlcourse/grading.lock cannot be made"]),
        (empty_journal, [LESSON, "--scheduler", "nonsense"], 1, ["scheduler nonsense cannot be reached"]),
        (empty_journal, [LESSON, "--scheduler", "http://127.0.0.1:9"], 1, ["http://127.0.0.1:9 cannot be"]),
    ],
)
def test_what_is_wrong_is_one_line_and_costs_nothing(
    graded, tmp_path, monkeypatch, spoil, arguments, code, words
):
    monkeypatch.setattr(class_run, "_refuse_without_sandbox", lambda: None)  # takes a second each time
    monkeypatch.setattr(distribution, "_PATIENCE", 0.5)
    root = shutil.copytree(graded[0], tmp_path / "course")
    before = scores(root)
    spoil(root)
    done = grade(root, *arguments)
    assert done.exit_code == code, done.output
    assert isinstance(done.exception, SystemExit)
    last = done.output.strip().splitlines()[-1]
    assert last.startswith("Error: ")
    assert all(word in last for word in words), last
    assert len(done.output.strip().splitlines()) == 1 or code == 2
    assert len(list((root / "autograded").iterdir())) == len(before)
    if spoil is not damaged_gradebook:
        assert scores(root) == before


def test_outside_of_a_course_the_error_says_where_it_looked(tmp_path):
    done = grade(tmp_path, LESSON)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert f"{tmp_path} is not in a course" in done.output


def test_a_gradebook_that_somebody_else_is_writing_is_one_line(graded, tmp_path, cluster):
    root = shutil.copytree(graded[0], tmp_path / "course")
    other = sqlite3.connect(root / "gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    done = grade(root, LESSON, "--scheduler", cluster)
    other.close()
    assert done.exit_code == 1
    assert done.output.endswith("gradebook.db cannot be used: database is locked\n")
    assert scores(root) == scores(graded[0])


def test_a_report_that_cannot_be_written_costs_no_scores_and_no_table(graded, tmp_path, cluster):
    root = shutil.copytree(graded[0], tmp_path / "course")
    done = grade(root, LESSON, "--scheduler", cluster, "--json", "/proc/report.json")
    assert done.exit_code == 1
    assert "Mean score" in done.output
    assert done.output.splitlines()[-1].startswith("Error: /proc/report.json cannot be written")
    assert scores(root) == scores(graded[0])


def test_students_who_could_not_be_written_make_the_command_fail(graded, tmp_path, cluster):
    root = shutil.copytree(graded[0], tmp_path / "course")
    shutil.rmtree(root / "autograded" / "right")
    (root / "autograded" / "right").write_text("in the way")
    done = grade(root, LESSON, "--scheduler", cluster, "--json", "report.json")
    assert done.exit_code == 1
    last = done.output.splitlines()[-1]
    assert last == "Error: 1 of 7 not written to the gradebook; their flags say why"
    flags = json.loads(Path(root, "report.json").read_text())["students"]["right"]["flags"]
    assert flags[0].startswith("not written to the gradebook: NotADirectoryError")
    after = scores(root)
    assert after.pop("right") == (0, 0, True), "the old score does not stand as if new"
    assert after == {name: found for name, found in scores(graded[0]).items() if name != "right"}


def test_two_runs_at_once_are_refused_in_one_line(graded, tmp_path, cluster):
    root = shutil.copytree(graded[0], tmp_path / "course")
    with alone(Classroom(root)):
        done = grade(root, LESSON, "--scheduler", cluster)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert f"another `mlcourse grade` is at work on this course (process {os.getpid()})" in done.output
    assert scores(root) == scores(graded[0])
    assert grade(root, LESSON, "--scheduler", cluster).exit_code == 0


def test_limits_are_those_of_the_configuration(graded, tmp_path, cluster, monkeypatch):
    root, jobs = shutil.copytree(graded[0], tmp_path / "course"), []

    def handed_out(client, waiting):
        jobs.extend(job for _, job in waiting)
        raise CourseError("seen")

    monkeypatch.setattr(class_run, "distribute", handed_out)
    with (root / "nbgrader_config.py").open("a") as file:
        file.write("\nc.SandboxLimits.cell = 0.5\n")
    assert grade(root, LESSON, "--scheduler", cluster).output == "Error: seen\n"
    assert {job.limits.cell for job in jobs} == {0.5}
    assert len(jobs) == 7, "another limit may be another result, so what is in the journal will not do"
