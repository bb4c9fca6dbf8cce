"""The judge's own line to the driver in a kernel: a text each way, neither trusted nor waited for."""

import socket
from collections import deque
from typing import Any

from mlcourse.feedback.plain import MAX_REPLY_BYTES, MAX_REPLY_ITEMS, PlainError, decode, encode

_HEADER = 8
_CHUNK = 1 << 18


class Channel:
    """A socket that never blocks.

    Parameters
    ----------
    sock : socket.socket
        The judge's end.
    most : int
        Bytes that a reply may have.

    Attributes
    ----------
    closed : bool
        Whether there is nothing more to be heard from the other end.
    """

    def __init__(self, sock: socket.socket, most: int) -> None:
        sock.setblocking(False)
        self._socket, self._most, self.closed = sock, most, False
        self._out: deque[memoryview] = deque()
        self._in = bytearray()
        self._complaint = ""

    def fileno(self) -> int:
        """Descriptor, for polling."""
        return self._socket.fileno()

    @property
    def sending(self) -> bool:
        """Whether part of the request is still to be sent."""
        return bool(self._out)

    def send(self, request: dict[str, Any]) -> None:
        """Begin to send a request; what came unasked is thrown away.

        Parameters
        ----------
        request : dict
            Plain data.
        """
        self._receive(keep=False)
        text = encode(request, MAX_REPLY_BYTES, MAX_REPLY_ITEMS).encode()
        self._in, self._complaint = bytearray(), ""
        self._out = deque([memoryview(len(text).to_bytes(_HEADER, "big") + text)])

    def move(self) -> None:
        """Send and receive what can be without waiting."""
        while self._out:
            try:
                sent = self._socket.send(self._out[0])
            except BlockingIOError:
                break
            except OSError:
                self.closed = True
                self._out.clear()
                break
            rest = self._out.popleft()[sent:]
            if rest:
                self._out.appendleft(rest)
        self._receive(keep=True)

    def received(self, nonce: str) -> Any:
        """Return the answers of the reply.

        Parameters
        ----------
        nonce : str
            The request's.

        Raises
        ------
        PlainError
            If there is none, or none that can be read; the channel then is of no further use.
        """
        self._out.clear()
        if self._complaint:
            raise PlainError(self._complaint)
        size = self._announced()
        if size is None or len(self._in) < _HEADER + size:
            raise PlainError("no answer")
        if len(self._in) > _HEADER + size:
            raise PlainError("more than one answer")
        reply = decode(bytes(self._in[_HEADER:]), MAX_REPLY_BYTES, MAX_REPLY_ITEMS)
        match reply:
            case {"nonce": str(echo), "answers": list(answers), **rest} if echo == nonce and not rest:
                return answers
        raise PlainError("an answer to something else")

    def _announced(self) -> int | None:
        return int.from_bytes(self._in[:_HEADER], "big") if len(self._in) >= _HEADER else None

    def _receive(self, keep: bool) -> None:
        for _ in range(64):  # not for ever: somebody may write as fast as we read
            try:
                part = self._socket.recv(_CHUNK)
            except BlockingIOError:
                return
            except OSError:
                part = b""
            if not part:
                self.closed = True
                return
            if keep and not self._complaint:
                self._in += part
            size = self._announced() if keep else None
            if size is not None and (size > self._most or len(self._in) > _HEADER + size):
                self._complaint = (
                    "an answer that is too long" if size > self._most else "more than one answer"
                )
                self._in = bytearray()
