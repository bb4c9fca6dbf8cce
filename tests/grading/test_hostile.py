"""Classes of hostile submissions and two honest ones: nobody gains, nothing stops, nothing is left.

There are two, so that two workers of the tests can grade at the same time.
"""

import socket
import threading
from pathlib import Path

import pytest

from mlcourse.grading.limits import MEGABYTE, SandboxLimits

HOSTILE = Path(__file__).parent / "hostile"
CLASSES = {"programs": ("process", "protocol"), "machine": ("disk", "notebook", "resources")}
NAMES = {
    about: sorted(f"{kind}-{path.stem}" for kind in kinds for path in HOSTILE.glob(f"{kind}/*.py"))
    for about, kinds in CLASSES.items()
}
HONEST = ("a-honest", "zz-honest")
MARK = "HOSTILE-MARK"
# A quarter of the class goes on until it is stopped, so its time is what these tests take. To fill the memory
# takes a second, and may take two.
LIMITS = {
    about: SandboxLimits(memory=1024 * MEGABYTE, cell=seconds, notebook=4.0, grace=0.5)
    for about, seconds in {"programs": 1.0, "machine": 2.0}.items()
}

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


@pytest.fixture(scope="module", params=NAMES)
def outcome(request, corpus, right, right_otherwise, listener, make_course, grade_class, tmp_path_factory):
    """The course after the run, its files before and after, and the report."""
    port, visitors = listener
    folder = tmp_path_factory.mktemp("course")
    names = NAMES[request.param]
    everybody = {name: corpus[name][0].replace(b"HOSTILE_PORT", str(port).encode()) for name in names}
    course = make_course(folder, everybody | dict(zip(HONEST, (right, right_otherwise), strict=True)))
    before = tree(folder)
    students = grade_class(course, LIMITS[request.param])
    return {
        "names": names,
        "students": students,
        "before": before,
        "after": tree(folder),
        "folder": folder,
        "visitors": visitors,
    }


def test_no_undeserved_point(outcome):
    found = {name: outcome["students"][name] for name in outcome["names"]}
    assert {name: about for name, about in found.items() if about["score"] != 0} == {}
    assert {about["max_score"] for about in found.values()} == {5}


def test_there_are_enough_of_them():
    assert sum(map(len, NAMES.values())) == len(list(HOSTILE.glob("*/*.py"))) >= 80


def test_the_honest_are_not_harmed(outcome):
    for name in HONEST:
        found = outcome["students"][name]
        assert (found["score"], found["status"], found["flags"]) == (5, "graded", [])


def test_nobody_is_left_out(outcome):
    assert set(outcome["students"]) == {*outcome["names"], *HONEST}
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
    graded = {path for path in (outcome["folder"] / "autograded").rglob("*") if not path.is_dir()}
    # nbgrader's exchange finds the place of the feedback by this one.
    assert {path.name for path in graded if path.suffix != ".ipynb"} <= {"submission_secret.txt"}


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


@pytest.mark.parametrize("outcome", ["machine"], indirect=True)
def test_no_script_reaches_the_reader(outcome):
    student = outcome["folder"] / "autograded" / "resources-scripts_in_outputs"
    text = next(student.rglob("*.ipynb")).read_text().lower()
    outputs = "".join(part.split('"source"')[0] for part in text.split('"outputs"')[1:])
    for word in ("<script", "onerror=", "onload=", "<iframe", "<svg", "application/javascript", "\\\\href"):
        assert word not in outputs.replace("<ipython", ""), word


@pytest.mark.parametrize("outcome", ["machine"], indirect=True)
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
