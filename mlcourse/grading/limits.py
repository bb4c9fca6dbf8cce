"""What one submission may use; an instructor sets it in ``nbgrader_config.py``."""

from typing import Any

from traitlets import Float, Int, TraitError
from traitlets.config import Config, Configurable

from mlcourse.errors import CourseError

MEGABYTE = 2**20


class SandboxLimits(Configurable):
    """Limits on one submission; each is several times what an honest one needs.

    In ``nbgrader_config.py``, for exercises that train longer: ``c.SandboxLimits.cell = 90``.
    """

    memory = Int(
        3 * 1024 * MEGABYTE,
        min=256 * MEGABYTE,
        help="Bytes: address space of a process, and resident memory of all processes together.",
    ).tag(config=True)
    processes = Int(64, min=8, help="Processes and threads.").tag(config=True)
    disk = Int(
        64 * MEGABYTE,
        min=MEGABYTE,
        help="Bytes of the private folder (it is in memory), and of one file.",
    ).tag(config=True)
    output = Int(
        1 * MEGABYTE,
        min=1024,
        help="Bytes of output kept for one cell; a cell that writes more is interrupted.",
    ).tag(config=True)
    outputs = Int(8 * MEGABYTE, min=1024, help="Bytes of output kept for the notebook.").tag(config=True)
    message = Int(
        64 * MEGABYTE,
        min=MEGABYTE,
        help="Bytes of one message from the kernel, and of one reply to the judge.",
    ).tag(config=True)
    growth = Int(
        512 * MEGABYTE,
        min=64 * MEGABYTE,
        help="Bytes by which the judge's own memory may grow, before the sandbox is ended.",
    ).tag(config=True)
    start = Float(60.0, min=1.0, help="Seconds for the kernel to start.").tag(config=True)
    cell = Float(30.0, min=0.1, help="Seconds for one cell.").tag(config=True)
    notebook = Float(240.0, min=1.0, help="Seconds for the notebook.").tag(config=True)
    grace = Float(5.0, min=0.0, help="Seconds after an interrupt until the sandbox is ended.").tag(
        config=True
    )

    @classmethod
    def configured(cls, config: Config) -> "SandboxLimits":
        """Read the limits from nbgrader's configuration.

        Raises
        ------
        CourseError
            If there is a limit that does not exist, or a value that is none.
        """
        known = cls.class_trait_names(config=True)
        for name in config.get(cls.__name__, {}):
            if name not in known:
                there = ", ".join(sorted(known))
                raise CourseError(
                    f"nbgrader_config.py: c.SandboxLimits.{name} is no limit; there are: {there}"
                )
        try:
            return cls(config=config)
        except TraitError as error:
            raise CourseError(f"nbgrader_config.py: {error}") from error

    def as_json(self) -> dict[str, Any]:
        """Return the limits as plain data, for the journal's key and for the sandbox."""
        return {name: getattr(self, name) for name in sorted(self.trait_names(config=True))}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SandboxLimits) and self.as_json() == other.as_json()

    def __hash__(self) -> int:
        return hash(tuple(self.as_json().items()))
