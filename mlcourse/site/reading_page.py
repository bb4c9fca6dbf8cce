"""The notebook that a page is made from: the learner's cells, with the stored outputs."""

import html
import re
from collections.abc import Sequence

import nbformat
from nbformat import NotebookNode

from mlcourse.authoring.course import START, Lesson
from mlcourse.site.recorded import Recorded

HOME = "index"
"""Name of the start page on the site."""
_SHOWN = {
    "image": {"alt": "The picture that the code above draws"},
    "code_prompt_show": "Show the code",
    "code_prompt_hide": "Hide the code",
}
_EXPLORER = 'class="mlc-explorer'
_TITLE = re.compile(r"\A(# .*\n)")
_TO_START = re.compile(rf"\]\(((?:\.\./)?){START}\.ipynb")


def page(lesson: Lesson, run: Recorded, browser: str | None, binder: str | None) -> NotebookNode:
    """Make the notebook of a page.

    Everything comes from the learner's edition but the outputs: those are the instructor's stored ones, and
    the explorers' of the run. A cell that holds or checks an exercise shows none: it would be the solution's.

    Parameters
    ----------
    lesson : Lesson
        Up to date with its text.
    run : Recorded
        The lesson's run for pages.
    browser, binder : str, optional
        Addresses that the path of a notebook in ``lessons/`` follows; see `mlcourse.site.reading.build`.
    """
    learner = nbformat.read(lesson.learner, as_version=4)
    stored = run.notebook if lesson.instructor is None else nbformat.read(lesson.instructor, as_version=4)
    outputs = {cell.id: cell.outputs for cell in stored.cells if cell.cell_type == "code"}
    moving = {cell.id: cell.outputs for cell in run.notebook.cells if cell.cell_type == "code"}
    made = nbformat.v4.new_notebook(metadata=learner.metadata)
    for cell in learner.cells:
        if cell.cell_type == "code":
            shown = _outputs(cell, outputs[cell.id], moving[cell.id])
            folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
            metadata = {"mystnb": _SHOWN, "tags": ["hide-input"] * folded}
            new = nbformat.v4.new_code_cell(cell.source, id=cell.id, outputs=shown, metadata=metadata)
        else:
            text = _TO_START.sub(rf"](\1{HOME}.ipynb", cell.source)
            new = nbformat.v4.new_markdown_cell(text, id=cell.id)
        made.cells.append(new)
    if lesson.name != START:
        path = f"{lesson.name}/{lesson.name}.ipynb"
        title = made.cells[0]
        title.source = _TITLE.sub(lambda found: f"{found[0]}\n{_ways(path, browser, binder)}\n", title.source)
    return made


def contents(lessons: Sequence[str]) -> NotebookNode:
    """Make the cell of the start page that tells the builder the order of the pages."""
    names = "\n".join(f"{name}/{name}" for name in lessons)
    return nbformat.v4.new_markdown_cell(f"```{{toctree}}\n:hidden:\n\n{names}\n```", id="contents")


def _outputs(
    cell: NotebookNode, stored: list[NotebookNode], moving: list[NotebookNode]
) -> list[NotebookNode]:
    marks = cell.metadata.get("nbgrader", {})
    if marks.get("grade") or marks.get("solution") or cell.source.strip().endswith("progress()"):
        return []
    explorers = [output for output in moving if _EXPLORER in output.get("data", {}).get("text/html", "")]
    shown = []
    for output in explorers or stored:
        data = output.get("data", {})
        if "text/html" in data:
            data.pop("image/png", None)  # the same in fewer words
        shown.append(output)
    return shown


def _ways(path: str, browser: str | None, binder: str | None) -> str:
    """Return the buttons below the title."""
    links = []
    if browser is not None:
        address = browser if "//" in browser else f"../{browser}"
        links.append(("Write code here", address))
    if binder is not None:
        links.append(("On Binder", binder))
    if not links:
        return ""
    anchors = "".join(f'<a href="{html.escape(address + path)}">{words}</a>' for words, address in links)
    return f'<p class="mlc-ways">{anchors}</p>\n'
