"""A lesson cut down to its exercises, as it is handed out and as somebody fills it in."""

import json
from copy import deepcopy
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]
KEPT = {
    "02-two-layer-network": None,
    "05-deep-networks": ("activation-derivatives", "tanh-derivation", "tanh-backward", "deep-backward"),
}
"""Lessons, and which of their exercises: all, or those whose names begin so."""


class Lesson:
    """What the builders of honest submissions start from.

    Attributes
    ----------
    name : str
        Of the lesson.
    release, instructor : dict
        The two editions, with the imports, the statements and the exercises only.
    """

    def __init__(self, name):
        self.name, self.file = name, f"{name}.ipynb"
        self.release, self.instructor = (self._cut(edition) for edition in ("lessons", "solutions"))

    def _cut(self, edition):
        text = (REPOSITORY / edition / self.name / self.file).read_text(encoding="utf-8")
        notebook = json.loads(text)
        cells = notebook["cells"]
        for cell in cells:
            cell["source"] = "".join(cell["source"])
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
        kept = [number for number, cell in enumerate(cells) if self._is_kept(cell)]
        first = next(number for number, cell in enumerate(cells) if cell["cell_type"] == "code")
        above = {number - 1 for number in kept if cells[number - 1]["cell_type"] == "markdown"}
        notebook["cells"] = [cells[number] for number in sorted({first, *above, *kept})]
        return notebook

    def _is_kept(self, cell):
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        return bool(name) and name.startswith(KEPT.get(self.name) or "")

    @property
    def solutions(self):
        """Right answers by grade id, as a learner writes them: without nbgrader's marks."""
        found = {}
        for cell in self.instructor["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            if about.get("solution"):
                lines = cell["source"].split("\n")
                found[about["grade_id"]] = "\n".join(line for line in lines if "### " not in line)
        return found

    def filled(self, **other):
        """The release with all answers written, or those that are given instead; a notebook to be spoilt."""
        notebook, answers = deepcopy(self.release), self.solutions | other
        for cell in notebook["cells"]:
            name = self.grade_id(cell)
            if name in answers and cell["metadata"]["nbgrader"]["solution"]:
                cell["source"] = answers[name]
        return notebook

    def typed_anew(self):
        """The filled notebook, its answers to programming exercises in new cells in the same places."""
        notebook = self.filled()
        notebook["cells"] = [
            self.code(cell["source"]) if self.is_answer(cell) else cell for cell in notebook["cells"]
        ]
        return notebook

    @staticmethod
    def grade_id(cell):
        """nbgrader's name of a cell; empty if it has none."""
        return cell["metadata"].get("nbgrader", {}).get("grade_id", "")

    @staticmethod
    def is_answer(cell):
        """Whether it is a program that the learner writes."""
        return cell["cell_type"] == "code" and bool(cell["metadata"].get("nbgrader", {}).get("solution"))

    @staticmethod
    def code(source, **about):
        """A cell of the learner's own."""
        return {
            "cell_type": "code",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        } | about

    @staticmethod
    def text(source, **about):
        """A text of the learner's own."""
        return {"cell_type": "markdown", "metadata": {}, "source": source} | about

    @staticmethod
    def write(notebook, **options):
        """Write a notebook as bytes."""
        return json.dumps(notebook, **options).encode()
