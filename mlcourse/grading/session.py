"""One submission's kernel as the judge sees it: run a cell, ask the learner's functions, end it.

Whatever comes from the kernel was written by the submission. Messages are counted, capped, and dropped where
they make no sense; nothing that they say changes what is done next, except that a cell may claim to be
finished.
"""

import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import zmq

from mlcourse.feedback.plain import PlainError
from mlcourse.grading.channel import Channel
from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.inside.driver import DOORBELL
from mlcourse.grading.kernel_handle import KernelHandle
from mlcourse.grading.outputs import Outputs
from mlcourse.grading.sandbox import SandboxError

_STATM = "/proc/self/statm"
_PAGE = 4096
_TOO_MANY_BAD = 1000
_INTERVAL = 0.5
"""Seconds between two interrupts."""


@dataclass
class CellRun:
    """What became of one cell.

    Attributes
    ----------
    outputs : list of dict
        As nbformat has them, cleaned.
    state : str
        ``"done"``, ``"timeout"``, ``"flood"`` (stopped because of its output) or ``"ended"`` (no kernel any
        more).
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    state: str = "done"


class Session:
    """A kernel in a sandbox of its own.

    Parameters
    ----------
    server : ForkServer
        Where it is forked from; its limits hold.
    files : sequence of (str, bytes)
        What lies beside the notebook, by place.

    Raises
    ------
    SandboxError
        If the kernel does not start.

    Attributes
    ----------
    ended : str
        Why there is no kernel any more: ``"timeout"``, ``"crashed"``, ``"memory"`` or ``"flood"``; empty
        while there is one.
    """

    def __init__(self, server: ForkServer, files: Sequence[tuple[str, bytes]] = ()) -> None:
        self.limits, self.ended = server.limits, ""
        self._deadline = time.monotonic() + server.limits.start + server.limits.notebook
        self._memory, self._bad, self._kept = _resident(), 0, 0
        self._context = zmq.Context()
        for option, value in (
            (zmq.LINGER, 0),
            (zmq.RECONNECT_IVL, -1),  # once: a submission may put another socket in the place of its own
            (zmq.MAXMSGSIZE, self.limits.message),
            (zmq.SNDTIMEO, 1000),  # a submission may close its sockets, and then nobody takes what we send
        ):
            self._context.setsockopt(option, value)
        self._kernel = KernelHandle(server, self._context, files)
        self._client = self._kernel.client
        self._client.start_channels(stdin=False, hb=False)
        self._channel = Channel(self._kernel.channel, self.limits.message)
        self._poller = zmq.Poller()
        client = self._client
        for channel in (client.shell_channel, client.iopub_channel, client.control_channel):
            self._poller.register(channel.socket, zmq.POLLIN)
        self._start()

    def run(self, source: str) -> CellRun:
        """Run a cell.

        Parameters
        ----------
        source : str
            Its code.
        """
        if self.ended:
            return CellRun(state="ended")
        request = self._execute(source)
        outputs = Outputs(min(self.limits.output, self.limits.outputs - self._kept))
        state = self._follow(request, outputs, self.limits.cell)
        self._kept += outputs.size
        return CellRun(outputs.finished(), "ended" if self.ended else state)

    def ask(self, parts: list[dict[str, Any]], seconds: float) -> Any:
        """Have the learner's functions called, and return what is claimed to be their answers.

        Parameters
        ----------
        parts : list of dict
            What `mlcourse.grading.inside.driver` is to do: ``function``, ``drive``, ``seconds``, ``cases``.
        seconds : float
            Time for all of it, if it is more than any cell has.

        Raises
        ------
        PlainError
            If no answer came, or none that can be read; the message says which.
        """
        if self.ended:
            raise PlainError("there is no kernel any more")
        nonce = secrets.token_hex(8)
        self._channel.send({"nonce": nonce, "parts": parts})
        request = self._execute(DOORBELL, silent=True, store_history=False)
        self._move()
        self._follow(request, Outputs(0), max(seconds, self.limits.cell))
        self._channel.move()
        self._poller.register(self._channel, 0)
        return self._channel.received(nonce)

    def close(self) -> None:
        """End the kernel and all that it started; when this returns, none of it is left."""
        self._client.stop_channels()
        self._kernel.close()
        self._context.destroy(linger=0)

    def _execute(self, source: str, **options: bool) -> str:
        try:
            return self._client.execute(source, allow_stdin=False, stop_on_error=False, **options)
        except zmq.Again:
            self._end("crashed")
            return ""

    def _start(self) -> None:
        """Wait until the kernel answers and its outputs arrive."""
        deadline = time.monotonic() + self.limits.start
        while not self.ended:
            request = self._client.kernel_info()
            if self._follow(request, Outputs(0), 0.5, interrupt=False) == "done":
                break
            if time.monotonic() > deadline:
                self._end("timeout")
        if self.ended:  # before it had run anything of the submission's
            self.close()
            raise SandboxError(f"a kernel did not start: {self.ended}")
        self._deadline = time.monotonic() + self.limits.notebook

    def _follow(self, request: str, outputs: Outputs, seconds: float, interrupt: bool = True) -> str:
        """Read messages until the request is done; stop it where it takes too long or says too much.

        An interrupt that comes while the reply is made takes the reply away. So a question follows each: the
        kernel answers in order, and who answers that has done with the request. And each is waited for: one
        that is still on its way would stop the next cell.
        """
        state, replied, idle = "done", False, False
        requests, interrupts = {request}, set[str]()
        deadline, again = min(time.monotonic() + seconds, self._deadline), 0.0
        while not (replied and idle and not interrupts) and not self.ended:
            for stream, _ in self._poller.poll(100):
                if stream == self._channel.fileno():
                    self._move()
                elif message := self._read(stream, outputs):
                    kind, about, content = message
                    if stream is self._client.control_channel.socket:
                        interrupts.discard(about)
                    if about not in requests:
                        continue  # late, or invented
                    replied |= stream is self._client.shell_channel.socket and kind.endswith("_reply")
                    idle |= kind == "status" and content.get("execution_state") == "idle"
                    outputs.add(kind, content)
            self._watch()
            if state == "done" and (outputs.full or time.monotonic() > deadline):
                if not interrupt:
                    return "timeout"
                state = "flood" if outputs.full else "timeout"
                deadline = time.monotonic() + self.limits.grace
            elif state != "done" and time.monotonic() > deadline:
                self._end(state)
            # Again and again, as a loop may catch whatever is raised in it.
            if state != "done" and time.monotonic() > again and not replied:
                again = time.monotonic() + _INTERVAL
                with suppress(zmq.Again):  # then it ends a little later
                    interrupts.add(self._interrupt())
                    requests.add(self._client.kernel_info())
        return state

    def _read(self, stream: Any, outputs: Outputs) -> tuple[str, str, dict[str, Any]] | None:
        try:
            frames = stream.recv_multipart(zmq.NOBLOCK)
        except zmq.Again:
            return None
        outputs.count(sum(map(len, frames)))
        session = self._client.session
        try:
            message = session.deserialize(session.feed_identities(frames)[1])
            return (
                str(message["msg_type"]),
                str(message["parent_header"].get("msg_id")),
                dict(message["content"]),
            )
        except Exception:  # anything may come, so anything may be raised
            self._bad += 1
            if self._bad > _TOO_MANY_BAD:
                self._end("flood")
            return None

    def _move(self) -> None:
        self._channel.move()
        # A socket that is writable, or at its end, is always ready: polling it would keep us from sleeping.
        sending = zmq.POLLOUT if self._channel.sending else 0
        self._poller.register(self._channel, 0 if self._channel.closed else zmq.POLLIN | sending)

    def _watch(self) -> None:
        if self._kernel.over():
            self._end("memory" if self._kernel.reason == "memory" else "crashed")
        elif _resident() - self._memory > self.limits.growth:
            self._end("flood")

    def _interrupt(self) -> str:
        message = self._client.session.msg("interrupt_request", {})
        self._client.control_channel.send(message)
        return str(message["header"]["msg_id"])

    def _end(self, reason: str) -> None:
        self.ended = self.ended or reason


def _resident() -> int:
    with open(_STATM) as file:
        return int(file.read().split()[1]) * _PAGE
