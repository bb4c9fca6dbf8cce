"""Every honest submission here and under stock nbgrader: nobody gets less here, exercise by exercise."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

pytestmark = [pytest.mark.benchmark, pytest.mark.sandbox, pytest.mark.timeout(3600)]
REPOSITORY = Path(__file__).resolve().parents[3]
LESSONS = ["02-two-layer-network", "05-deep-networks"]


def put(root, lesson, everybody):
    for student, files in everybody.items():
        for place, content in files.items():
            path = root / "submitted" / student / lesson.name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def stock_points(root, name):
    """Automatic points of each student and exercise; a missing student has none."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "backpropagation") as book:
        return {
            (found.student.id, grade.name): grade.auto_score or 0.0
            for found in book.find_assignment(name).submissions
            for notebook in found.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(params=LESSONS)
def both(request, honest, ours, stock, make_stock, tmp_path):
    """Points here and there, by student and exercise; the flags here."""
    name = request.param
    everybody = {kind: files for (kind, lesson), (_, files) in honest.items() if lesson == name}
    lesson = honest["as_it_is", name][0]
    here, there = tmp_path / "ours", tmp_path / "stock"
    for edition, notebook in (("lessons", lesson.release), ("solutions", lesson.instructor)):
        (here / edition / name).mkdir(parents=True)
        (here / edition / name / lesson.file).write_bytes(lesson.write(notebook))
    shutil.copy(REPOSITORY / "nbgrader_config.py", here)
    put(here, lesson, everybody)
    command = [*ours[:-1], name, "--json", "report.json"]
    subprocess.run(command, cwd=here, check=True, capture_output=True)
    report = json.loads((here / "report.json").read_text())["students"]

    make_stock(there, lesson.instructor, name)
    put(there, lesson, everybody)
    # One at a time: an answer cell that was split ends stock nbgrader's run for everybody after it.
    for student in everybody:
        command = [*stock[:-1], name, f"--student={student}"]
        subprocess.run(command, cwd=there, capture_output=True, check=False)
    return report, stock_points(there, name)


def test_nobody_gets_less_here_than_from_stock_nbgrader(both, show):
    report, stock = both
    rows = [("submission", "mlcourse grade", "nbgrader", "flags here")]
    less = []
    for student, found in report.items():
        theirs = {name: points for (who, name), points in stock.items() if who == student}
        rows.append((student, found["score"], sum(theirs.values()), "; ".join(found["flags"][:2])[:90]))
        less += [
            (student, name, found["exercises"][name]["points"], points)
            for name, points in theirs.items()
            if (found["exercises"][name]["points"] or 0.0) < points
        ]
    show("Points of honest submissions", rows)
    assert less == []
