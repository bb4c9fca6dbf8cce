"""The judge's hold on one kernel in its sandbox: its sockets, its channel, its end."""

import secrets
import socket
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.blocking.client import BlockingKernelClient

from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.inside import CHANNELS


class KernelHandle:
    """A kernel in a sandbox of its own, started when this is made.

    Parameters
    ----------
    server : ForkServer
        Where it is forked from.
    context : zmq.Context
        For our ends of the sockets, with the limits that hold for them.
    files : sequence of (str, bytes)
        What lies beside the notebook, by place.

    Attributes
    ----------
    client : BlockingKernelClient
        Jupyter's client, not yet connected.
    channel : socket.socket
        The judge's end of the socket on which `mlcourse.grading.inside.driver` answers.
    reason : str
        Why the kernel ended, if it did so by itself: ``"exited"`` or ``"memory"``.
    """

    def __init__(
        self, server: ForkServer, context: zmq.Context, files: Sequence[tuple[str, bytes]] = ()
    ) -> None:
        self.reason, self._seconds = "", server.limits.start
        self._folder = tempfile.TemporaryDirectory(prefix="mlcourse-")
        place, key = str(Path(self._folder.name, "k")), secrets.token_hex(16)
        ports: Any = {f"{name}_port": port for port, name in enumerate((*CHANNELS, "hb"), start=1)}
        self.client = BlockingKernelClient(context=context)
        self.client.load_connection_info({"transport": "ipc", "ip": place, "key": key, **ports})
        # The sockets are made here and handed over: kernel and judge share no folder.
        listeners = [_listen(f"{place}-{port}") for port in range(1, len(CHANNELS) + 1)]
        self.channel, theirs = socket.socketpair()
        try:
            self._lifeline = server.kernel(key, theirs, listeners, files)
        except BaseException:
            self.channel.close()
            self._folder.cleanup()
            raise
        finally:
            for sock in (theirs, *listeners):
                sock.close()

    def over(self) -> bool:
        """Whether the kernel has ended, for a `reason` of its own."""
        if not self.reason:
            try:
                self.reason = self._lifeline.recv(64, socket.MSG_DONTWAIT).decode() or "exited"
            except BlockingIOError:
                return False
            except OSError:
                self.reason = "exited"
        return True

    def close(self) -> None:
        """End the kernel; when this returns, nothing of its sandbox is left, and our ends are closed."""
        try:
            if not self.over():
                self._lifeline.shutdown(socket.SHUT_WR)
                self._lifeline.settimeout(self._seconds)
                self.reason = self._lifeline.recv(64).decode() or "exited"
        finally:
            self._lifeline.close()
            self.channel.close()
            self._folder.cleanup()


def _listen(path: str) -> socket.socket:
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(path)
    sock.listen(8)
    return sock
