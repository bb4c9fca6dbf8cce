"""Run a lesson's notebook from top to bottom and keep only what is the same at every run."""

import os
from collections.abc import Callable, Mapping
from copy import deepcopy

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from mlcourse.authoring.course import Lesson
from mlcourse.errors import CourseError

CELL_SECONDS = 120
"""Longer than any cell of the course may take; only an endless loop comes so far."""

START_SECONDS = 60
"""Longest time for a kernel to answer."""
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def execute(
    lesson: Lesson,
    notebook: NotebookNode,
    done: Callable[[], object] = lambda: None,
    environment: Mapping[str, str] | None = None,
    seconds: int = CELL_SECONDS,
) -> None:
    """Run the notebook in its own folder; its outputs are filled in place.

    Parameters
    ----------
    lesson : Lesson
        Where it runs, and whose name an error bears.
    notebook : NotebookNode
        Complete but for its outputs.
    done : callable
        Called after each cell.
    environment : mapping of str to str, optional
        Variables that the kernel has beside those of this process.
    seconds : int
        Longest time for a cell.

    Raises
    ------
    CourseError
        If a cell fails, named with its file, its number, its first line and its error.
    """
    running = 0
    metadata = deepcopy(notebook.metadata)  # the run adds the versions of this machine to it

    def started(cell: NotebookNode, cell_index: int) -> None:
        nonlocal running
        running = cell_index

    client = NotebookClient(
        notebook,
        timeout=seconds,
        startup_timeout=START_SECONDS,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],  # newer kernels warn of loopback TCP at each start
        resources={"metadata": {"path": str(lesson.folder)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # in how many pieces printed text comes depends on the moment
        on_cell_start=started,
        on_cell_complete=lambda cell, cell_index: done(),
    )
    try:
        _execute(client, {**os.environ, **(environment or {})})
    except CellExecutionError:
        failed = [output for output in notebook.cells[running].outputs if output.output_type == "error"]
        reason = f"{failed[0].ename}: {failed[0].evalue}"
    except CellTimeoutError:
        reason = f"still running after {seconds} s"
    except DeadKernelError:
        reason = "the kernel died"
    except RuntimeError as error:
        reason = str(error)
    else:
        notebook.metadata = metadata
        _drop_widget_views(notebook)
        return
    first_line = notebook.cells[running].source.strip().partition("\n")[0]
    raise CourseError(f"{lesson.shown(lesson.source)}, cell {running + 1} ({first_line!r}): {reason}")


def _execute(client: NotebookClient, environment: Mapping[str, str]) -> None:
    """Run the cells; a kernel that does not answer, as another took its port, is started again."""
    try:
        client.execute(env=environment)
    except DeadKernelError:
        raise
    except RuntimeError as error:
        if "Kernel didn't respond" not in str(error):
            raise
        client.execute(env=environment)


def _drop_widget_views(notebook: NotebookNode) -> None:
    """Leave an explorer's static picture: its widget needs a kernel, and has a new name at every run."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(_WIDGET_VIEW, None)
