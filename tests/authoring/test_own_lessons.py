"""A lesson of an instructor's own: begun by a command, built, released with its exercises, graded by them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from mlcourse.authoring import Course, build, out_of_date
from mlcourse.cli import main
from mlcourse.errors import CourseError
from mlcourse.exercises.own import text_beside
from mlcourse.grading.released import Release

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def own(tmp_path, monkeypatch):
    (tmp_path / "lessons").mkdir()
    (tmp_path / "solutions").mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["new", "11-own"])
    assert result.exit_code == 0, result.output
    return Course.find().lessons(("11-own",))[0]


def test_a_new_lesson_builds_as_it_is_and_its_exercises_travel_with_it(own):
    assert build([own]) == []
    assert out_of_date([own]) == []
    text = text_beside(own.folder)
    assert text_beside(own.learner_folder) == text
    released = own.learner.read_text()
    assert "np.where(Z > 0" not in json.dumps(json.loads(released)["cells"])
    graded = [cell for cell in Release.read(released, text).cells if cell.exercise]
    assert [(cell.exercise, cell.points) for cell in graded] == [("leaky-backward", 2)]


def test_what_is_graded_depends_on_the_exercises_too(own):
    notebook = json.dumps({"cells": []})
    assert Release.read(notebook, "a").digest != Release.read(notebook, "b").digest


@pytest.mark.parametrize("name", ["own", "9-own", "11_own", "11-Own", "../11-own", "11-own/x"])
def test_a_name_of_another_kind_is_refused(own, name):
    result = CliRunner().invoke(main, ["new", name])
    assert result.exit_code == 1
    assert "expected two digits and words, such as 11-own" in result.output


def test_a_name_that_a_shell_has_completed_is_taken(own):
    assert Course.find().lessons(("11-own/",)) == [own]


def test_a_lesson_that_is_there_is_not_overwritten(own):
    result = CliRunner().invoke(main, ["new", "11-own"])
    assert result.exit_code == 1
    assert "solutions/11-own is there already" in result.output


def test_a_mistake_in_the_exercises_is_named_with_its_folder(own):
    path = own.folder / "exercises.py"
    path.write_text(path.read_text().replace("- dA * slope", "- dA * other"))
    (error,) = build([own])
    assert isinstance(error, CourseError)
    assert error.message.startswith("solutions/11-own: ")
    assert "'dA * other' is not in the reference" in error.message


def test_a_solution_in_the_text_that_its_own_check_refuses_is_not_built(own):
    own.source.write_text(
        own.source.read_text().replace("np.where(Z > 0, 1.0, alpha)\n    ###", "alpha\n    ###")
    )
    (error,) = build([own])
    assert error.message == (
        "solutions/11-own/11-own.md: the solution of 'leaky-backward' in the text gets 0 of 2 points"
    )
    assert not own.learner.exists()


@pytest.mark.parametrize("command", ["mistakes", "grade"])
def test_exercises_that_cannot_be_read_are_one_line_of_every_command(own, command):
    assert build([own]) == []
    (own.folder / "exercises.py").write_text("EXERCISES = [\n")
    result = CliRunner().invoke(main, [command, "11-own"])
    assert result.exit_code == 1
    assert "solutions/11-own: exercises.py, line 1: SyntaxError" in result.output
    assert "Traceback" not in result.output and isinstance(result.exception, SystemExit)


def test_a_lesson_may_have_no_exercise_or_only_one_that_a_person_grades(own):
    assert build([own]) == []
    (own.folder / "exercises.py").unlink()
    head = (
        "---\nkernelspec:\n  display_name: Python 3 (ipykernel)\n  language: python\n  name: python3\n---\n\n"
    )
    own.source.write_text(head + "# Only text\n")
    assert build([own]) == []
    assert not (own.learner_folder / "exercises.py").exists(), "it is not handed out any longer"
    own.learner_folder.joinpath("exercises.py").write_text("EXERCISES = []\n")
    (left,) = out_of_date([own])
    assert str(left).endswith("is there, and no exercises.py beside the text; run: mlcourse build 11-own")
    own.source.write_text(
        head + '# An essay\n\n+++ {"exercise": "why", "role": "manual", "points": 3}\n\n'
        "<!-- BEGIN SOLUTION -->\nBecause.\n<!-- END SOLUTION -->\n"
    )
    assert build([own]) == []
    assert [cell.points for cell in Release.read(own.learner.read_text()).cells if cell.manual] == [3]
