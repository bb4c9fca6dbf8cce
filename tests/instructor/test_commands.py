"""nbgrader's own commands on this course, as an instructor types them, with four submissions."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import is_solution

from mlcourse.exercises import of_lesson

REPOSITORY = Path(__file__).resolve().parents[2]
LESSON = "02-two-layer-network"
WORTH = {exercise.id: exercise.points for exercise in of_lesson(LESSON)}
FIRST_THREE = tuple(WORTH)[:3]
ALL = sum(WORTH.values())
POINTS = {"right": ALL, "untouched": 0, "half": sum(WORTH[name] for name in FIRST_THREE), "raising": 0}

pytestmark = pytest.mark.sandbox


def nbgrader(course, *arguments):
    """Run an nbgrader command in a course; its output."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def solved(course, *exercises):
    """Learner's notebook with the solutions of these exercises pasted in."""
    name = f"{LESSON}/{LESSON}.ipynb"
    learner = nbformat.read(course / "lessons" / name, as_version=4)
    solutions = {
        cell.id: cell.source for cell in nbformat.read(course / "solutions" / name, as_version=4).cells
    }
    for cell in learner.cells:
        if cell.id.removesuffix("-solution") in exercises and is_solution(cell):
            cell.source = solutions[cell.id]
    return learner


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which the lesson was released and four learners handed it in."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    shutil.copytree(REPOSITORY / "solutions" / LESSON, root / "solutions" / LESSON)
    nbgrader(root, "generate_assignment", LESSON)

    notebooks = {
        "right": solved(root, *WORTH),
        "untouched": solved(root),
        "half": solved(root, *FIRST_THREE),
        "raising": solved(root, *WORTH),
    }
    for cell in notebooks["raising"].cells:
        if is_solution(cell):
            cell.source = f"import a_module_that_nobody_has\n\n{cell.source}"
    for student, notebook in notebooks.items():
        folder = root / "submitted" / student / LESSON
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{LESSON}.ipynb")
    return root


@pytest.fixture(scope="module")
def graded(course):
    """The same course, graded, with feedback."""
    nbgrader(course, "autograde", LESSON)
    nbgrader(course, "generate_feedback", LESSON)
    return course


def test_release_is_the_learners_edition_of_the_repository(course):
    name = f"{LESSON}/{LESSON}.ipynb"
    released = course / "lessons" / name
    assert released.read_bytes() == (REPOSITORY / "lessons" / name).read_bytes()
    assert [path.name for path in released.parent.iterdir()] == [released.name], (
        "the text source is not for learners"
    )


def test_exported_grades_are_exact(graded):
    nbgrader(graded, "export", "--to", "grades.csv")
    with (graded / "grades.csv").open() as file:
        rows = {
            row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)
        }
    assert rows == {student: (points, ALL) for student, points in POINTS.items()}


def test_everybody_gets_a_feedback_page(graded):
    for student, points in POINTS.items():
        page = (graded / "feedback" / student / LESSON / f"{LESSON}.html").read_text()
        assert f"Score: {points:.1f} / {ALL:.1f}" in page


def test_validate_passes_the_right_one_and_fails_the_others(course):
    said = nbgrader(course, "validate", *(f"submitted/{name}/{LESSON}/{LESSON}.ipynb" for name in POINTS))
    verdicts = re.findall("Success! Your notebook passes all the tests|VALIDATION FAILED", said)
    passed = [verdict.startswith("Success") for verdict in verdicts]
    assert passed == [name == "right" for name in POINTS], said
