"""What was reported of honest work that loses: as it was, as it is, and under stock nbgrader, in one run.

The first column of figures is what the reports said of the course before; the others are measured here.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from mlcourse.errors import CourseError
from mlcourse.grading import class_run
from mlcourse.grading.version import course_version

pytestmark = [pytest.mark.benchmark, pytest.mark.sandbox, pytest.mark.timeout(3600)]
REPOSITORY = Path(__file__).resolve().parents[3]
LESSON, DEEP = "02-two-layer-network", "05-deep-networks"
LATIN = os.fsdecode(b"m\xfcller")
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
    ("10 a folder that is not UTF-8", LATIN, "ends the run for all"),
    ("12 a time such as 03/11/2026", "stamped", "11 March, silently"),
    ("15 a hidden folder", ".hidden", "left out"),
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ARCHIVES = {
    "canvas.zip": ("doejane_LATE_12345_678901_{}", "doejohn_12346_678902_{}"),
    "moodle.zip": (
        "Jane Doe_1234567_assignsubmission_file/{}",
        "Jane Doe_1234568_assignsubmission_file/work/{}",
    ),
}
IDS = ("12345", "12346", "1234567", "1234568")
NAMED = r".*/(?P<student_id>[^/]+)_(?P<file_id>02-two-layer-network)\.ipynb"
"""What nbgrader has to be told to read names at all; as its documentation does it."""


def points(root, name):
    """Automatic points of each student; who is not in the gradebook is missing."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "backpropagation") as book:
        return {each.student.id: each.score for each in book.find_assignment(name).submissions}


def points_of_exercises(root, name, student):
    """Automatic points by exercise."""
    with Gradebook(f"sqlite:///{root}/gradebook.db", "backpropagation") as book:
        grades = book.find_submission_notebook(name, name, student).grades
        return {grade.name: grade.auto_score for grade in grades}


def write(root, name, student, files):
    for place, content in files.items():
        path = root / "submitted" / student / name / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def make_here(root, lesson):
    """Release a lesson in a course that is graded here."""
    for edition, notebook in (("lessons", lesson.release), ("solutions", lesson.instructor)):
        (root / edition / lesson.name).mkdir(parents=True)
        (root / edition / lesson.name / lesson.file).write_bytes(lesson.write(notebook))
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)


def collect(root, content):
    """Have nbgrader take two platforms' archives apart."""
    folder = root / "downloaded" / LESSON / "archive"
    folder.mkdir(parents=True)
    for name, inside in ARCHIVES.items():
        with zipfile.ZipFile(folder / name, "w") as archive:
            for place in inside:
                archive.writestr(place.format(f"{LESSON}.ipynb"), content)
    command = [sys.executable, "-m", "nbgrader", "zip_collect", LESSON]
    subprocess.run(command, cwd=root, capture_output=True, check=False)


def grade_there(root, name, command):
    """All at once; then one at a time who is left, as some end the run for everybody after them."""
    ends_it = root / "submitted" / LATIN
    ends_it.rename(root / "aside")
    subprocess.run(command, cwd=root, capture_output=True, check=False)
    (root / "aside").rename(ends_it)
    for folder in sorted((root / "submitted").glob(f"*/{name}")):
        student = folder.parent.name
        if not (root / "autograded" / student / name).is_dir():
            one = [*command, f"--student={student}"]
            subprocess.run(one, cwd=root, capture_output=True, check=False)


def answered_with_a_photo(lesson):
    """A photo in the hand-graded answer, half of one exercise; two exercises have other points than ours."""
    for notebook in (lesson.release, lesson.instructor):
        for cell in notebook["cells"]:
            if lesson.grade_id(cell) in ("tanh-backward", "activation-derivatives"):
                worth = {"tanh-backward": 10, "activation-derivatives": 1}[lesson.grade_id(cell)]
                cell["metadata"]["nbgrader"]["points"] = worth
    half = lesson.solutions["activation-derivatives-solution"]
    for name in ("relu", "tanh"):
        head = f"def {name}_derivative(Z):"
        assert head in half
        half = half.replace(head, f"{head}\n    return Z")
    notebook = lesson.filled(
        **{"activation-derivatives-solution": half, "tanh-derivation": "![p](attachment:p.png)"}
    )
    (cell,) = (cell for cell in notebook["cells"] if lesson.grade_id(cell) == "tanh-derivation")
    cell["attachments"] = {"p.png": {"image/png": PIXEL}}
    return {lesson.file: lesson.write(notebook)}


