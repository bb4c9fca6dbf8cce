"""What the pages of a site say, whatever the markup: for a search of what must not be in them."""

import html
import inspect
import re

import nbformat

from mlcourse.exercises import clinic, torch_clinic

READ = {".html", ".ipynb", ".js", ".json", ".md", ".py", ".txt"}


OPENED = {
    "04-gradient-checking": inspect.getsource(clinic.broken_1),
    "10-pytorch": inspect.getsource(torch_clinic.broken_0),
}
"""What a lesson's own cells show: the first patient's record is opened, right lines and wrong ones."""


def squeezed(text):
    """Text without spaces, so that neither markup nor the break of a line can hide it."""
    return re.sub(r"\s+", "", text)


def words_of(site):
    """All that the files of a site say, squeezed, by their name: as they are, and without their tags."""
    words = {}
    for path in site.rglob("*"):
        if path.suffix in READ and "mathjax" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            plain = html.unescape(re.sub(r"<[^>]*>", "", text))
            words[path.relative_to(site).as_posix()] = squeezed(plain) + "\n" + squeezed(text)
    return words


def solution_lines(lesson):
    """Lines of a lesson's solutions that its learner's edition does not say anywhere."""
    learner = nbformat.read(lesson.learner, as_version=4)
    given = "\n".join(cell.source for cell in learner.cells)
    known = squeezed(given + OPENED.get(lesson.name, ""))
    text = lesson.source.read_text(encoding="utf-8")
    blocks = re.findall(r"BEGIN SOLUTION.*?\n(.*?)\n[^\n]*END SOLUTION", text, re.S)
    lines = {line.strip() for block in blocks for line in block.splitlines()}
    return sorted(line for line in lines if len(squeezed(line)) > 8 and squeezed(line) not in known)
