"""The files of one submission: notebooks that may be the one asked for, and what lies beside them."""

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mlcourse.grading.bare_notebook import without_outputs
from mlcourse.grading.merged import versions
from mlcourse.grading.names import plain_text
from mlcourse.grading.zipped import unpacked

_MOST_READ = 200_000_000
"""Bytes of a notebook that are looked at, outputs and all."""
_MOST_NOTEBOOKS = 8
_MOST_OTHERS = 100
_MOST_ARCHIVES = 3
_MOST_OTHER_BYTES = 16_000_000
"""Bytes of all further files together."""
_DEEPEST = 4
"""Folders inside each other."""
_MOST_ENTRIES = 2000
SECRET = "submission_secret.txt"
"""By what is in it nbgrader's exchange names a page of feedback, so that only who handed in finds it."""
_PASSED_OVER = {"__MACOSX", "__pycache__", "timestamp.txt", SECRET, "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class HandedIn:
    """What was handed in for one notebook.

    Attributes
    ----------
    name : str
        Of the notebook that was asked for, with ``.ipynb``.
    notebooks : tuple of (str, bytes)
        Files that may be it, without their outputs, by place; one with the right name comes first.
    others : tuple of (str, bytes)
        Further files (modules, pictures, data), by place.
    flags : tuple of str
        What was odd about the files.
    """

    name: str
    notebooks: tuple[tuple[str, bytes], ...] = ()
    others: tuple[tuple[str, bytes], ...] = ()
    flags: tuple[str, ...] = ()

    @classmethod
    def of(cls, content: bytes | None, name: str = "notebook.ipynb") -> "HandedIn":
        """Take one file for all that there is; None for nothing."""
        return cls(name, () if content is None else ((name, without_outputs(content)),))

    @classmethod
    def read(cls, folder: Path, name: str, released: tuple[str, ...] = ()) -> "HandedIn":
        """Read a student's folder.

        Parameters
        ----------
        folder : Path
            Where the files are, also in folders inside it.
        name : str
            Of the notebook that is asked for, without ``.ipynb``.
        released : tuple of str
            Names of the other notebooks of the assignment: those files are not this one.
        """
        wanted, flags = f"{name}.ipynb", []
        notebooks: dict[str, bytes] = {}
        others: dict[str, bytes] = {}
        taken = {f"{other}.ipynb" for other in released} - {wanted}
        spare = _MOST_OTHER_BYTES
        for place, path in sorted(_files(folder), key=lambda found: (found[0] != wanted, found[0])):
            if ".ipynb" in path.name.lower():
                if path.name in taken:
                    continue
                content = plain_file(path, _MOST_READ)
                if content is None:
                    flags.append("not a plain file" if place == wanted else f"not a plain file: {place[:80]}")
                elif len(notebooks) < _MOST_NOTEBOOKS:
                    first, *second = map(without_outputs, versions(content))
                    notebooks[place] = first
                    if second and len(notebooks) < _MOST_NOTEBOOKS:
                        notebooks[f"{place}, the second version"] = second[0]
                        flags.append(f"marks of a merge: {place[:80]} was read in both versions")
                else:
                    flags.append(f"too many notebooks: {place[:80]} was not looked at")
            elif len(others) < _MOST_OTHERS and "\\" not in place:  # under another name nobody asks for it
                content = plain_file(path, spare)
                if content is not None and len(content) <= spare:
                    others[place] = content
                    spare -= len(content)
                elif content is not None:
                    flags.append(f"too large: {place[:80]} was left out")
        archives = [place for place in others if place.lower().endswith(".zip") and not notebooks]
        for place in archives[:_MOST_ARCHIVES]:
            flags.append(f"unpacked: {place[:80]}")
            try:
                for inside, content in unpacked(others[place]):
                    if ".ipynb" in inside.lower() and len(notebooks) < _MOST_NOTEBOOKS:
                        notebooks[inside] = without_outputs(content)
                    elif len(others) < _MOST_OTHERS and len(content) <= spare:
                        others.setdefault(inside, content)
                        spare -= len(content)
            except ValueError as error:
                flags[-1] = f"cannot be unpacked: {place[:80]}: {error}"[:200]
        if not notebooks:  # one whose ending was lost, or is another
            found = [place for place, content in others.items() if _is_notebook(content)]
            found.sort(key=lambda place: not Path(place).name.startswith(name))
            for place in found[:_MOST_NOTEBOOKS]:
                notebooks[place] = without_outputs(others.pop(place))
            flags += [
                f"too many notebooks: {place[:80]} was not looked at" for place in found[_MOST_NOTEBOOKS:]
            ]
        return cls(wanted, tuple(notebooks.items()), tuple(others.items()), tuple(flags[:20]))

    @property
    def digest(self) -> str:
        """Hash of all of it, for the journal."""
        parts = [
            [kind, place, hashlib.sha256(content).hexdigest()]
            for kind, files in (("notebook", self.notebooks), ("other", self.others))
            for place, content in files
        ]
        return hashlib.sha256(json.dumps([self.name, *parts]).encode()).hexdigest()


def _is_notebook(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"cells"' in content


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Places of the files, as text that prints, and paths; links to folders are not followed."""
    count = 0
    for top, folders, names in os.walk(folder):
        depth = len(Path(top).relative_to(folder).parts)
        folders[:] = sorted(each for each in folders if _is_ours(each) and depth < _DEEPEST)
        for name in sorted(filter(_is_ours, names)):
            count += 1
            if count > _MOST_ENTRIES:
                return
            path = Path(top, name)
            yield plain_text(path.relative_to(folder).as_posix()), path


def _is_ours(name: str) -> bool:
    return not name.startswith(".") and name not in _PASSED_OVER


def plain_file(path: Path, most: int, inside: int | None = None) -> bytes | None:
    """Read a plain file, and nothing that a link leads to.

    Parameters
    ----------
    path : Path
        The file.
    most : int
        Bytes to read; one more comes back where there are more.
    inside : int, optional
        Descriptor of the folder that a relative path begins in.

    Returns
    -------
    bytes or None
        None if it is no plain file, or cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=inside)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(most + 1)
    except OSError:
        return None
    finally:
        os.close(descriptor)
