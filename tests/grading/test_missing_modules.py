"""A machine without PyTorch gives no class zero points for work that it cannot judge."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from mlcourse.errors import CourseError
from mlcourse.exercises import get
from mlcourse.grading import class_run, marking, released
from mlcourse.grading.judge import judge_exercise

LESSONS = Path(__file__).parents[2] / "lessons"


def without_torch(name):
    return None if name == "torch" else find_spec(name)


def release_of(lesson):
    return released.Release.read((LESSONS / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))


def test_what_has_points_and_cannot_be_judged_is_refused_in_one_line(monkeypatch):
    monkeypatch.setattr(released, "find_spec", without_torch)
    with pytest.raises(
        CourseError, match=r"10-pytorch: its exercises need torch, .*pip install torch"
    ) as caught:
        class_run._refuse_without_modules("10-pytorch", {"10-pytorch": release_of("10-pytorch")})
    assert "\n" not in str(caught.value)


def test_an_exercise_without_points_keeps_nobody_from_grading(monkeypatch):
    monkeypatch.setattr(released, "find_spec", without_torch)
    release = release_of("08-autograd-and-pytorch")
    assert release.requires == ("torch",) and release.missing == ()


def test_on_a_worker_without_it_a_person_has_to_say(monkeypatch):
    monkeypatch.setattr("mlcourse.grading.judge.find_spec", without_torch)
    (cell,) = [cell for cell in release_of("10-pytorch").cells if cell.exercise == "torch-network"]
    verdict, complaint = judge_exercise(get("torch-network"), ("Network",), b"seed", None, None)
    scored = marking._sealed(cell, verdict)
    assert not complaint and (scored.kind, scored.points, scored.max_points) == ("manual", None, 3)
