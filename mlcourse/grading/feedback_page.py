"""nbgrader's page of feedback, its list of contents with the names of the exercises."""

import re
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory

from mlcourse import exercises
from mlcourse.exercises.own import text_beside

_CONTENTS = re.compile(r'<div id="toc">.*?</div>', re.DOTALL)
_ENTRY = re.compile(r'(<a href="#([^"]*)">)(?:Test cell|Coding free-response|Written response|Task)(?=</a>)')


class FeedbackPage(HTMLExporter):
    """Names what nbgrader's template calls "Test cell" and "Written response", one like the other."""

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> Any:
        """Write the page as nbgrader does, and put the names in."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        lesson, directory = resources.get("nbgrader", {}).get("assignment", ""), CourseDirectory(parent=self)
        folders = (directory.source_directory, directory.release_directory)
        texts = (text_beside(Path(directory.format_path(folder, ".", lesson))) for folder in folders)
        named = partial(_named, own=next(filter(None, texts), ""))
        return _CONTENTS.sub(lambda found: _ENTRY.sub(named, found[0]), page, count=1), resources


def _named(entry: re.Match[str], own: str) -> str:
    """An entry with the exercise's title; its id where there is none, as of an answer in words."""
    try:
        name = exercises.get(entry[2], own).title
    except (KeyError, ValueError):  # of a lesson's own exercises that are broken
        name = entry[2]
    return f"{entry[1]}{escape(name, quote=False)}"
