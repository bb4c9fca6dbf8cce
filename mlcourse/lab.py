"""Open JupyterLab on the course."""

import os
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from mlcourse.course_folder import START
from mlcourse.errors import CourseError

SETTINGS = Path(__file__).parent / "jupyter"
"""What JupyterLab is told: ``everyone``, and what a learner does not need is switched off in ``learner``."""


def jupyterlab_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every command that opens JupyterLab."""
    port = click.option(
        "--port", type=click.IntRange(1, 65535), help="Listen there; by default the first free one from 8888."
    )
    return click.option("--no-browser", is_flag=True, help="Print the address instead of opening it.")(
        port(command)
    )


def open_lab(
    root: Path, no_browser: bool, port: int | None, others: Sequence[str] = (), instructor: bool = False
) -> None:
    """Run JupyterLab in a course's folder, on its start page, until it is stopped.

    Parameters
    ----------
    root : Path
        The folder that holds ``lessons/``.
    no_browser : bool
        Print the address instead of opening it.
    port : int or None
        Where to listen; None for the first free one.
    others : sequence of str
        Further options, JupyterLab's own.
    instructor : bool
        Whether to show nbgrader's tools for a class.

    Raises
    ------
    CourseError
        If the port is in use, or JupyterLab is not installed.
    """
    try:
        from jupyterlab.labapp import main as jupyterlab
    except ModuleNotFoundError:
        raise CourseError("JupyterLab is not installed; run: pip install 'mlcourse[lab]'") from None
    front = f"/tree/{START.as_posix()}" if (root / START).is_file() else ""  # a course of one's own has none
    options = [f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab{front}"]
    if no_browser:
        options.append("--no-browser")
    if port is not None:
        if not _free(port):
            raise CourseError(f"port {port} is in use; choose another one with --port, or leave it out")
        options.append(f"--port={port}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")  # in a container, root is often the only user there is
    os.chdir(root)  # where nbgrader's extensions look for their configuration
    settings = [SETTINGS / "everyone"] + [SETTINGS / "learner"] * (not instructor)
    others_settings = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [*map(str, settings), others_settings]))
    jupyterlab([*options, *others])


def _free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
