"""A class of hostile submissions and two honest ones: nobody gains, nothing stops, nothing is left."""

import socket
import threading
from pathlib import Path

import pytest

HOSTILE = Path(__file__).parent / "hostile"
NAMES = sorted(f"{path.parent.name}-{path.stem}" for path in HOSTILE.glob("*/*.py"))
MARK = "HOSTILE-MARK"

pytestmark = pytest.mark.sandbox


def tree(folder):
    """Every file of a course but those that grading writes, with its content."""
    own = ("autograded", ".mlcourse", "gradebook.db")
    files = (path for path in folder.rglob("*") if path.relative_to(folder).parts[0] not in own)
    return {path: path.read_bytes() if path.is_file() else None for path in files}


def left_behind():
    """Processes that a submission started, by command line."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"98765.4321" in command:
            found.append(command)
    return found


@pytest.fixture(scope="module")
def listener():
    """A port on this machine, and a list of those who connected to it."""
    server, visitors = socket.create_server(("127.0.0.1", 0)), []

    def accept():
        while True:
            try:
                visitors.append(server.accept())
            except OSError:
                return

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], visitors
    server.close()


@pytest.fixture(scope="module")
def outcome(corpus, right, right_otherwise, listener, make_course, grade_class, tmp_path_factory):
    """The course after the run, its files before and after, and the report."""
    port, visitors = listener
    folder = tmp_path_factory.mktemp("course")
    everybody = {
        name: content.replace(b"HOSTILE_PORT", str(port).encode()) for name, (content, _) in corpus.items()
    }
    course = make_course(folder, everybody | {"a-honest": right, "zz-honest": right_otherwise})
    before = tree(folder)
    students = grade_class(course)
    return {
        "students": students,
        "before": before,
        "after": tree(folder),
        "folder": folder,
        "visitors": visitors,
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_undeserved_point(outcome, name):
    found = outcome["students"][name]
    assert found["score"] == 0, found
    assert found["max_score"] == 5


def test_there_are_enough_of_them():
    assert len(NAMES) >= 45


def test_the_honest_are_not_harmed(outcome):
    for name in ("a-honest", "zz-honest"):
        found = outcome["students"][name]
        assert (found["score"], found["status"], found["flags"]) == (5, "graded", [])


def test_nobody_is_left_out(outcome):
    assert set(outcome["students"]) == {*NAMES, "a-honest", "zz-honest"}
    graders = [
        flag
        for found in outcome["students"].values()
        for flag in found["flags"]
        if flag.startswith("grader:")
    ]
    assert graders == []


def test_the_gradebook_says_what_the_report_says(outcome):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{outcome['folder']}/gradebook.db", "backpropagation") as book:
        scores = {
            sub.student.id: (sub.score, sub.max_score)
            for sub in book.find_assignment("02-two-layer-network").submissions
        }
    assert scores == {
        name: (found["score"], found["max_score"]) for name, found in outcome["students"].items()
    }


def test_no_file_is_written_outside(outcome):
    assert outcome["before"] == outcome["after"]
    places = [Path.home(), Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("/")]
    found = [path for place in places for path in place.glob(f"*{MARK}*")]
    found += Path.home().glob(f".ipython/**/*{MARK}*")
    assert found == []
    graded = (outcome["folder"] / "autograded").rglob("*")
    assert all(path.suffix == ".ipynb" for path in graded if not path.is_dir())


def test_no_submission_found_a_hole(outcome):
    for path in (outcome["folder"] / "autograded").rglob("*.ipynb"):
        outputs = path.read_text().split('"outputs"')[1:]
        # Joined by the submission, so that a traceback which quotes its source does not look like a hole.
        said = "".join(part.split('"source"')[0] for part in outputs)
        assert "SECRET-FOUND" not in said, path
        assert not any(f"{MARK} {word}" in said for word in ("writable", "folder", "connected")), path


def test_no_connection_is_made(outcome):
    assert outcome["visitors"] == []


def test_no_process_is_left(outcome):
    assert left_behind() == []


def test_no_script_reaches_the_reader(outcome):
    student = outcome["folder"] / "autograded" / "resources-scripts_in_outputs"
    text = next(student.rglob("*.ipynb")).read_text().lower()
    outputs = "".join(part.split('"source"')[0] for part in text.split('"outputs"')[1:])
    for word in ("<script", "onerror=", "onload=", "<iframe", "<svg", "application/javascript", "\\\\href"):
        assert word not in outputs.replace("<ipython", ""), word


def test_status_says_what_happened(outcome):
    expected = {
        "resources-endless_cell": "timeout",
        "resources-endless_and_deaf": "timeout",
        "resources-endless_in_c": "timeout",
        "resources-memory_of_many": "crashed",
        "resources-crash": "crashed",
        "notebook-no_json": "unreadable",
        "notebook-huge": "unreadable",
        "notebook-deep": "unreadable",
    }
    assert {name: outcome["students"][name]["status"] for name in expected} == expected


def test_root_is_somebody_else_inside(server):
    from mlcourse.grading.session import Session

    session = Session(server)
    try:
        run = session.run(
            "import os; print(os.getuid(), open('/proc/self/status').read().split('CapEff:')[1].split()[0])"
        )
    finally:
        session.close()
    assert run.outputs[0]["text"].split() == ["1000", "0" * 16]
