"""`mlcourse grade` where there is no Linux."""

import subprocess
import sys

WINDOWS = """
import os, sys, types
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[name] = None
del os.sched_getaffinity
from mlcourse.grading import command
command.sys = types.SimpleNamespace(platform="win32")
from mlcourse.cli import main
main(["grade", "02-two-layer-network"])
"""
"""What it finds on Windows: nothing of what only Unix has, or only Linux."""


def test_without_linux_it_says_so_in_one_line():
    done = subprocess.run([sys.executable, "-c", WINDOWS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "Linux" in done.stderr
    assert "win32" in done.stderr
