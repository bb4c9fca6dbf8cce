"""The gradebook on PostgreSQL, started here by a user who is not root."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

LESSON = "02-two-layer-network"


def programs():
    """Folder of PostgreSQL's programs; Debian keeps them off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else Path(shutil.which("initdb") or "missing").parent


pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(
        not (programs() / "initdb").exists() and os.environ.get("CI") != "true",
        reason="needs PostgreSQL's server (Debian: apt install postgresql)",
    ),
]


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """URL of a database on a port of this machine."""
    folder = tmp_path_factory.mktemp("postgres")
    somebody = "nobody" if os.getuid() == 0 else None
    data = folder / "data"
    if somebody:
        for parent in [folder, *folder.parents][:4]:
            parent.chmod(parent.stat().st_mode | 0o711)
        shutil.chown(folder, somebody)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def run(*command):
        subprocess.run(command, check=True, capture_output=True, user=somebody, cwd="/", timeout=120)

    run(programs() / "initdb", "-D", data, "-U", "course", "--auth=trust", "--no-sync")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off"
    run(programs() / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql+psycopg2://course@127.0.0.1:{port}/postgres"
    finally:
        run(programs() / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def test_postgresql_and_sqlite_hold_the_same_grades(
    database, make_course, grade_class, right, answered, tmp_path
):
    half = answered({"sigmoid": "def sigmoid(Z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))"})
    class_of = {"right": right, "half": half, "broken": b"{"}
    books = {}
    for name, url in (("sqlite", ""), ("postgresql", database)):
        course = make_course(tmp_path / name, class_of)
        if url:
            course.config.CourseDirectory.db_url = course.directory.db_url = url
        for _ in range(2):
            grade_class(course)
        with Gradebook(course.directory.db_url, "backpropagation") as book:
            books[name] = {
                (sub.student.id, grade.name): (grade.auto_score, grade.needs_manual_grade)
                for sub in book.find_assignment(LESSON).submissions
                for grade in sub.notebooks[0].grades
            }
    assert books["postgresql"] == books["sqlite"]
    assert books["sqlite"]["half", "sigmoid"] == (1, False)
    assert not (tmp_path / "postgresql" / "gradebook.db").exists()
