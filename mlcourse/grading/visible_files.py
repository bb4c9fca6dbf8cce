"""What a sandbox sees of the disk: system libraries, the interpreter, and the learner's part of the course.

References and known mistakes are not among it: of `mlcourse.exercises` and `mlcourse.feedback` only the files
that call the learner's functions are there, `check` and the explorers are stand-ins, and the rest of
`mlcourse.grading` is missing. All is read-only.
"""

import ast
import os
import site
import sys
import sysconfig
from pathlib import Path

import mlcourse

PACKAGE = Path(mlcourse.__file__).parent
COURSE = Path("/course")
"""Where the course package is inside a sandbox."""

_WHOLE = ("nn", "autograd", "datasets", "plots", "grading/inside")
_CALLER = "feedback/moments.py"
"""Calls the learner's functions and watches them; it is there, and so are the modules that it imports."""
_STANDINS = {
    "exercises/__init__.py": "empty.py",
    "feedback/__init__.py": "check.py",
    "explorers/__init__.py": "explorers.py",
    "grading/__init__.py": "empty.py",
}

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/alternatives", "/etc/fonts")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/timezone")


def course() -> dict[Path, Path]:
    """Each file or folder of the course that a sandbox sees, by the place where it sees it (in `COURSE`)."""
    needed = [
        name
        for name in sorted(_imported(_CALLER))
        if not name.startswith(tuple(f"{whole}/" for whole in _WHOLE))
    ]
    shown = {Path("mlcourse", name): PACKAGE / name for name in (*_WHOLE, "__init__.py", *needed)}
    standins = PACKAGE / "grading" / "inside" / "standins"
    return shown | {Path("mlcourse", name): standins / file for name, file in _STANDINS.items()}


def _imported(file: str) -> set[str]:
    """Files of the package that a file needs, itself included; packages' own ``__init__`` are stand-ins."""
    found, waiting = set(), [file]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mlcourse."):
                module = Path(*str(node.module).split(".")[1:])
                candidates = [module, *(module / alias.name for alias in node.names)]
                waiting += [f"{path}.py" for path in candidates if (PACKAGE / f"{path}.py").is_file()]
    return found


def site_packages() -> list[Path]:
    """Folders of installed packages, in the order of ``sys.path``."""
    folders = [*site.getsitepackages(), *([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])]
    known = {Path(folder).resolve() for folder in folders}
    known |= {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")}
    found = [Path(entry).resolve() for entry in sys.path if entry]
    return [path for path in dict.fromkeys(found) if path in known or path.name.endswith("-packages")]


def interpreter() -> Path:
    """Return the interpreter itself, not a virtual environment's link: `site_packages` are given by path."""
    return Path(sys.executable).resolve()


def mounts(hidden: list[Path]) -> list[str]:
    """Bubblewrap's options that show these files.

    Parameters
    ----------
    hidden : list of Path
        Folders that must not be seen even where they are below one that is.
    """
    shown = {Path(name) for name in (*_SYSTEM, *_SYSTEM_FILES) if os.path.exists(name)}
    shown |= {Path(sys.base_prefix).resolve(), interpreter().parent, *site_packages()}
    # A copy of the whole course, references and all, may be installed among the packages.
    installed = [folder / "mlcourse" for folder in site_packages() if (folder / "mlcourse").exists()]
    options = {place: ["--ro-bind", str(place), str(place)] for place in shown}
    for place in (*installed, *(folder.resolve() for folder in hidden)):
        options[place] = ["--tmpfs", str(place)] if any(map(place.is_relative_to, shown)) else []
    for place, origin in course().items():
        options[COURSE / place] = ["--ro-bind", str(origin), str(COURSE / place)]
    ordered = sorted(options, key=lambda place: len(place.parts))
    parents = dict.fromkeys(parent for place in ordered for parent in reversed(place.parents[:-1]))
    folders = [word for parent in parents if parent not in options for word in _folder(parent)]
    return folders + [word for place in ordered for word in options[place]]


def _folder(place: Path) -> list[str]:
    # bubblewrap would give it the mode of the original, which may be a private one such as /root
    return ["--perms", "0755", "--dir", str(place)]
