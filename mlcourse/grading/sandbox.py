"""Bubblewrap's command lines, and whether it works here.

There are two. The first gives the fork server (`inside.server`) a read-only disk with nothing on it but
`visible_files`; the second, run by the fork server for each submission, has nothing of anybody's: no network,
no other process, a folder that is gone afterwards.
"""

import os
import secrets
import shutil
import subprocess
from functools import cache
from pathlib import Path

from mlcourse.grading import visible_files
from mlcourse.grading.limits import SandboxLimits

FOLDER = "/learner"
"""The learner's working folder inside a sandbox."""

INSTALL = (
    "Install it (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap), or, on a machine "
    "with nothing to lose, grade with --unsafe-no-sandbox."
)

_SETTING = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/tmp",
    "USER": "learner",
    "LOGNAME": "learner",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONWARNINGS": "ignore::DeprecationWarning:IPython",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    # One submission, one core: the class is what runs in parallel.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


class SandboxError(RuntimeError):
    """There is no sandbox to be had; says why and what to do."""


def environment(course: Path) -> dict[str, str]:
    """All environment variables that a kernel has.

    Parameters
    ----------
    course : Path
        Where the learner's part of the package is.
    """
    path = os.pathsep.join(map(str, [course, *visible_files.site_packages()]))
    return _SETTING | {"PYTHONPATH": path}


def outer(hidden: list[Path]) -> list[str]:
    """Return the command that the fork server is started with, up to its ``--``.

    Parameters
    ----------
    hidden : list of Path
        Folders that must not be seen, whatever else is.
    """
    # Without --die-with-parent: that means the thread that started it. It ends with its control socket.
    command = [_bubblewrap(), "--new-session", "--clearenv"]
    if os.getuid() == 0:  # to become somebody who is not root
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    command += ["--perms", "1777", "--size", "64000000", "--tmpfs", "/tmp", *visible_files.mounts(hidden)]
    # Not a /proc of its own, which as root would be covered in part: Linux then allows no further one inside.
    command += ["--bind", "/proc", "/proc", "--dev", "/dev", "--perms", "0755", "--dir", FOLDER]
    for name, value in environment(visible_files.COURSE).items():
        command += ["--setenv", name, value]
    return command


def inner(limits: SandboxLimits) -> list[str]:
    """Return the command that builds the sandbox of one submission, run by the fork server."""
    command = ["bwrap", "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session"]
    command += ["--uid", "1000", "--gid", "1000", "--hostname", "sandbox", "--disable-userns"]
    command += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"]
    command += ["--size", "16000000", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
    return [*command, "--size", str(limits.disk), "--tmpfs", FOLDER]


def user() -> int | None:
    """Id of somebody who owns nothing, for root to become; None for everybody else."""
    return 2_000_000_000 + secrets.randbelow(100_000_000) if os.getuid() == 0 else None


@cache
def _bubblewrap() -> str:
    """Find bubblewrap.

    Raises
    ------
    SandboxError
        If it is missing, or too old.
    """
    path = shutil.which("bwrap")
    if path is None:
        raise SandboxError(f"bubblewrap is not installed, and nothing is graded without a sandbox. {INSTALL}")
    options = subprocess.run([path, "--help"], capture_output=True, text=True, timeout=10)
    if "--disable-userns" not in options.stdout + options.stderr:
        raise SandboxError(f"{path} is too old: bubblewrap 0.8 or later is needed. {INSTALL}")
    return path
