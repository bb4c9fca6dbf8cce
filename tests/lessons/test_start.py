"""The front door tells the truth about the rooms behind it."""

import re

import nbformat
import pytest

from mlcourse import exercises
from mlcourse.authoring import Course

COURSE = Course.find()
START = nbformat.read(COURSE.root / "lessons" / "start.ipynb", as_version=4)
TEXT = "\n".join(cell.source for cell in START.cells if cell.cell_type == "markdown")
ROWS = re.findall(r"^\| \[(\d+)\. ([^\]]+)\]\(([\w-]+)/\3\.ipynb\) \| (\d+) \|", TEXT, flags=re.M)


def test_the_map_lists_every_lesson_in_order():
    assert [folder for _, _, folder, _ in ROWS] == list(exercises.LESSONS)
    assert [int(number) for number, *_ in ROWS] == list(range(1, len(exercises.LESSONS) + 1))


def test_the_sum_of_the_minutes_is_right():
    total = re.search(r"All together: (\d+) minutes", TEXT)
    assert total and int(total[1]) == sum(int(minutes) for *_, minutes in ROWS)


@pytest.mark.parametrize(
    "lesson", [lesson for lesson in COURSE.lessons() if lesson.instructor], ids=lambda x: x.name
)
def test_name_and_minutes_are_those_of_the_lesson(lesson):
    text = lesson.source.read_text(encoding="utf-8")
    (row,) = [row for row in ROWS if row[2] == lesson.name]
    number, name, _, minutes = row
    assert f"\n# Lesson {number}: {name}\n" in text
    assert f"**Time:** {minutes} minutes" in text


@pytest.mark.parametrize("lesson", COURSE.lessons(), ids=lambda lesson: lesson.name)
def test_every_link_to_another_notebook_leads_to_one(lesson):
    notebooks = {each.learner for each in COURSE.lessons()}
    for target in re.findall(r"\]\(([^)#:]+\.ipynb)\)", lesson.source.read_text(encoding="utf-8")):
        assert (lesson.learner_folder / target).resolve() in notebooks, target


def test_the_cell_that_shows_a_check_is_told_its_mistake(capsys):
    (cell,) = [cell.source for cell in START.cells if cell.cell_type == "code" and "check(" in cell.source]
    exec(cell, {})
    assert "This is tanh" in capsys.readouterr().out
