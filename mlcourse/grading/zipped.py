"""What is in an archive that was handed in where a notebook was asked for."""

import io
import zipfile
from collections.abc import Iterator

from mlcourse.grading.names import plain_text

_MOST_BYTES = 40_000_000
"""Of one file, unpacked, as one that was not packed may have without its outputs."""
_MOST_IN_ALL = 100_000_000
_MOST_FILES = 100
_NOT_THEIRS = ("__MACOSX", "__pycache__", ".")


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield place and content of an archive's files; none that is too large, and no archives in it.

    Parameters
    ----------
    content : bytes
        The archive.

    Raises
    ------
    ValueError
        If it cannot be unpacked, or some of it cannot.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [
                about for about in archive.infolist() if not about.is_dir() and _is_theirs(about.filename)
            ]
            left = _MOST_IN_ALL
            for about in files[:_MOST_FILES]:
                most = min(_MOST_BYTES, left)
                with archive.open(about) as file:  # it may say it is smaller than it is
                    found = file.read(most + 1)
                left -= min(len(found), left)
                if len(found) <= most:
                    yield plain_text(about.filename), found
    # The library raises what comes, RuntimeError for a password or NotImplementedError for a method.
    except Exception as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _is_theirs(place: str) -> bool:
    parts = place.split("/")
    return ".." not in parts and "\\" not in place and not any(part.startswith(_NOT_THEIRS) for part in parts)
