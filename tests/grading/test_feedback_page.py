"""nbgrader's page of feedback calls each exercise by its title, a lesson's own ones too."""

import pytest
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from mlcourse import exercises
from mlcourse.grading.feedback_page import FeedbackPage

OWN = """from mlcourse.exercises import get
from dataclasses import replace

EXERCISES = [replace(get("sigmoid"), id="mine", title="Mine & yours")]
"""
ENTRY = '<a href="#{0}">{1}</a>'


@pytest.mark.parametrize(
    "folder, text, mine",
    [
        ("solutions", OWN, "Mine &amp; yours"),
        ("lessons", OWN, "Mine &amp; yours"),
        ("solutions", "EXERCISES = [", "mine"),
        ("elsewhere", OWN, "mine"),
    ],
)
def test_the_list_of_contents_has_titles_and_nothing_else_is_changed(
    folder, text, mine, tmp_path, monkeypatch
):
    (tmp_path / folder / "11-own").mkdir(parents=True)
    (tmp_path / folder / "11-own" / "exercises.py").write_text(text)
    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.source_directory, config.CourseDirectory.release_directory = "solutions", "lessons"
    names = {"sigmoid": "Test cell", "mine": "Test cell", "why": "Written response"}
    entries = "".join(ENTRY.format(*each) for each in names.items())
    page = f'{entries}<div id="toc">{entries}</div>{entries}'
    monkeypatch.setattr(
        HTMLExporter, "from_notebook_node", lambda self, nb, resources, **kw: (page, resources)
    )
    about = {"nbgrader": {"assignment": "11-own"}}
    found, _ = FeedbackPage(config=config).from_notebook_node(None, about)
    titles = {"sigmoid": exercises.get("sigmoid").title, "mine": mine, "why": "why"}
    inside = "".join(ENTRY.format(*each) for each in titles.items())
    assert found == f'{entries}<div id="toc">{inside}</div>{entries}'