def photo(root):
    """Whether the photo is in what the instructor opens."""
    text = (root / "autograded" / "photo" / DEEP / f"{DEEP}.ipynb").read_text()
    (cell,) = (
        cell
        for cell in json.loads(text)["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "tanh-derivation"
    )
    name, pictures = "".join(cell["source"]), cell.get("attachments", {})
    there = any(f"(attachment:{key})" in name and PIXEL in kinds.values() for key, kinds in pictures.items())
    return "there" if there else "lost"


def refusal(make_course, grade_class, right, root):
    """What is said to a worker of another version."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(class_run, "course_version", lambda: "9.9.9 (abc)")
        try:
            grade_class(make_course(root, {"a": right}))
        except CourseError as error:
            both = "9.9.9 (abc)" in error.message and course_version() in error.message
            return "refused, both named" if both else error.message
    return "graded silently"


def cleaner():
    """What cleans hostile HTML here."""
    loaded = (
        "import sys, mlcourse.grading.cleaning; print(*(n for n in ('nh3', 'bleach') if n in sys.modules))"
    )
    used = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    name = used.stdout.strip()
    declared = any(each.startswith(name) for each in metadata.requires("mlcourse") or ())
    return f"{name}, {'declared' if declared else 'undeclared'}"


def test_lines_of_honest_work(
    honest, ours, stock, make_stock, make_course, grade_class, right, show, tmp_path
):
    lesson, whole = honest["as_it_is", LESSON]
    deep = type(lesson)(DEEP)
    wrong = lesson.filled(**{"sigmoid-solution": "def sigmoid(Z):\n    return 1 / (1 + np.exp(Z))"})
    renamed = lesson.solutions["sigmoid-solution"].replace("def sigmoid(", "def logistic(")
    made = {
        "wrong": {lesson.file: lesson.write(wrong)},
        "renamed": {lesson.file: lesson.write(lesson.filled(**{"sigmoid-solution": renamed}))},
        "stamped": whole | {"timestamp.txt": b"03/11/2026 10:00"},
    }
    students = {kind: made.get(kind) or honest.get((kind, LESSON), (None, whole))[1] for _, kind, _ in LINES}
    with_photo = answered_with_a_photo(deep)
    here, there = tmp_path / "ours", tmp_path / "stock"
    for each in (lesson, deep):
        make_here(here, each)
        make_stock(there, each.instructor, each.name)
    with (there / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.FileNameCollectorPlugin.named_regexp = {NAMED!r}\n")
    for root in (here, there):
        for student, files in students.items():
            write(root, LESSON, student, files)
        write(root, DEEP, "photo", with_photo)
        collect(root, whole[lesson.file])
    for name in (LESSON, DEEP):
        command = [*ours[:-1], name, "--json", f"{name}.json"]
        subprocess.run(command, cwd=here, check=True, capture_output=True)
        grade_there(there, name, [*stock[:-1], name])
    report = json.loads((here / f"{LESSON}.json").read_text())["students"]
    theirs = points(there, LESSON)
    rows = [("line", "reported before", "here", "nbgrader", "of", "flags here")]
    for line, kind, before in LINES:
        name = {LATIN: r"m\xfcller", ".hidden": r"\x2ehidden"}.get(kind, kind)
        found = report[name]
        flags = "; ".join(found["flags"])[:70]
        rows.append((line, before, found["score"], theirs.get(kind, "none"), found["max_score"], flags))
    less = [row for row in rows[1:] if row[2] < (0 if row[3] == "none" else row[3])]
    mine, their = (points_of_exercises(root, DEEP, "photo") for root in (here, there))
    tanh, half = "tanh-backward", "activation-derivatives"
    collected = [f"{len({*IDS} & {*points(root, LESSON)})} of 4" for root in (here, there)]
    others = [
        ("6 a photo in a hand-graded answer", "lost", photo(here), photo(there), "there"),
        ("8 2 points made 10, right", "at most 2", mine[tanh], their[tanh], 10),
        ("8 2 points made 1, half right", "1, the whole", mine[half], their[half], 0.5),
        ("11 students of two platforms found", "0 of 4", *collected, "4 of 4"),
        (
            "13 a worker of another version",
            "grades silently",
            refusal(make_course, grade_class, right, tmp_path / "version"),
            "no workers",
            "refused, both named",
        ),
        ("14 what cleans HTML", "bleach, undeclared", cleaner(), "bleach, nbconvert's", "nh3, declared"),
    ]
    rows += [(*row, "") for row in others]
    rows[1:] = sorted(rows[1:], key=lambda row: int(row[0].split()[0]))
    show(f"Lines of honest work, {LESSON} and {DEEP}", rows)
    assert less == []
    assert [row[2] for row in others] == [row[4] for row in others]
