"""Grading a class: the gradebook, late penalties, regrades, and a run that is killed.

At random moments and many times it is killed in `benchmarks/test_grading_kills.py`.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from copy import deepcopy
from pathlib import Path

import pytest
from nbgrader import api
from nbgrader.api import Base, Gradebook
from sqlalchemy import create_engine, text

from mlcourse.grading import class_run, nbgrader_plugins
from mlcourse.grading import gradebook as gradebooks
from mlcourse.grading.classroom import Classroom

LESSON = "02-two-layer-network"

pytestmark = pytest.mark.sandbox


def book(classroom):
    return Gradebook(f"sqlite:///{classroom.root}/gradebook.db", "backpropagation")


def grades(classroom):
    """All that the gradebook says about the class."""
    with book(classroom) as opened:
        return {
            (sub.student.id, grade.name): (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for sub in opened.find_assignment(LESSON).submissions
            for notebook in sub.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def submissions(right, answered, small_release):
    """Six students: right, half right, untouched, unreadable, without a file, and late."""
    half = answered({"sigmoid": "def sigmoid(Z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))"})
    untouched = json.dumps(small_release).encode()
    return {
        "right": right,
        "half": half,
        "untouched": untouched,
        "broken": b"{",
        "absent": None,
        "late": right,
    }


@pytest.fixture(scope="module")
def straight(make_course, submissions, grade_class, tmp_path_factory):
    """The class, graded in one go: its course, and the report's students."""
    course = make_course(tmp_path_factory.mktemp("straight") / "course", submissions)
    return course, grade_class(course)


@pytest.fixture
def course(straight, tmp_path):
    """A copy of the graded class; with its journal, so that only what a test changes is run again."""
    return Classroom(shutil.copytree(straight[0].root, tmp_path / "course"))


SCORES = {"right": 5, "half": 1, "untouched": 0, "broken": 0, "absent": 0, "late": 5}


def test_report_gradebook_and_graded_notebooks_agree(straight):
    course, students = straight
    assert {name: found["score"] for name, found in students.items()} == SCORES
    states = {name: found["status"] for name, found in students.items() if found["status"] != "graded"}
    assert states == {"broken": "unreadable", "absent": "missing"}
    with book(course) as opened:
        for sub in opened.find_assignment(LESSON).submissions:
            assert (sub.score, sub.max_score, sub.needs_manual_grade) == (SCORES[sub.student.id], 5, False)
        assert opened.find_comment("sigmoid-solution", LESSON, LESSON, "untouched").comment == "No response."
        assert opened.find_comment("sigmoid-solution", LESSON, LESSON, "half").comment is None
    for name, score in SCORES.items():
        cells = json.loads((course.autograded(LESSON, name) / f"{LESSON}.ipynb").read_text())["cells"]
        shown = [
            cell["outputs"][0].get("data", {})
            for cell in cells
            if cell["metadata"].get("nbgrader", {}).get("grade")
        ]
        assert sum(float(data.get("text/plain", 0)) for data in shown) == score
        if name in ("right", "half", "untouched"):
            assert all('role="region"' in data["text/html"] for data in shown), "the card is there"
    assert students["half"]["flags"] == []
    assert [flag for flag in students["right"]["flags"] if flag == "alike: late, 100% of it in common"]


def test_late_penalties_are_nbgraders(course, grade_class):
    course.config.LateSubmissionPlugin.penalty_method = "zero"
    folder = course.root / "submitted" / "late" / LESSON
    (folder / "timestamp.txt").write_text("2030-01-02 00:00:00 UTC")
    with book(course) as opened:
        opened.update_or_create_assignment(LESSON, duedate="2030-01-01 00:00:00 UTC")
    grade_class(course)
    with book(course) as opened:
        found = opened.find_submission(LESSON, "late")
        assert (found.score, found.late_submission_penalty) == (5, 5)
        assert opened.find_submission(LESSON, "right").late_submission_penalty in (None, 0)


def test_a_manual_score_stays_and_asks_for_a_look(course, grade_class):
    with book(course) as opened:
        opened.find_grade("sigmoid", LESSON, LESSON, "untouched").manual_score = 0.5
        opened.db.commit()
    (course.root / "submitted" / "untouched" / LESSON / f"{LESSON}.ipynb").write_bytes(b"{")
    grade_class(course)
    assert grades(course)["untouched", "sigmoid"] == (0, 0.5, True)


