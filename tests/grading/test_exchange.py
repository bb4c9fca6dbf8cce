"""What is taken from nbgrader's exchange: by owner, plain files; nobody's folder holds others up."""

import os
import pwd
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from mlcourse.grading.exchange import CollectByOwner

LESSON = "02-two-layer-network"
NOTEBOOK = f"{LESSON}.ipynb"
NOBODY = pwd.getpwnam("nobody")


@pytest.fixture
def inbound(tmp_path):
    folder = tmp_path / "exchange" / "course" / "inbound"
    folder.mkdir(parents=True)
    os.chmod(tmp_path / "exchange", 0o777)
    return folder


@pytest.fixture
def collect(tmp_path):
    """``collect()``: take what is there; what was said of it."""

    def go():
        config = Config()
        config.CourseDirectory.root, config.CourseDirectory.course_id = str(tmp_path / "course"), "course"
        config.CourseDirectory.assignment_id = LESSON
        config.Exchange.root = str(tmp_path / "exchange")
        (tmp_path / "course").mkdir(exist_ok=True)
        directory = CourseDirectory(config=config)
        CollectByOwner(coursedir=directory, config=config, update=True).start()
        return {
            path.relative_to(tmp_path / "course" / "submitted").as_posix(): path.read_text()
            for path in (tmp_path / "course" / "submitted").rglob("*")
            if path.is_file()
        }

    return go


def hand_in(inbound, name, second=1, content="{}"):
    folder = inbound / f"{name}+{LESSON}+2026-11-01 10:00:0{second}.000000 UTC+x"
    folder.mkdir()
    (folder / NOTEBOOK).write_text(content)
    return folder


def test_the_latest_of_each_learner_is_taken(inbound, collect):
    hand_in(inbound, "ada", 2, "second")
    hand_in(inbound, "ada", 1, "first")
    hand_in(inbound, "ben", 1, "ben's")
    assert collect() == {f"ada/{LESSON}/{NOTEBOOK}": "second", f"ben/{LESSON}/{NOTEBOOK}": "ben's"}


@pytest.mark.skipif(os.getuid() != 0, reason="to give a folder to another account takes root")
def test_what_is_handed_in_under_anothers_name_counts_as_its_owners(inbound, collect):
    hand_in(inbound, "ada", 1, "ada's")
    os.chown(hand_in(inbound, "ada", 2, "not ada's"), NOBODY.pw_uid, NOBODY.pw_gid)
    assert collect() == {f"ada/{LESSON}/{NOTEBOOK}": "ada's", f"nobody/{LESSON}/{NOTEBOOK}": "not ada's"}


def test_links_and_pipes_are_left_out_and_lead_nowhere(inbound, collect, tmp_path):
    (tmp_path / "solution").mkdir()
    (tmp_path / "solution" / NOTEBOOK).write_text("the solution")
    folder = hand_in(inbound, "eve")
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to(tmp_path / "solution" / NOTEBOOK)
    (folder / "more").symlink_to(tmp_path / "solution")
    os.mkfifo(folder / "pipe")
    (folder / "own.py").write_text("x = 1")
    (inbound / f"fay+{LESSON}+2026-11-01 10:00:00.000000 UTC+x").symlink_to(tmp_path / "solution")
    assert collect() == {f"eve/{LESSON}/own.py": "x = 1"}


@pytest.mark.parametrize("name", ["eve+{}+yesterday", "eve+{}+", "+{}+99999999999999999999+x"])
def test_a_folder_with_an_odd_name_holds_nobody_up(name, inbound, collect):
    (inbound / name.format(LESSON)).mkdir()
    hand_in(inbound, "ada")
    assert list(collect()) == [f"ada/{LESSON}/{NOTEBOOK}"]


def test_a_folder_that_is_too_large_holds_nobody_up(inbound, collect, monkeypatch):
    monkeypatch.setattr(CourseDirectory, "max_dir_size", 1)
    hand_in(inbound, "eve", 1, "x" * 2000)
    hand_in(inbound, "ada")
    assert f"ada/{LESSON}/{NOTEBOOK}" in collect()
    assert not Path(inbound.parents[2], "submitted", "eve", LESSON, NOTEBOOK).exists()
