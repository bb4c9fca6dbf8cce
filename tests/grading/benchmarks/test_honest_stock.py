"""Honest submissions here and under stock nbgrader: nobody gets less here, exercise by exercise.

nbgrader takes seconds for each, so it gets every fifth kind, in one of the two lessons; FIRST_KIND=1 to 4 are
the others. Left out is what it finds no graded cell in, and so no points.
"""

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

pytestmark = [pytest.mark.stock, pytest.mark.sandbox]
REPOSITORY = Path(__file__).resolve().parents[3]
LESSONS = ["02-two-layer-network", "05-deep-networks"]


@pytest.fixture(scope="module")
def handed_in(honest):
    """Files of each submission that stock nbgrader may give points for, by lesson and kind."""
    kinds = [
        kind
        for kind in dict.fromkeys(kind for kind, _ in honest)
        if all(b'"grade_id"' in files.get(lesson.file, b"") for lesson, files in in_both(honest, kind))
    ]
    chosen = kinds[int(os.environ.get("FIRST_KIND", "0")) :: 5]
    return {
        name: {kind: honest[kind, name][1] for kind in chosen[number :: len(LESSONS)]}
        for number, name in enumerate(LESSONS)
    }


def in_both(honest, kind):
    """Both lessons with what was handed in."""
    return [honest[kind, name] for name in LESSONS]


def put(root, lesson, everybody):
    for student, files in everybody.items():
        for place, content in files.items():
            path = root / "submitted" / student / lesson.name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def grade_here(root, lesson, everybody, command):
    """The students in the report of `mlcourse grade`."""
    for edition, notebook in (("lessons", lesson.release), ("solutions", lesson.instructor)):
        (root / edition / lesson.name).mkdir(parents=True)
        (root / edition / lesson.name / lesson.file).write_bytes(lesson.write(notebook))
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    put(root, lesson, everybody)
    subprocess.run([*command, "--json", "report.json"], cwd=root, check=True, capture_output=True)
    return json.loads((root / "report.json").read_text())["students"]


def grade_there(root, lesson, everybody, command):
    """Automatic points by student and exercise under stock nbgrader; who could not be graded has none."""
    put(root, lesson, everybody)
    waiting = sorted(everybody)
    while waiting:
        subprocess.run(command, cwd=root, capture_output=True, check=False)
        done = [number for number, who in enumerate(waiting) if (root / "autograded" / who).is_dir()]
        # The one after the last that was graded has ended the run for everybody below: again, without it.
        end = max(done, default=-1) + 2
        for who in waiting[:end]:
            shutil.rmtree(root / "submitted" / who)
        waiting = waiting[end:]
    with Gradebook(f"sqlite:///{root}/gradebook.db", "backpropagation") as book:
        return {
            (found.student.id, grade.name): grade.auto_score or 0.0
            for found in book.find_assignment(lesson.name).submissions
            for notebook in found.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def both(handed_in, honest, ours, stock, make_stock, tmp_path_factory):
    """For each lesson the students here, and their points there by student and exercise."""

    def grade(name):
        root, lesson = tmp_path_factory.mktemp(name), honest["as_it_is", name][0]
        make_stock(root / "stock", lesson.instructor, name)
        there = grade_there(root / "stock", lesson, handed_in[name], [*stock[:-1], name])
        return grade_here(root / "ours", lesson, handed_in[name], [*ours[:-1], name, "--jobs", "1"]), there

    with ThreadPoolExecutor(len(LESSONS)) as pool:
        return dict(zip(LESSONS, pool.map(grade, LESSONS), strict=True))


@pytest.mark.parametrize("name", LESSONS)
def test_nobody_gets_less_here_than_from_stock_nbgrader(name, both, handed_in, show):
    report, stock = both[name]
    assert set(report) == set(handed_in[name]) and len(report) > 5
    rows = [("submission", "mlcourse grade", "nbgrader", "flags here")]
    less = []
    for student, found in report.items():
        theirs = {exercise: points for (who, exercise), points in stock.items() if who == student}
        rows.append((student, found["score"], sum(theirs.values()), "; ".join(found["flags"][:2])[:90]))
        less += [
            (student, exercise, found["exercises"][exercise]["points"], points)
            for exercise, points in theirs.items()
            if (found["exercises"][exercise]["points"] or 0.0) < points
        ]
    show(f"Points of honest submissions, {name}", rows)
    assert sum(stock.values()) > 0, "nbgrader graded nobody"
    assert less == []
