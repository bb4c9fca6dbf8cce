"""One at a time, also where there is neither ``fcntl`` nor ``msvcrt``: in Pyodide as on every desktop.

The lock is a file that only one can make. Whoever holds it is done in milliseconds, so one that is seconds
old was left by a kernel that was killed, and is removed.
"""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FORGOTTEN = 10.0
"""Seconds after which a lock is taken for left behind."""
_PATIENCE = 15.0
"""Seconds to wait in all; then the work is done without a lock, rather than not at all."""
# Windows says so of a file that is just being removed by its holder.
_BUSY = (FileExistsError, PermissionError) if os.name == "nt" else (FileExistsError,)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until nobody else is between the beginning and the end of such a block for this file.

    Parameters
    ----------
    path : Path
        What is to be changed; the lock lies beside it.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    lock = path.with_name(f"{path.name}.lock")
    until = time.monotonic() + _PATIENCE
    mine = False
    while not mine and time.monotonic() < until:
        mine = _take(lock)
    try:
        yield
    finally:
        if mine:
            with suppress(OSError):
                lock.unlink()


def _take(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        return True
    except _BUSY:
        with suppress(OSError):
            if time.time() - lock.stat().st_mtime > _FORGOTTEN:
                lock.unlink()
        time.sleep(random.uniform(0.001, 0.01))
        return False
