"""Ctrl+C: one line, and no traceback of anybody's."""

import os
import signal
import subprocess
import sys

import pytest

LESSON = "02-two-layer-network"

pytestmark = pytest.mark.sandbox


def test_ctrl_c_ends_a_watch_in_two_lines(make_course, tmp_path):
    """A terminal sends it to the workers as well."""
    make_course(tmp_path, {})
    command = [sys.executable, "-m", "mlcourse", "grade", LESSON, "--watch", "--jobs", "1"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a shell's background jobs ignore it
    ) as running:
        said = running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)
        try:
            said += running.communicate(timeout=120)[0]
        finally:
            running.kill()  # lest the test waits for it
    assert said.splitlines() == [f"Watching for submissions of {LESSON}; stop with Ctrl+C.", "stopped"]
    assert running.returncode == 0
