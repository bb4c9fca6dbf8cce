"""What a sandbox shows and forbids, and what happens where none can be made."""

import os
from contextlib import closing
from pathlib import Path

import pytest
import zmq
from click.testing import CliRunner

from mlcourse import grading
from mlcourse.cli import main
from mlcourse.grading import sandbox, visible_files
from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.sandbox import SandboxError
from mlcourse.grading.session import Session

pytestmark = pytest.mark.sandbox


@pytest.fixture
def said(server):
    """``said(source)``: what a cell prints in a fresh sandbox."""
    sessions = []

    def run(source):
        sessions.append(Session(server))
        outputs = sessions[-1].run(source).outputs
        return "".join(output.get("text", "") + output.get("evalue", "") for output in outputs).strip()

    yield run
    for session in sessions:
        session.close()


def test_references_and_mistakes_are_not_there():
    seen = {str(place) for place in visible_files.course()}
    assert {name for name in seen if name.startswith("mlcourse/exercises")} == {
        "mlcourse/exercises/__init__.py",
        "mlcourse/exercises/base.py",
        "mlcourse/exercises/drives.py",
        "mlcourse/exercises/tensor_drives.py",
        "mlcourse/exercises/torch_drives.py",
        "mlcourse/exercises/value_drives.py",
    }
    assert {name for name in seen if name.startswith("mlcourse/grading")} == {
        "mlcourse/grading/__init__.py",
        "mlcourse/grading/inside",
    }
    assert not any("evaluation" in name or "diagnose" in name or "authoring" in name for name in seen)


def test_a_sandbox_sees_the_view_and_nothing_of_the_course(said):
    place = Path(grading.__file__).parents[2]
    walk = f"""
import os
found = []
for top in ("/course", {str(place)!r}, "/root", "/home"):
    for folder, inner, files in os.walk(top):  # Python's own files may be thousands, and are no secret
        inner[:] = [name for name in inner if not name.startswith("python")]
        found += [os.path.join(folder, file) for file in files if file.endswith((".py", ".ipynb", ".md"))]
print(found)"""
    shown = said(walk)
    assert "/course/mlcourse/nn/" in shown
    for hidden in ("lesson_02", "judge.py", "solutions", "tests/", "nbgrader_config"):
        assert hidden not in shown


def test_nothing_is_writable_but_the_folder_and_it_is_gone_afterwards(said):
    probe = """
import os
places = ["/", "/tmp", "/usr", "/course", "/dev", "/learner", "/learner/tmp", "/dev/shm", "/proc"]
print([place for place in places if os.access(place, os.W_OK)], os.listdir("/learner"))
open("/learner/left", "w").close()"""
    expected = "['/learner', '/learner/tmp', '/dev/shm'] ['tmp']"
    assert [said(probe), said(probe)] == [expected, expected]


def test_processes_ports_and_names_are_the_sandboxes_own(said):
    probe = """
import os, socket
print(
    len([name for name in os.listdir("/proc") if name.isdigit()]) < 6,
    socket.gethostname(), socket.if_nameindex())"""
    assert said(probe) == "True sandbox [(1, 'lo')]"


def test_the_environment_is_clean(said, monkeypatch):
    names = said("import os; print(sorted(os.environ))")
    assert "USER" in names
    assert not any(name in names for name in ("SSH", "TOKEN", "SECRET", "DASK", "JPY", "PYTEST"))


def test_no_descriptor_leads_out(said):
    probe = """
import os, stat
print(
    [fd for fd in range(200) if os.path.exists(f"/proc/self/fd/{fd}")
    and stat.S_ISDIR(os.stat(fd).st_mode)])"""
    assert said(probe) == "[]"


def test_no_capability_and_no_new_namespace(said):
    probe = """
import ctypes, os
status = open("/proc/self/status").read()
print([line.split()[1] for line in status.splitlines() if line.startswith(("Cap", "NoNewPrivs"))])
print(ctypes.CDLL(None, use_errno=True).unshare(0x10000000), os.getuid())"""
    assert said(probe).split("\n") == [str(["0" * 16] * 5 + ["1"]), "-1 1000"]


