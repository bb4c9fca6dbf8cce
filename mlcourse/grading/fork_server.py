"""The fork server that kernels come from: one for each worker, for one submission after another."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from mlcourse.grading import sandbox, visible_files
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.sandbox import SandboxError

PRELOAD = (
    "ipykernel.debugger",
    "ipykernel.displayhook",
    "ipykernel.iostream",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "pdb",
    "tornado.platform.asyncio",
    "mlcourse.nn",
    "mlcourse.datasets",
    "mlcourse.plots",
    "mlcourse.feedback",
    "mlcourse.explorers",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
)

_LATER = {"torch": "torch._dynamo"}
"""What a module imports only when it is used: PyTorch for its first optimizer, as long as for itself."""


class ForkServer:
    """Starts kernels.

    Parameters
    ----------
    limits : SandboxLimits
        For each kernel.
    sandboxed : bool
        False for ``--unsafe-no-sandbox``: a process like any other, which may read and write what we may.
    hidden : iterable of Path
        Folders that no sandbox shows.
    preload : tuple of str
        Modules to import once for all kernels.

    Raises
    ------
    SandboxError
        If bubblewrap is missing or refused.
    """

    def __init__(
        self,
        limits: SandboxLimits,
        sandboxed: bool = True,
        hidden: Iterable[Path] = (),
        preload: tuple[str, ...] = PRELOAD,
    ) -> None:
        self.limits, self.sandboxed = limits, sandboxed
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._course: Path | None = None
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        settings = {
            "control": theirs.fileno(),
            "user": sandbox.user() if sandboxed else None,
            "sandbox": sandbox.inner(limits) if sandboxed else None,
            "folder": sandbox.FOLDER,
            "preload": [*preload, *(_LATER[name] for name in preload if name in _LATER)],
        }
        command = [*sandbox.outer(list(hidden)), "--"] if sandboxed else []
        command += [
            str(visible_files.interpreter()),
            "-m",
            "mlcourse.grading.inside.server",
            json.dumps(settings),
        ]
        with theirs:
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                env=None if sandboxed else self._environment(),
                cwd="/",
            )
        try:
            self._control.settimeout(limits.start)
            if self._control.recv(16) != b"ready":
                raise SandboxError(self._complaint())
        except TimeoutError:
            raise SandboxError(self._complaint()) from None
        except BaseException:
            self.close()
            raise

    def kernel(
        self,
        key: str,
        channel: socket.socket,
        listeners: list[socket.socket],
        files: Sequence[tuple[str, bytes]] = (),
    ) -> socket.socket:
        """Start a kernel in a sandbox of its own.

        Parameters
        ----------
        key : str
            Signs its messages.
        channel : socket.socket
            The kernel's end of the judge's channel.
        listeners : list of socket.socket
            Listening sockets, see `mlcourse.grading.inside.CHANNELS`.
        files : sequence of (str, bytes)
            To lie in its folder, by place.

        Returns
        -------
        socket.socket
            Lifeline: closing it ends the kernel and all that it started; it says why a kernel ended by itself
            (``b"exited"``, ``b"memory"``).
        """
        limits: dict[str, Any] = self.limits.as_json()
        if not self.sandboxed:  # all of the user's processes would count
            limits |= {"processes": None}
        ours, theirs = socket.socketpair()
        with theirs, _packed(files) as archive:
            # The archive first: how many listeners there are, the kernel knows.
            sockets = (theirs, channel, *listeners)
            descriptors = [archive.fileno(), *(sock.fileno() for sock in sockets)]
            message = json.dumps({"key": key, "limits": limits}).encode()
            try:
                socket.send_fds(self._control, [message], descriptors)
            except OSError:
                raise SandboxError(self._complaint()) from None
        return ours

    def close(self) -> None:
        """End it, and every kernel that it started."""
        self._control.close()
        try:
            self._process.wait(self.limits.grace)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        if self._course:
            shutil.rmtree(self._course, ignore_errors=True)

    def _environment(self) -> dict[str, str]:
        """Make the learner's part of the course from links, where there is no mount to do it."""
        self._course = Path(tempfile.mkdtemp(prefix="mlcourse-"))
        for place, origin in visible_files.course().items():
            (self._course / place).parent.mkdir(parents=True, exist_ok=True)
            (self._course / place).symlink_to(origin)
        return sandbox.environment(self._course)

    def _complaint(self) -> str:
        self._process.kill()
        self._process.wait()
        self._log.seek(0)
        said = self._log.read().decode(errors="replace").strip().splitlines() or ["nothing"]
        return f"bubblewrap cannot make a sandbox here; it said: {said[-1][:300]}. {sandbox.INSTALL}"


def _packed(files: Sequence[tuple[str, bytes]]) -> BinaryIO:
    """Files as an archive in memory, which a sandbox gets as a descriptor: it shares no folder with us."""
    memory = open(os.memfd_create("files"), "w+b")  # noqa: SIM115 - closed by who asked for it
    with zipfile.ZipFile(memory, "w") as archive:
        for place, content in files:
            archive.writestr(place, content)
    memory.flush()
    return memory


def try_out(sandboxed: bool = True) -> None:
    """Find out whether sandboxes can be made on this machine, before anything depends on it.

    Raises
    ------
    SandboxError
        If not; says why and what to do.
    """
    ForkServer(SandboxLimits(), sandboxed, preload=()).close()
