"""Ctrl+C: one line, and no traceback of anybody's."""

import os
import signal
import subprocess
import sys
from multiprocessing import resource_tracker
from types import SimpleNamespace

import pytest

from mlcourse.errors import CourseError
from mlcourse.grading import distribution, worker
from mlcourse.grading.stopping import stopping, unreached

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
    assert said.splitlines() == [
        f"Watching for submissions of {LESSON}; stop with Ctrl+C.",
        "stopping; what is graded is kept (Ctrl+C once more to end at once)",
        "stopped",
    ]
    assert running.returncode == 0


def test_the_first_ctrl_c_is_answered_at_once_and_the_second_waits_for_nothing(monkeypatch, capfd):
    ended, before = [], signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(os, "_exit", ended.append)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with stopping():
        signal.raise_signal(signal.SIGINT)  # what a shell runs in the background goes on
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), stopping():
            signal.raise_signal(signal.SIGINT)
        assert capfd.readouterr().err.startswith("stopping; ") and not ended
        signal.raise_signal(signal.SIGINT)  # while workers end, or Python itself does
        assert capfd.readouterr().err.startswith("ended; start the same command again") and ended == [130]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with stopping():
            pass
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler, "it leaves nothing behind"
    finally:
        signal.signal(signal.SIGINT, before)


def test_workers_are_started_where_no_interrupt_reaches_them(monkeypatch):
    """In the midst of their imports each would print a traceback."""
    masks = []

    def started(**_):
        resource_tracker.ensure_running()  # as starting a process does
        masks.append(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
        raise CourseError("seen")

    monkeypatch.setattr(distribution, "LocalCluster", started)
    with pytest.raises(CourseError, match="seen"), distribution.connected(1, None):
        pass
    assert signal.SIGINT in masks[0] and signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    unreached()
    monkeypatch.setattr(worker, "ForkServer", lambda *_, **__: None)
    monkeypatch.setattr(worker, "_servers", {})
    worker._start(SimpleNamespace(limits=None, sandboxed=True, hidden=""), ())
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ()), "kernels inherit it"
