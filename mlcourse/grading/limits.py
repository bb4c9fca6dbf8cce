"""What one submission may use."""

from dataclasses import asdict, dataclass
from typing import Any

MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """Limits on one submission; each is several times what an honest one needs.

    Attributes
    ----------
    memory : int
        Bytes: address space of a process, and resident memory of all processes of the sandbox together.
    processes : int
        Processes and threads.
    disk : int
        Bytes of the private folder (it is in memory), and of one file.
    output : int
        Bytes of output kept for one cell; a cell that writes more is interrupted.
    outputs : int
        Bytes of output kept for the notebook.
    message : int
        Bytes of one message from the kernel, and of one reply to the judge.
    growth : int
        Bytes by which the judge's own memory may grow, before the sandbox that makes it grow is ended.
    start, cell, notebook : float
        Seconds for the kernel to start, for one cell, for the notebook.
    grace : float
        Seconds after an interrupt until the sandbox is ended.
    """

    memory: int = 3 * 1024 * MEGABYTE
    processes: int = 64
    disk: int = 64 * MEGABYTE
    output: int = 1 * MEGABYTE
    outputs: int = 8 * MEGABYTE
    message: int = 64 * MEGABYTE
    growth: int = 512 * MEGABYTE
    start: float = 60.0
    cell: float = 30.0
    notebook: float = 240.0
    grace: float = 2.0

    def as_json(self) -> dict[str, Any]:
        """Return the limits as plain data, for the journal's key and for the sandbox."""
        return asdict(self)
