"""The fork server: it imports what a lesson needs, then turns into a kernel for each submission.

Starting a kernel from nothing costs more than grading a notebook does. Each fork is moved into a new sandbox
of its own (`join`), which bubblewrap builds for it and which ends with it; nothing of one submission reaches
the next.

The judge's messages come on a SOCK_SEQPACKET socket, the descriptors of a new kernel with each: an archive
of what was handed in beside the notebook, its lifeline, the judge's channel, and the sockets of
`CHANNELS`. The kernel lives until one end of the lifeline is closed.
"""

import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlcourse.grading.inside import join

_WATCH = 0.25
_KERNEL = "mlcourse.grading.inside.kernel"
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Running:
    """A kernel, and the sandbox around it.

    Attributes
    ----------
    pid : int
        The process between us and the kernel: the kernel's parent.
    lifeline : socket.socket
        Our end of it.
    sandbox : subprocess.Popen or None
        Bubblewrap; None without a sandbox.
    init : int or None
        First process of the sandbox; all of it ends when that one does.
    folder : Path or None
        Private folder outside of a sandbox.
    memory : int
        Bytes that all its processes may use.
    """

    pid: int
    lifeline: socket.socket
    sandbox: subprocess.Popen | None
    init: int | None
    folder: Path | None
    memory: int


def main(settings: dict[str, Any]) -> None:
    """Serve until the judge closes the control socket.

    Parameters
    ----------
    settings : dict
        ``control`` (descriptor), ``user`` (id to become, or None), ``sandbox`` (bubblewrap's command up to
        its ``--``, or None), ``preload`` (modules, as far as they exist), ``folder`` (the learner's, inside
        the sandbox).
    """
    if settings["user"] is not None:
        join.become(settings["user"])
    _preload(settings["preload"])
    control = socket.socket(fileno=settings["control"])
    # One for nobody: where it is refused, that shall be known before the class starts.
    if settings["sandbox"]:
        _dismantle(*_build_sandbox(settings["sandbox"]))
    control.send(b"ready")
    running: dict[int, Running] = {}
    while True:
        watched: list[Any] = [control, *running]
        ready, _, _ = select.select(watched, [], [], _WATCH if running else None)
        if control in ready:
            message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 16)
            if not message:
                break
            private = [control, *(other.lifeline for other in running.values())]
            kernel = _start(json.loads(message), descriptors, settings, private)
            running[kernel.lifeline.fileno()] = kernel
        for descriptor, kernel in list(running.items()):
            reason = _over(kernel, descriptor in ready)
            if reason:
                del running[descriptor]
                _end(kernel, reason)
    for kernel in running.values():
        _end(kernel, "closed")


def _preload(modules: list[str]) -> None:
    if modules:
        importlib.import_module(_KERNEL)
    for name in modules:
        with suppress(ImportError):
            importlib.import_module(name)
    if "matplotlib.pyplot" in sys.modules:
        # The first figure of a process finds fonts and compiles transforms; later ones have them.
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure()
        figure.subplots().set_title("$x_1$")
        FigureCanvasAgg(figure).draw()


def _start(
    request: dict[str, Any], descriptors: list[int], settings: dict[str, Any], private: list[socket.socket]
) -> Running:
    """Start a kernel, which gets none of our `private` sockets."""
    archive, lifeline, channel, *listeners = descriptors
    sandbox, init, folder = None, None, None
    if settings["sandbox"]:
        sandbox, init = _build_sandbox(settings["sandbox"])
    else:
        folder = Path(tempfile.mkdtemp(prefix="learner-"))
    pid = os.fork()
    if pid == 0:
        try:
            # Only what is ours to close: a library may hold an open file (matplotlib does, its fonts).
            for sock in private:
                sock.close()
            os.close(lifeline)
            place = str(folder or settings["folder"])
            _become_kernel(request, archive, channel, listeners, init, place)
        finally:
            os._exit(1)
    for descriptor in (archive, channel, *listeners):
        os.close(descriptor)
    memory = request["limits"]["memory"]
    return Running(pid, socket.socket(fileno=lifeline), sandbox, init, folder, memory)


