"""What was reported of honest work that loses: as it was, as it is, and under stock nbgrader, in one run.

The first column of figures is what the reports said of the course before; the others are measured here.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

pytestmark = [pytest.mark.benchmark, pytest.mark.sandbox, pytest.mark.timeout(3600)]
REPOSITORY = Path(__file__).resolve().parents[3]
LESSON = "02-two-layer-network"
LINES = (
    ("1 all solutions typed anew", "typed_anew", "0 of 9"),
    ("1 one of them", "first_one_typed_anew", "6 of 9"),
    ("2 metadata and ids gone", "metadata_and_ids_gone", "0 of 9"),
    ("3 a module beside the notebook", "functions_of_a_module", "6 of 9"),
    ("4 two renamed copies", "two_renamed_copies", "missing"),
    ("4 a nested folder", "in_a_folder", "missing"),
    ("4 .IPYNB", "capital_ending", "missing"),
    ("4 .ipynb.txt", "text_ending", "missing"),
    ("4 finished beside the original", "original_beside_a_finished_download", "0, no flag"),
    ("5 31 MB of output", "large_outputs", "unreadable"),
    ("5 a trailing brace", "trailing_brace", "unreadable"),
    ("7 sigmoid wrong, all else right", "wrong", "3 of 9"),
    ("9 the function renamed", "renamed", "said it had not run"),
    ("10 a folder that is not UTF-8", os.fsdecode(b"m\xfcller"), "ends the run for all"),
    ("12 a time such as 03/11/2026", "stamped", "11 March, silently"),
    ("15 a hidden folder", ".hidden", "left out"),
)


def points(root, name):
    """Automatic points of each student; who is not in the gradebook is missing."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "backpropagation") as book:
        return {each.student.id: each.score for each in book.find_assignment(name).submissions}


def test_lines_of_honest_work(honest, ours, stock, make_stock, show, tmp_path):
    lesson, whole = honest["as_it_is", LESSON]
    wrong = lesson.filled(**{"sigmoid-solution": "def sigmoid(Z):\n    return 1 / (1 + np.exp(Z))"})
    renamed = lesson.solutions["sigmoid-solution"].replace("def sigmoid(", "def logistic(")
    made = {
        "wrong": {lesson.file: lesson.write(wrong)},
        "renamed": {lesson.file: lesson.write(lesson.filled(**{"sigmoid-solution": renamed}))},
        "stamped": whole | {"timestamp.txt": b"03/11/2026 10:00"},
    }
    students = {kind: made.get(kind) or honest.get((kind, LESSON), (None, whole))[1] for _, kind, _ in LINES}
    here, there = tmp_path / "ours", tmp_path / "stock"
    for edition in ("lessons", "solutions"):
        shutil.copytree(REPOSITORY / edition / LESSON, here / edition / LESSON)
        cut = lesson.release if edition == "lessons" else lesson.instructor
        (here / edition / LESSON / lesson.file).write_bytes(lesson.write(cut))
    shutil.copy(REPOSITORY / "nbgrader_config.py", here)
    make_stock(there, lesson.instructor, LESSON)
    for root in (here, there):
        for student, files in students.items():
            for place, content in files.items():
                path = root / "submitted" / student / LESSON / place
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    subprocess.run([*ours, "--json", "report.json"], cwd=here, check=True, capture_output=True)
    report = json.loads((here / "report.json").read_text())["students"]
    for student in students:  # one at a time: some end the run for everybody after them
        subprocess.run([*stock, f"--student={student}"], cwd=there, capture_output=True, check=False)
    theirs = points(there, LESSON)
    rows = [("line", "reported before", "here", "nbgrader", "of", "flags here")]
    for line, kind, before in LINES:
        name = {os.fsdecode(b"m\xfcller"): "m\\xfcller"}.get(kind, kind)
        name = name if name in report else next(each for each in report if each.endswith(name.strip(".")))
        found = report[name]
        flags = "; ".join(found["flags"])[:70]
        rows.append((line, before, found["score"], theirs.get(kind, "none"), found["max_score"], flags))
    show(f"Lines of honest work, {LESSON}", rows)
    assert all(row[2] >= (row[3] if row[3] != "none" else 0) for row in rows[1:])
