"""Two courses beside each other: ours, and the same one under nbgrader as it comes.

Figures are printed: run ``pytest -m benchmark -n 0 -s tests/grading/benchmarks`` on a machine that does
nothing else.
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

REPOSITORY = Path(__file__).resolve().parents[3]
LESSON = "02-two-layer-network"
OURS = [sys.executable, "-m", "mlcourse", "grade", LESSON]
STOCK = [sys.executable, "-m", "nbgrader", "autograde", LESSON]


@pytest.fixture(scope="session")
def contents():
    """``contents(root)``: all that a course's gradebook says, by student and cell."""

    def read(root):
        with Gradebook(f"sqlite:///{root}/gradebook.db", "backpropagation") as book:
            notebooks = [
                notebook for sub in book.find_assignment(LESSON).submissions for notebook in sub.notebooks
            ]
            found = {}
            for notebook in notebooks:
                student = notebook.student.id
                found[student, "whole"] = (notebook.score, notebook.max_score, notebook.needs_manual_grade)
                for grade in notebook.grades:
                    about = (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                    found[student, "grade", grade.name] = about
                for comment in notebook.comments:
                    about = (comment.auto_comment, comment.manual_comment)
                    found[student, "comment", comment.name] = about
            return found

    return read


@pytest.fixture(scope="session")
def scores(contents):
    """``scores(root)``: points of each student, from the gradebook."""
    return lambda root: {key[0]: value[0] for key, value in contents(root).items() if key[1] == "whole"}


@pytest.fixture(scope="session")
def hand_in():
    """``hand_in(root, submissions)``: put notebooks, as bytes by student, where they are collected."""

    def write(root, submissions):
        for student, content in submissions.items():
            folder = root / "submitted" / student / LESSON
            folder.mkdir(parents=True)
            (folder / f"{LESSON}.ipynb").write_bytes(content)

    return write


@pytest.fixture(scope="session")
def make_stock():
    """``make_stock(root, instructors, lesson)``: a course under stock nbgrader, with the lesson released."""

    def make(root, instructors, lesson=LESSON):
        folder = root / "solutions" / lesson
        folder.mkdir(parents=True)
        (folder / f"{lesson}.ipynb").write_text(json.dumps(instructors))
        text, ours, _ = (REPOSITORY / "nbgrader_config.py").read_text().partition("from mlcourse.grading")
        assert ours, "what makes nbgrader grade our way is no longer the end of its configuration"
        (root / "nbgrader_config.py").write_text(text)
        release = [sys.executable, "-m", "nbgrader", "generate_assignment", lesson]
        subprocess.run(release, cwd=root, check=True, capture_output=True)

    return make


@pytest.fixture(scope="session")
def make_ours(hand_in):
    """``make_ours(root, submissions)``: a course of this repository's lesson 02, as it is released."""

    def make(root, submissions):
        shutil.copytree(REPOSITORY / "lessons" / LESSON, root / "lessons" / LESSON)
        shutil.copy(REPOSITORY / "nbgrader_config.py", root)
        hand_in(root, submissions)

    return make


@pytest.fixture(scope="session")
def ours():
    """The command that grades a class here."""
    return OURS


@pytest.fixture(scope="session")
def stock():
    """The command that grades a class with nbgrader."""
    return STOCK


@pytest.fixture
def show(capsys):
    """``show(title, rows)``: print a table; the first row is its head."""

    def print_table(title, rows):
        texts = [[f"{cell:.4g}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
        with capsys.disabled():
            print(f"\n{title} ({time.strftime('%Y-%m-%d')})")
            for row in texts:
                print("  " + "  ".join(map(str.ljust, row, widths)).rstrip())

    return print_table
