"""nbval on the instructor's editions: they print what is stored, and no picture hides what it shows."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from mlcourse.authoring import Course

WATCH = Path(__file__).with_name("watched_figures.py")


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """Return the file that gets a line for each figure that a kernel shows from now on."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    shutil.copy(WATCH, startup)
    record = tmp_path / "figures.jsonl"
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("WATCHED_FIGURES", str(record))
    return record


def stored_figures(path):
    """Return how many pictures in a notebook come from matplotlib itself, not from an explorer."""
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    texts = [o.data.get("text/plain", "") for o in outputs if "image/png" in o.get("data", {})]
    return sum(text.startswith("<Figure") for text in texts)


def test_recomputed_outputs_are_the_stored_ones_and_no_picture_hides_what_it_shows(nbval, watched):
    paths = [path for lesson in Course.find().lessons() if (path := lesson.instructor)]
    nbval("--nbval", paths)
    figures = [json.loads(line) for line in watched.read_text(encoding="utf-8").splitlines()]
    assert len(figures) == sum(map(stored_figures, paths)) > 20
    count: dict[str, int] = {}
    collided = []
    for figure in figures:
        number = count[figure["lesson"]] = count.get(figure["lesson"], 0) + 1
        collided += [f"{figure['lesson']}, figure {number}: {words}" for words in figure["found"]]
    assert not collided, "\n".join(collided)
