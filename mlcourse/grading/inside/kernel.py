"""Become a Jupyter kernel, on sockets that are listening already.

The judge makes the sockets and hands them over, so kernel and judge share no folder: there is no path through
which a submission could fill the judge's disk or lead it to another socket.
"""

import os
import random
import sys
from typing import Any

import numpy as np
import zmq
from ipykernel import kernelapp
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.session import Session
from traitlets.config import Config

from mlcourse.grading.inside import driver

sys.modules["debugpy"] = None  # type: ignore[assignment]  # nobody debugs here, and it costs more than the rest


class SealedKernel(kernelapp.IPKernelApp):
    """ipykernel without files: connection from memory, given sockets, no heartbeat, no history."""

    listeners: dict[int, int]

    def init_connection_file(self) -> None:
        """Do without: `run` has set what it would say."""

    def write_connection_file(self, **_: Any) -> None:
        """Do without."""

    def init_heartbeat(self) -> None:
        """Do without: the judge sees the end of a kernel at once, from its process."""

    def init_control(self, context: Any) -> None:
        """Add: the debugger's socket, which nobody serves, shall not try again and again."""
        context.setsockopt(zmq.RECONNECT_IVL, -1)
        super().init_control(context)

    def _try_bind_socket(self, s: Any, port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.listeners[port])
        s.bind(f"ipc://given-{port}")
        return port


def _stay(shell: Any) -> None:
    """Go on after ``exit()`` and ``quit()``, which people leave in a cell."""


def _go_on(shell: Any, name: str, line: str, _stack_depth: int = 1) -> Any:
    """Show that a line such as ``%matplotlib widget`` failed, and go on: what it asks for may not be here."""
    try:
        return InteractiveShell.run_line_magic(shell, name, line, _stack_depth + 1)
    except Exception:
        shell.showtraceback()


def run(key: str, listeners: list[int], channel: int) -> None:
    """Serve as a kernel until killed.

    Parameters
    ----------
    key : str
        Signs the messages; only this kernel and the judge know it.
    listeners : list of int
        Descriptors of listening sockets, in the order of `mlcourse.grading.inside.CHANNELS`.
    channel : int
        Descriptor of the socket on which the judge asks `driver`.
    """
    random.seed()
    np.random.seed()
    sys.argv = ["kernel"]
    config = Config()
    config.HistoryManager.enabled = False
    config.IPKernelApp.capture_fd_output = False
    app = SealedKernel.instance(config=config)
    app.listeners = {port: descriptor for port, descriptor in enumerate(listeners, start=1)}
    app.transport, app.ip, app.connection_file = "ipc", "given", f"kernel-{os.getpid()}.json"
    app.shell_port, app.iopub_port, app.stdin_port, app.control_port = range(1, 5)
    app.session = Session(key=key.encode(), username="kernel")
    app.initialize([])
    shell = type(app.kernel.shell)
    shell.ask_exit, shell.run_line_magic = _stay, _go_on
    driver.serve(app.kernel.shell.user_ns, channel)
    app.start()