def test_a_regrade_that_cannot_be_written_leaves_no_old_score(course, grade_class, monkeypatch):
    write = gradebooks.Writer._write_comments

    def fails_for_one(self, notebook, result):
        if notebook.student.id == "right":
            raise RuntimeError("no")
        write(self, notebook, result)

    monkeypatch.setattr(gradebooks.Writer, "_write_comments", fails_for_one)
    students = grade_class(course)
    after = grades(course)
    assert {after["right", name][::2] for name in ("sigmoid", "backward-propagation")} == {(None, True)}
    assert after["late", "sigmoid"] == (1, None, False), "the others' are written"
    assert any("not written to the gradebook" in flag for flag in students["right"]["flags"])
    assert not course.autograded(LESSON, "right").exists()


def test_a_fault_of_the_grader_costs_one_student_and_is_reported(course, grade_class, monkeypatch):
    execute = class_run._result

    def breaks_for_one(future, job, release):
        if b"0.5 * (1" in dict(job.files.notebooks).get(f"{LESSON}.ipynb", b""):
            return class_run.not_executed(job.files, release, "crashed", "killed its grader")
        return execute(future, job, release)

    monkeypatch.setattr(class_run, "_result", breaks_for_one)
    with (course.root / "submitted" / "half" / LESSON / f"{LESSON}.ipynb").open("ab") as file:
        file.write(b"\n")  # another submission, so it is run
    students = grade_class(course)
    assert students["half"]["status"] == "crashed"
    assert grades(course)["half", "sigmoid"] == (0, None, True)
    assert students["right"]["score"] == 5


def test_a_second_run_executes_nothing_and_ends_the_same(course, grade_class, monkeypatch):
    first = grades(course)
    monkeypatch.setattr(class_run, "distribute", lambda *a: pytest.fail("executed again"))
    grade_class(course)
    assert grades(course) == first


def test_a_lesson_is_entered_whole_or_not_at_all(course, empty_gradebook, grade_class, monkeypatch):
    (course.root / "gradebook.db").write_bytes(empty_gradebook)
    enter = Gradebook.update_or_create_grade_cell

    def is_cut_off(self, name, *arguments, **about):
        if name == "backward-propagation":
            raise KeyboardInterrupt
        return enter(self, name, *arguments, **about)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Gradebook, "update_or_create_grade_cell", is_cut_off)
        grade_class(course)
    students = grade_class(course)
    assert {name: found["score"] for name, found in students.items()} == SCORES
    assert grades(course)["right", "backward-propagation"] == (4, None, False)


@pytest.mark.parametrize("rest", [[], ["CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"]])
def test_a_gradebook_whose_making_was_cut_off_is_finished(course, grade_class, rest):
    (course.root / "gradebook.db").unlink()
    url = f"sqlite:///{course.root}/gradebook.db"
    engine = create_engine(url)
    Base.metadata.create_all(bind=engine)  # as nbgrader does first
    with engine.begin() as connection:
        for statement in rest:
            connection.execute(text(statement))
    grade_class(course)
    with engine.connect() as connection:
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    assert versions == [api.get_alembic_version()]


def test_a_private_folder_that_was_lost_is_said_before_anybody_is_graded(
    course, grade_class, cluster, capsys
):
    only = {"scheduler": cluster, "students": ["broken"]}
    grade_class(course, **only)
    assert "is not there" not in capsys.readouterr().err
    (course.private / "secret").unlink()
    grade_class(course, **only)
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(
        ".mlcourse/secret is not there, though the gradebook has scores: who is graded now gets other hidden"
    )
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as gradebook:
        gradebook.add_assignment("another")
    writer = gradebooks.Writer(course, "another", {})
    assert writer.has_scores(), "those of another lesson count, too"
    with writer:
        pass


def test_a_check_that_was_released_later_is_said_in_plain_words(course, grade_class):
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as gradebook:
        gradebook.find_grade_cell("sigmoid", LESSON, LESSON).name = "as-it-was-called-before"
        gradebook.db.commit()
    students = grade_class(course)
    said = (
        "not written to the gradebook: the gradebook has no cell sigmoid, which was released later; take it "
        "out again, or run nbgrader generate_assignment 02-two-layer-network --force; where others have "
        "scores, nbgrader refuses that until nbgrader db assignment remove 02-two-layer-network --force, "
        "with which what people entered goes"
    )
    assert said in students["right"]["flags"]


