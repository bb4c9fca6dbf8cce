"""Ctrl+C while a class is graded: it is said at once that the run stops, and a second one ends it there."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_FIRST = "stopping; what is graded is kept (Ctrl+C once more to end at once)"
_SECOND = "ended; start the same command again, and it goes on where it was"
_INTERRUPTED = 128 + signal.SIGINT


@contextmanager
def stopping() -> Iterator[None]:
    """Say at once that a run stops, as it takes its workers seconds; let a second Ctrl+C not wait for them.

    It ends the program without what Python and Dask do in the end: interrupted there, they print tracebacks.
    Workers end by themselves, and a run may be killed anywhere.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is signal.SIG_IGN:
        yield  # what a shell runs in the background ignores it
        return

    def second(*_: Any) -> None:
        _say(_SECOND)
        os._exit(_INTERRUPTED)

    def first(*_: Any) -> None:
        signal.signal(signal.SIGINT, second)
        _say(_FIRST)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, first)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is first:  # else it is for the rest of the program
            signal.signal(signal.SIGINT, before)


def unreached() -> None:
    """Keep interrupts away from this thread, and from the programs and threads that it starts."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def reached() -> None:
    """Let interrupts through again: a kernel is told by one to stop a cell."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _say(line: str) -> None:
    """Write to stderr past Python's own buffer, in the midst of which the signal may have come."""
    with suppress(OSError):
        os.write(2, f"{os.linesep if os.isatty(2) else ''}{line}{os.linesep}".encode())
