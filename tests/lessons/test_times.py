"""A lesson that takes long says where to stop, and that is near its middle."""

import re

import pytest

from mlcourse.authoring import Course

MARK = "> **A good place to stop.**"


def before_the_mark(text):
    """Share of a lesson's time before its mark: the exercises' stated minutes, and the words at one pace."""
    total = int(re.search(r"\*\*Time:\*\* (\d+) minutes", text)[1])
    minutes = [int(found) for found in re.findall(r"about (\d+) minutes?\.\*", text)]
    text = re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", text, flags=re.S)
    first, _ = text.split(MARK)
    pace = len(text.split()) / (total - sum(minutes))
    done = [int(found) for found in re.findall(r"about (\d+) minutes?\.\*", first)]
    return (sum(done) + len(first.split()) / pace) / total


@pytest.mark.parametrize(
    "lesson", [each for each in Course.find().lessons() if each.instructor], ids=lambda lesson: lesson.name
)
def test_a_lesson_over_70_minutes_has_one_marked_place_to_stop_near_its_middle(lesson):
    text = lesson.source.read_text(encoding="utf-8")
    if int(re.search(r"\*\*Time:\*\* (\d+) minutes", text)[1]) > 70:
        assert text.count(MARK) == 1
        assert 0.38 < before_the_mark(text) < 0.62
        assert "to stop is marked" in text
        if (stated := re.search(r"to stop is marked after about (\d+)\.", text)) is not None:
            total = int(re.search(r"\*\*Time:\*\* (\d+) minutes", text)[1])
            assert before_the_mark(text) * total == pytest.approx(int(stated[1]), abs=4)