def test_one_kernel_sees_nothing_of_another(server, said):
    other = Session(server)
    try:
        other.run("import os; open('mine', 'w').write('x'); secret = 5")
        assert said("import os; print(os.path.exists('mine'), 'secret' in globals())") == "False False"
    finally:
        other.close()


def test_honest_libraries_work_inside(said):
    probe = """
import json, tempfile
import matplotlib.pyplot as plt, numpy as np
from mlcourse import ask, check, nn, progress
from mlcourse.explorers import LearningRate
tempfile.TemporaryFile().write(b"x")
np.linalg.inv(np.eye(3)); plt.plot([1, 2]); plt.close()
LearningRate().set(rate=1).reset(); progress(); ask("first-step")
print(nn.sigmoid(np.zeros(1)), check("sigmoid", None))"""
    assert said(probe) == "[0.5] checked by the grader"


def test_every_socket_to_a_kernel_has_limits(server):
    with closing(Session(server)) as session:
        client = session._client
        channels = (client.shell_channel, client.iopub_channel, client.control_channel)
        for socket in (channel.socket for channel in channels):
            # Nothing that a submission does to its end may keep us waiting, or fill our memory.
            assert socket.getsockopt(zmq.SNDTIMEO) == 1000
            assert socket.getsockopt(zmq.MAXMSGSIZE) == session.limits.message
            assert socket.getsockopt(zmq.RECONNECT_IVL) == -1


def test_without_bubblewrap_there_is_an_error_that_says_how_to_install_it(monkeypatch):
    sandbox._bubblewrap.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(
        SandboxError, match=r"bubblewrap is not installed.*apt install bubblewrap.*--unsafe-no-sandbox"
    ):
        ForkServer(SandboxLimits())
    sandbox._bubblewrap.cache_clear()


def test_where_bubblewrap_is_refused_the_error_quotes_it(monkeypatch, tmp_path):
    refusing = tmp_path / "bwrap"
    refusing.write_text(
        '#!/bin/sh\n[ "$1" = --help ] && echo --disable-userns && exit\n'
        'echo "bwrap: No permissions to create new namespace" >&2; exit 1\n'
    )
    refusing.chmod(0o755)
    sandbox._bubblewrap.cache_clear()
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(SandboxError, match=r"No permissions to create new namespace.*apt install"):
        ForkServer(SandboxLimits())
    sandbox._bubblewrap.cache_clear()


def test_the_command_stops_without_bubblewrap_and_grades_only_when_told_so(
    make_course, right, cluster, tmp_path, monkeypatch
):
    course = make_course(tmp_path / "course", {"a": right})
    monkeypatch.chdir(course.root)
    sandbox._bubblewrap.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")  # of the worker, too: it is in this process
    command = ["grade", "02-two-layer-network"]
    refused = CliRunner().invoke(main, command)
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: bubblewrap is not installed")
    assert not (course.root / "gradebook.db").exists()
    done = CliRunner().invoke(main, [*command, "--scheduler", cluster, "--unsafe-no-sandbox"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("WITHOUT A SANDBOX")
    assert "5 of 5" in done.output
    sandbox._bubblewrap.cache_clear()


def test_what_was_handed_in_lies_beside_the_notebook_for_reading_and_for_nobody_else(server, said):
    files = [("mine.py", b"x = 5"), ("data/a.txt", b"text"), ("mlcourse/nn.py", b"sigmoid = 'forged'")]
    with closing(Session(server, files)) as session:
        outputs = session.run("""
import os
from mine import x
from mlcourse import nn
try:
    open("mine.py", "w")
    found = "writable"
except PermissionError:
    found = "read only"
print(x, open("data/a.txt").read(), found, callable(nn.sigmoid))""").outputs
    assert outputs[0].get("text", outputs) == "5 text read only True\n"
    assert said("import os; print(os.listdir('.'))") == "['tmp']"
