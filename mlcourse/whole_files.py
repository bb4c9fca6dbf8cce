"""Write files so that a reader sees either the old ones or the new ones."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

UNFINISHED = ".part"
"""How the names of files end that are not in their places yet; a killed program may leave one."""


def write_whole(files: Mapping[Path, bytes | str], mode: int = 0o644, durable: bool = False) -> None:
    """Write all files beside their places first, then rename, so that nothing is ever half-written.

    Parameters
    ----------
    files : mapping of Path to bytes or str
        Contents by place; text is written as UTF-8. Folders are made where they are missing.
    mode : int
        Permissions.
    durable : bool
        Whether they must also survive a crash of the machine a moment later.

    Raises
    ------
    OSError
        If one cannot be written; its ``filename`` says which. What was there before is still there.
    """
    beside: dict[Path, str] = {}
    path = next(iter(files))
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside[path] = mkstemp(dir=path.parent, prefix=".", suffix=UNFINISHED)
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
            os.chmod(beside[path], mode)
        for path, temporary in beside.items():
            os.replace(temporary, path)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        for temporary in beside.values():
            with suppress(OSError):
                os.unlink(temporary)
