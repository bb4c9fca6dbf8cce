"""What lessons import, compiled before: a browser would compile some 800 modules anew at each start.

This file is run by Pyodide itself, since bytecode is of one version of Python: it needs only what Python has.
"""

import importlib
import importlib.util
import io
import marshal
import os
import pkgutil
import sys
import zipfile
from contextlib import suppress
from pathlib import Path


def compile_archives(folder: Path) -> None:
    """Put bytecode into all archives of a folder: wheels, and Python's own library.

    Parameters
    ----------
    folder : Path
        Its archives are replaced.
    """
    paths = imported()
    (site_packages,) = (path for path in sys.path if path.endswith("/site-packages"))
    for wheel in folder.glob("*.whl"):
        add_bytecode(wheel, site_packages, paths)
    (library,) = (path for path in sys.path if path.endswith(".zip"))
    add_bytecode(folder / "python_stdlib.zip", library, paths)


def imported() -> set[str]:
    """Start what a kernel starts, import all of the course, and draw; return the files of source it took."""
    importlib.import_module("piplite.piplite")
    shell = importlib.import_module("pyodide_kernel").ipython_shell
    shell.run_cell("%matplotlib inline")
    course = importlib.import_module("mlcourse")
    for module in pkgutil.walk_packages(course.__path__, "mlcourse.", onerror=lambda name: None):
        with suppress(ImportError):  # what only an instructor has
            importlib.import_module(module.name)
    importlib.import_module("matplotlib.pyplot").figure().savefig(io.BytesIO())
    found = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {path for path in found if path and path.endswith(".py")}


def add_bytecode(archive: Path, top: str, paths: set[str]) -> None:
    """Put bytecode beside the source of modules, where Python looks for it.

    Parameters
    ----------
    archive : Path
        A wheel, or a zip file that Python imports from; is replaced.
    top : str
        Where its files are for Python, such as ``/lib/python314.zip``.
    paths : set of str
        Files of source, there. What the archive does not hold is left out.
    """
    new = archive.with_suffix(".new")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data, path = source.read(entry), f"{top}/{entry.filename}"
            target.writestr(entry, data)
            if path in paths:
                target.writestr(_place(entry.filename, in_zip=top.endswith(".zip")), _bytecode(data, path))
    os.replace(new, archive)


def _place(name: str, in_zip: bool) -> str:
    return f"{name}c" if in_zip else importlib.util.cache_from_source(name)


def _bytecode(source: bytes, path: str) -> bytes:
    """Compile, for good: nothing is compared with the source, whose time is not kept (PEP 552)."""
    code = compile(source, path, "exec", dont_inherit=True)
    never_checked = (0b01).to_bytes(4, "little")
    return b"".join(
        [importlib.util.MAGIC_NUMBER, never_checked, importlib.util.source_hash(source), marshal.dumps(code)]
    )
