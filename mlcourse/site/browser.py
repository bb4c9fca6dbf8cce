"""The browser edition: JupyterLite with the Pyodide kernel, the lessons, the learner's part of the course."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import nbformat

from mlcourse.authoring.course import Course
from mlcourse.errors import CourseError
from mlcourse.site import compiling, pyodide_lock, wheels
from mlcourse.site.pyodide_lock import Pure

# What is loaded beside Pyodide's own packages, and what each needs there.
FROM_PYPI = {
    "comm": (),
    "ipywidgets": ("comm", "ipython", "traitlets"),
    "psygnal": (),
    "anywidget": ("ipywidgets", "psygnal", "typing-extensions"),
}
COURSE = ("anywidget", "ipywidgets", "matplotlib", "numpy", "pillow")
OF_THE_KERNEL = {
    "piplite": ("micropip",),
    "pyodide_kernel": ("comm", "ipython"),
    "ipykernel": ("pyodide-kernel",),
    "widgetsnbextension-4": (),
}
AT_THE_START = ["comm", "ipykernel", "ipython", "jedi", "micropip", "mlcourse", "piplite", "pyodide-kernel"]
"""Loaded while the kernel starts: all of it is needed by the first cell of every lesson."""
IMMUTABLE = "static/pyodide/"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
APPS = ["lab", "notebooks", "tree"]
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension", "anywidget")


def ready(pyodide: Path | None) -> None:
    """See that the edition can be built, before minutes are spent on others.

    Raises
    ------
    CourseError
        If JupyterLite or Node.js is missing, or the folder holds no release of Pyodide that fits.
    """
    if find_spec("jupyterlite_pyodide_kernel") is None:
        raise CourseError("the browser edition needs JupyterLite; run: pip install 'mlcourse[site]'")
    compiling.ready()
    if pyodide is not None:
        pyodide_lock.local_release(pyodide)


def build(course: Course, folder: Path, pyodide: Path | None) -> None:
    """Build the browser edition.

    Parameters
    ----------
    course : Course
        A checkout, whose lessons are built.
    folder : Path
        Where the edition is put; must not exist.
    pyodide : Path, optional
        Folder of a release of Pyodide that the site brings along; without it the learner's browser loads
        Pyodide itself, without its packages, from where it is published.

    Raises
    ------
    CourseError
        If a tool is missing, Pyodide is of another version, or a wheel cannot be had.
    """
    ready(pyodide)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        release = pyodide or pyodide_lock.fetch_release(work / "release")
        packages = _packages(course, release, work)
        # Named by all that is in it: what a browser has kept of another edition is never mixed with it.
        place = f"{IMMUTABLE}{hashlib.sha256((packages / pyodide_lock.LOCK).read_bytes()).hexdigest()[:12]}/"
        url = f"./{place}pyodide.mjs" if pyodide else f"{pyodide_lock.RELEASE}pyodide.mjs"
        _contents(course, work / "contents")
        _settings(work, url, place)
        _jupyterlite(work, folder)
        watch_storage(folder)
        keep_what_never_changes(folder)
        if pyodide is not None:
            pyodide_lock.copy_core(pyodide, folder / place)
        (folder / place).mkdir(parents=True, exist_ok=True)
        for file in packages.iterdir():
            shutil.copy(file, folder / place / file.name)
    settings = json.loads((folder / "jupyter-lite.json").read_text())["jupyter-config-data"]
    found = settings["litePluginSettings"][KERNEL]["pyodideUrl"]
    if found != url:
        raise CourseError(f"JupyterLite was built with the Pyodide of {found}; build into a new folder again")


def _packages(course: Course, release: Path, work: Path) -> Path:
    """Make the folder of wheels, compiled, and the lock that lists them, and Python's own library."""
    place = work / "packages"
    place.mkdir()
    lock = pyodide_lock.local_release(release)
    packages = lock["packages"]
    pure = [Pure(wheels.learners_wheel(course.root, work / "wheels"), COURSE)]
    for name, depends in FROM_PYPI.items():
        (path,) = wheels.from_pypi([name], work / "wheels" / name)
        pure.append(Pure(path, depends))
    pure += _kernels_own()
    for wheel in pure:
        name, entry = wheel.entry()
        packages[name] = entry
        shutil.copy(wheel.path, place / wheel.path.name)
    needed = pyodide_lock.closure(packages, [*AT_THE_START, "micropip"])
    lock["packages"] = {name: packages[name] for name in needed}
    for name in needed:
        entry = packages[name]
        if (place / entry["file_name"]).exists():
            continue
        if release.is_relative_to(work):  # which was fetched, and has no packages yet
            pyodide_lock.fetch(entry["file_name"], release)
        if (release / entry["file_name"]).is_file():
            shutil.copy(
                pyodide_lock.verified(release / entry["file_name"], entry), place / entry["file_name"]
            )
        else:
            (path,) = wheels.from_pypi([f"{name}=={entry['version']}"], work / "wheels" / name)
            entry |= {key: Pure(path, ()).entry()[1][key] for key in ("file_name", "sha256")}
            shutil.copy(path, place / path.name)
    shutil.copy(release / pyodide_lock.LIBRARY, place)
    write = (place / pyodide_lock.LOCK).write_text
    write(json.dumps(lock, indent=1))
    compiling.compile_archives(release, place, AT_THE_START)
    for entry in lock["packages"].values():
        entry["sha256"] = hashlib.sha256((place / entry["file_name"]).read_bytes()).hexdigest()
    write(json.dumps(lock, indent=1))
    return place


