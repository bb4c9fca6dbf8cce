"""The list of packages that Pyodide loads on plain ``import``: its own and the course's."""

import hashlib
import json
import re
import shutil
import urllib.request
import zipfile
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from mlcourse.errors import CourseError

VERSION = "314.0.4"
"""The release of Pyodide that the kernel (jupyterlite-pyodide-kernel) is made for."""
RELEASE = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
"""Where a published site loads it from, if it has none of its own."""
LOCK = "pyodide-lock.json"
LIBRARY = "python_stdlib.zip"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", LIBRARY)


@dataclass(frozen=True)
class Pure:
    """A wheel of pure Python that the site brings along.

    Attributes
    ----------
    path : Path
        The wheel.
    depends : tuple of str
        What must be loaded with it, by name; a wheel's own list would ask for what the browser does not need.
    """

    path: Path
    depends: tuple[str, ...]

    def entry(self) -> tuple[str, dict[str, Any]]:
        """Its name and entry in the lock, as a file beside the lock."""
        with zipfile.ZipFile(self.path) as archive:
            names = archive.namelist()
            (metadata,) = [name for name in names if name.endswith(".dist-info/METADATA")]
            about = Parser().parsestr(archive.read(metadata).decode())
        top = {name.split("/")[0] for name in names}
        imports = sorted(name.removesuffix(".py") for name in top if "." not in name.removesuffix(".py"))
        name = canonicalize_name(about["Name"])
        return name, {
            "name": name,
            "version": about["Version"],
            "file_name": self.path.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(self.path.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": imports,
            "depends": list(self.depends),
            "unvendored_tests": False,
        }


def read_lock(text: bytes | str, place: str) -> dict[str, Any]:
    """Read Pyodide's own list.

    Raises
    ------
    CourseError
        If it is not one, or of another version of Pyodide.
    """
    try:
        lock: dict[str, Any] = json.loads(text)
        numpy, abi = lock["packages"]["numpy"], lock["info"]["abi_version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CourseError(f"{place} is no list of Pyodide's packages; give the folder of a release") from None
    if abi != "2026_0" or "file_name" not in numpy:
        raise CourseError(f"{place} is of another Pyodide (ABI {abi}); the course needs Pyodide {VERSION}")
    return lock


def closure(packages: dict[str, Any], names: list[str]) -> list[str]:
    """Return the names and all that they depend on, sorted."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = canonicalize_name(left.pop())
        if name not in found:
            found.add(name)
            left += packages[name]["depends"]
    return sorted(found)


def local_release(pyodide: Path) -> dict[str, Any]:
    """Read the list in a folder that holds a release of Pyodide.

    Raises
    ------
    CourseError
        If a file is missing or of another version.
    """
    for name in (*CORE, LOCK):
        if not (pyodide / name).is_file():
            raise CourseError(f"{pyodide} has no {name}; unpack a release of Pyodide {VERSION} there")
    lock = read_lock((pyodide / LOCK).read_bytes(), str(pyodide / LOCK))
    script = (pyodide / CORE[0]).read_text(encoding="utf-8", errors="replace")
    found = re.findall(r'"(\d+\.\d+\.\d+[\w.]*)"', script)
    if VERSION not in found:  # the lock of a release does not name it
        said = f"is of Pyodide {found[0]}" if found else "names no version of Pyodide"
        raise CourseError(f"{pyodide / CORE[0]} {said}; the course needs Pyodide {VERSION}")
    return lock


def fetch_release(folder: Path) -> Path:
    """Load the published release into a folder, but for its packages; return the folder.

    Raises
    ------
    CourseError
        If it is not to be had.
    """
    folder.mkdir()
    for name in (*CORE, LOCK):
        fetch(name, folder)
    return folder


def fetch(name: str, folder: Path) -> None:
    """Load a file of the published release into a folder.

    Raises
    ------
    CourseError
        If it is not to be had.
    """
    try:
        with urllib.request.urlopen(RELEASE + name, timeout=60) as reply:
            (folder / name).write_bytes(reply.read())
    except OSError as error:
        raise CourseError(f"cannot load {RELEASE}{name} ({error}); give a folder with --pyodide") from None


def verified(path: Path, entry: dict[str, Any]) -> Path:
    """See that a package in a release is the file that its list means; the browser would refuse another.

    Raises
    ------
    CourseError
        If it is not.
    """
    if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
        raise CourseError(
            f"{path} is not the file that {LOCK} lists; unpack a release of Pyodide {VERSION} anew"
        )
    return path


def copy_core(pyodide: Path, folder: Path) -> None:
    """Copy what starts Pyodide; packages are copied one by one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in CORE:
        shutil.copy(pyodide / name, folder / name)
