"""A kernel provisioner for jupyter_client whose kernels live in sandboxes."""

import secrets
import socket
import tempfile
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerBase

from mlcourse.grading.inside.kernel import CHANNELS
from mlcourse.grading.warm import Warm


class SandboxProvisioner(KernelProvisionerBase):
    """Starts a kernel in a sandbox of its own, forked from a warm process.

    Attributes
    ----------
    warm : Warm
        Where it is forked from.
    channel : socket.socket
        The judge's end of the socket on which `mlcourse.grading.inside.driver` answers.
    reason : str
        Why the kernel ended, if it did so by itself: ``"exited"`` or ``"memory"``.
    """

    warm: Warm
    channel: socket.socket
    reason = ""
    _lifeline: socket.socket | None = None
    _folder: tempfile.TemporaryDirectory | None = None

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel."""
        return self._lifeline is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the key and the place of the sockets; there is no command to run."""
        self._folder = tempfile.TemporaryDirectory(prefix="mlcourse-")
        manager: Any = self.parent
        manager.transport, manager.ip = "ipc", str(Path(self._folder.name, "k"))
        manager.connection_file = str(Path(self._folder.name, "connection.json"))
        manager.session.key = secrets.token_hex(16).encode()
        for port, name in enumerate((*CHANNELS, "hb"), start=1):  # nobody listens to the last one
            setattr(manager, f"{name}_port", port)
        self.connection_info = manager.get_connection_info()
        return {"cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel, on sockets that we made."""
        manager: Any = self.parent
        listeners = [_listen(f"{manager.ip}-{port}") for port in range(1, len(CHANNELS) + 1)]
        self.channel, theirs = socket.socketpair()
        key = manager.session.key.decode()
        try:
            self._lifeline = self.warm.kernel(key, theirs, listeners)
        finally:
            for sock in (theirs, *listeners):
                sock.close()
        return self.connection_info

    def over(self) -> bool:
        """Whether the kernel has ended, for a `reason` of its own."""
        if self._lifeline is None or self.reason:
            return True
        try:
            self.reason = self._lifeline.recv(64, socket.MSG_DONTWAIT).decode() or "exited"
        except BlockingIOError:
            return False
        except OSError:
            self.reason = "exited"
        return True

    def end(self) -> None:
        """End the kernel, and come back when nothing of its sandbox is left."""
        if self._lifeline is not None and not self.over():
            self._lifeline.shutdown(socket.SHUT_WR)
            self._lifeline.settimeout(self.warm.limits.start)
            self.reason = self._lifeline.recv(64).decode() or "exited"

    async def poll(self) -> int | None:
        """Return None while the kernel lives."""
        return 1 if self.over() else None

    async def wait(self) -> int | None:
        """Wait until nothing of the sandbox is left."""
        self.end()
        return 1

    async def send_signal(self, signum: int) -> None:
        """Do nothing: a kernel is interrupted by message, and killed by `kill`."""

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and everything that it started."""
        self.end()

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel: there is nothing in it that is worth a farewell."""
        self.end()

    async def cleanup(self, restart: bool = False) -> None:
        """Close our ends, and remove the folder of the sockets."""
        self.end()
        for sock in (self._lifeline, self.channel):
            if sock is not None:
                sock.close()
        self._lifeline = None
        if self._folder is not None:
            self._folder.cleanup()


def manager(warm: Warm, context: zmq.Context) -> tuple[KernelManager, SandboxProvisioner]:
    """Make a kernel manager whose kernel will live in a sandbox.

    Parameters
    ----------
    warm : Warm
        Where the kernel is forked from.
    context : zmq.Context
        For its sockets.
    """
    made = KernelManager(kernel_name="python3", context=context)
    made._kernel_spec = KernelSpec(
        argv=[], display_name="sandbox", language="python", interrupt_mode="message"
    )
    provisioner = SandboxProvisioner(parent=made, kernel_spec=made._kernel_spec, kernel_id="sandbox")
    provisioner.warm = warm
    made.provisioner = provisioner
    return made, provisioner


def _listen(path: str) -> socket.socket:
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(path)
    sock.listen(8)
    return sock