def _kernels_own() -> list[Pure]:
    """Return the wheels that the kernel's extension has in it."""
    folder = _extension("@jupyterlite/pyodide-kernel-extension") / "static" / "pypi"
    found = []
    for start, depends in OF_THE_KERNEL.items():
        (path,) = folder.glob(f"{start}*.whl")
        found.append(Pure(path, depends))
    return found


def _extension(name: str) -> Path:
    for prefix in (sys.prefix, sys.base_prefix):
        place = Path(prefix) / "share" / "jupyter" / "labextensions" / name
        if place.is_dir():
            return place
    raise CourseError(f"JupyterLab's extension {name} is not installed; run: pip install 'mlcourse[site]'")


def _contents(course: Course, folder: Path) -> None:
    """Copy the learner's editions, told that their kernel is the browser's."""
    for path in sorted((course.root / "lessons").rglob("*")):
        name = path.relative_to(course.root)
        if not path.is_file() or any(part.startswith(".") for part in name.parts):
            continue
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".ipynb":
            shutil.copy(path, place)
            continue
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata.kernelspec = {
            "name": "python", "display_name": "Python (Pyodide)", "language": "python",
        }  # fmt: skip
        nbformat.write(notebook, place)


def _settings(work: Path, url: str, place: str) -> None:
    """Write what JupyterLite reads: how the kernel starts, and what the page looks like."""
    kernel = {
        "pyodideUrl": url,
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": f"./{place}{pyodide_lock.LOCK}",
            "stdLibURL": f"./{place}{pyodide_lock.LIBRARY}",
            "packages": AT_THE_START,
        },
    }
    lite = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Backpropagation",
            "enableServiceWorkerCache": "true",  # a second visit needs no network
            "disabledExtensions": ["@jupyter-notebook/notebook-extension:trusted"],  # all is the site's own
            "litePluginSettings": {KERNEL: kernel},
        },
    }
    (work / "jupyter-lite.json").write_text(json.dumps(lite, indent=1))
    overrides = {
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
        "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},  # light or dark, as the system is
    }
    (work / "overrides.json").write_text(json.dumps(overrides))


def watch_storage(folder: Path) -> None:
    """Have each page say what to do where the storage is full, and the kernel get an error there.

    Parameters
    ----------
    folder : Path
        An edition that JupyterLite has built.

    Raises
    ------
    CourseError
        If it is built otherwise than the pinned release builds.
    """
    script = resources.files("mlcourse.site") / "storage.js"
    (folder / "storage.js").write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    for app in APPS:
        _replace(folder / app / "index.html", "<head>", r'<head>\n    <script src="../storage.js"></script>')
    answer = r"new Response\(JSON\.stringify\((\w+)\.response\)\)"
    with_status = r"new Response(JSON.stringify(\1.response),{status:\1.failed?507:200})"
    _replace(folder / "service-worker.js", answer, with_status)


def keep_what_never_changes(folder: Path) -> None:
    """Have the service worker ask for Python and its packages once, and not at each visit again.

    Parameters
    ----------
    folder : Path
        An edition that JupyterLite has built.

    Raises
    ------
    CourseError
        If it is built otherwise than the pinned release builds.
    """
    again = r"(\w)\?(\w)\.waitUntil\(refetch\((\w)\)\)"
    but = rf'\1?\3.url.includes("/{IMMUTABLE}")||\2.waitUntil(refetch(\3))'
    _replace(folder / "service-worker.js", again, but)


def _replace(path: Path, pattern: str, by: str) -> None:
    text, count = re.subn(pattern, by, path.read_text(encoding="utf-8"))
    if count != 1:
        raise CourseError(f"this JupyterLite has another {path.name}; run: pip install 'mlcourse[site]'")
    path.write_text(text, encoding="utf-8")


def _jupyterlite(work: Path, folder: Path) -> None:
    config = {
        "LiteBuildConfig": {
            "apps": APPS,
            "contents": [str(work / "contents")],
            "federated_extensions": [str(_extension(name)) for name in EXTENSIONS],
            "ignore_sys_prefix": ["federated_extensions"],
            "no_sourcemaps": True,
            "output_dir": str(folder),
        }
    }
    (work / "jupyter_lite_config.json").write_text(json.dumps(config))
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(work)]
    done = subprocess.run(
        command,
        cwd=work,
        env={name: value for name, value in os.environ.items() if not name.startswith("JUPYTERLITE_")},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode or not (folder / "jupyter-lite.json").is_file():
        why = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise CourseError(f"JupyterLite could not be built: {why[-1]}")