def test_an_exercise_that_is_gone_counts_nothing_unless_a_person_scored_it(
    course, cluster, grade_class, capsys
):
    """nbgrader sums up every cell that it has ever known, so all students would lose its points."""
    path, first = course.root / "lessons" / LESSON / f"{LESSON}.ipynb", grades(course)
    whole = path.read_text()
    release = json.loads(whole)
    rest = [cell for cell in release["cells"] if cell["id"] != "sigmoid"]
    path.write_text(json.dumps(release | {"cells": rest}))

    def scored_by_hand(score):
        with book(course) as opened:
            opened.find_grade("sigmoid", LESSON, LESSON, "untouched").manual_score = score
            opened.db.commit()

    def graded_again(student):
        grade_class(course, scheduler=cluster, students=[student])
        return capsys.readouterr().err.splitlines()[0]

    scored_by_hand(0.5)
    assert "the lesson has no sigmoid any more, but a person has scored it" in graded_again("broken")
    assert grades(course) == first | {("untouched", "sigmoid"): (0, 0.5, False)}
    about, said = {"assignment": LESSON, "notebook": LESSON, "student": "broken"}, []
    nbgrader_plugins._release(course.config, {"nbgrader": about}, said.append)  # as Formgrader's button does
    assert len(said) == 1 and "the lesson has no sigmoid any more" in said[0]
    scored_by_hand(None)
    with book(course) as opened:
        opened.remove_submission(LESSON, "broken")  # who is new gets a row for each cell, this one too
    assert "counts 0 of 0 points for it from now on" in graded_again("broken")
    with book(course) as opened:
        totals = {
            sub.student.id: (sub.score, sub.max_score, sub.needs_manual_grade)
            for sub in opened.find_assignment(LESSON).submissions
        }
    assert totals == {name: (4 if score == 5 else 0, 4, False) for name, score in SCORES.items()}
    path.write_text(whole)
    graded_again("half")
    assert grades(course)["half", "sigmoid"] == first["half", "sigmoid"] == (1, None, False)


def test_points_that_an_instructor_changed_scale_the_verdict(
    make_course, grade_class, small_release, right, tmp_path
):
    release, submission = deepcopy(small_release), json.loads(right)
    for notebook in (release, submission):
        (cell,) = (cell for cell in notebook["cells"] if cell["id"] == "backward-propagation")
        cell["metadata"]["nbgrader"]["points"] = 10
    course = make_course(tmp_path / "course", {"a": json.dumps(submission).encode()}, small_release)
    with gradebooks.Writer(course, LESSON, course.releases(LESSON)) as before:  # as generate_assignment did
        before.locked_sources()
    (course.root / "lessons" / LESSON / f"{LESSON}.ipynb").write_text(json.dumps(release))
    found = grade_class(course)["a"]["exercises"]["backward-propagation"]
    assert (found["points"], found["max_points"]) == (10, 10)
    with book(course) as opened:
        (cell,) = opened.find_notebook(LESSON, LESSON).grade_cells[-1:]
        assert (cell.name, cell.max_score) == ("backward-propagation", 10)


def test_a_run_killed_while_it_grades_is_finished_by_the_next_with_the_same_gradebook(
    straight, make_course, submissions, grade_class, limits, tmp_path, monkeypatch
):
    course = make_course(tmp_path / "course", submissions)
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.writelines(f"c.SandboxLimits.{name} = {value}\n" for name, value in limits.as_json().items())
    command = [sys.executable, "-m", "mlcourse", "grade", LESSON, "--jobs", "1"]
    run = subprocess.Popen(command, cwd=course.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = course.private / "journal" / LESSON
    while len(list(journal.glob("*.json"))) < 2:
        assert run.poll() is None, "ended before it could be killed"
        time.sleep(0.01)
    run.kill()  # and nothing else: its workers find out by themselves
    assert run.wait() == -signal.SIGKILL
    kept, executed = len(list(journal.glob("*.json"))), []
    execute = class_run._result
    monkeypatch.setattr(class_run, "_result", lambda *each: executed.append(each) or execute(*each))
    grade_class(course)
    assert len(executed) == len(submissions) - kept, "what was done is not done again"
    assert grades(course) == grades(straight[0])
    until = time.monotonic() + 60
    while kernels_of(course) and time.monotonic() < until:
        time.sleep(0.1)
    assert kernels_of(course) == []


def kernels_of(course):
    """ForkServer processes that still serve a course."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(course.root).encode() in (process / "cmdline").read_bytes() and process.name != str(
                os.getpid()
            ):
                found.append(process.name)
        except OSError:
            continue
    return found