def _build_sandbox(command: list[str]) -> tuple[subprocess.Popen, int]:
    """Build an empty sandbox; return bubblewrap, and the process id of the sandbox's first process.

    Bubblewrap says that id before the sandbox is finished. So the program that it starts last is ``cat``, and
    only when that echoes is there a sandbox to join. It also ends with us, when its input does.
    """
    read, write = os.pipe()
    sandbox = subprocess.Popen(
        [*command, "--info-fd", str(write), "--", shutil.which("cat") or "cat"],
        pass_fds=[write],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    os.close(write)
    assert sandbox.stdin and sandbox.stdout
    information = b""
    with open(read, "rb", buffering=0) as pipe:
        while b"}" not in information and (part := pipe.read(4096)):
            information += part
    sandbox.stdin.write(b"!")
    if sandbox.stdout.read(1) != b"!":
        raise RuntimeError(f"bubblewrap made no sandbox: exit code {sandbox.wait()}")
    sandbox.stdout.close()
    return sandbox, json.loads(information)["child-pid"]


def _dismantle(sandbox: subprocess.Popen, init: int) -> None:
    """Kill the first process of a sandbox, and with it all others; bubblewrap ends when they have."""
    if sandbox.poll() is None:
        os.kill(init, signal.SIGKILL)
    sandbox.wait()
    if sandbox.stdin:
        sandbox.stdin.close()


def _become_kernel(
    request: dict[str, Any],
    archive: int,
    channel: int,
    listeners: list[int],
    init: int | None,
    folder: str,
) -> None:
    os.setsid()
    if init is not None:
        join.enter(init)
    kernel = os.fork()
    if kernel:  # only children are inside; stay to report the end of this one
        for descriptor in (archive, channel, *listeners):
            os.close(descriptor)
        _, status = os.waitpid(kernel, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    if init is not None:
        join.renounce()
    join.limit(request["limits"])
    os.chdir(folder)
    temporary = Path(folder, "tmp")
    temporary.mkdir()
    os.environ.update(HOME=folder, TMPDIR=str(temporary))
    _unpack(archive, Path(folder))
    os.environ.update(IPYTHONDIR=str(temporary / "ipython"), MPLCONFIGDIR=str(temporary / "matplotlib"))
    _silence()
    importlib.import_module(_KERNEL).run(request["key"], listeners, channel)


def _unpack(archive: int, folder: Path) -> None:
    """Put the files that were handed in beside the notebook, for reading."""
    with open(archive, "rb") as memory, zipfile.ZipFile(memory) as files:
        for place in files.namelist():
            with suppress(OSError, ValueError):
                (folder / place).parent.mkdir(parents=True, exist_ok=True)
                (folder / place).write_bytes(files.read(place))
                (folder / place).chmod(0o444)


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)


def _over(kernel: Running, lifeline_ready: bool) -> str:
    """Say why the kernel must end or has ended; empty if it goes on."""
    if lifeline_ready:
        return "closed"
    if os.waitpid(kernel.pid, os.WNOHANG)[0]:
        kernel.pid = 0
        return "exited"
    roots = [kernel.pid, kernel.sandbox.pid] if kernel.sandbox else [kernel.pid]
    return "memory" if _resident(roots) > kernel.memory else ""


def _resident(processes: list[int]) -> int:
    """Resident bytes of processes and their descendants (the sandbox's first one adopts orphans)."""
    total, waiting = 0, list(processes)
    while waiting:
        process = Path("/proc", str(waiting.pop()))
        with suppress(OSError, ValueError):
            total += int((process / "statm").read_text().split()[1]) * _PAGE
            for thread in (process / "task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
    return total


def _end(kernel: Running, reason: str) -> None:
    """Kill all processes of a kernel; when the judge reads the reason, none is left."""
    if kernel.sandbox and kernel.init:
        _dismantle(kernel.sandbox, kernel.init)
    if kernel.pid:
        with suppress(ProcessLookupError):
            os.killpg(kernel.pid, signal.SIGKILL)
        os.waitpid(kernel.pid, 0)
    if kernel.folder:
        shutil.rmtree(kernel.folder, ignore_errors=True)
    with suppress(OSError):
        kernel.lifeline.send(reason.encode())
    kernel.lifeline.close()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
