"""What declarations promise to lessons and to later hints."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mlcourse.exercises import LESSONS, get, of_lesson

ROOT = Path(__file__).parents[2]
EXERCISES = [exercise for lesson in LESSONS for exercise in of_lesson(lesson)]


def headings(lesson):
    text = (ROOT / "solutions" / lesson / f"{lesson}.md").read_text()
    return set(re.findall(r"^#{2,3} (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), flags=re.M))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_section_that_hints_send_the_learner_to_is_a_heading_of_the_lesson(exercise):
    assert {part.section for part in exercise.parts} <= headings(exercise.lesson)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_every_part_has_formulas_for_later_hints(exercise):
    assert all(part.formulas for part in exercise.parts)


@pytest.mark.torch
def test_nothing_of_pytorch_is_imported_to_declare_what_is_made_of_it():
    code = """
import sys
from mlcourse import check, exercises
of = exercises.of_lesson
found = [part.reference for lesson in exercises.LESSONS for e in of(lesson) for part in e.parts]
assert len(found) > 50 and "torch" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_ids_are_unique_and_found():
    assert len({exercise.id for exercise in EXERCISES}) == len(EXERCISES)
    assert all(get(exercise.id) is exercise for exercise in EXERCISES)


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(KeyError, match="did you mean sigmoid"):
        get("sigmod")
