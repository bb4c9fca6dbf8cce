"""Progress: kept in one small file, taken along and brought back, never in the way of a lesson."""

import base64
import json
import os
import re
import subprocess
import sys
import time

import pytest

from mlcourse import ask, check, progress
from mlcourse.exercises import LESSONS, get, of_lesson, questions_of_lesson
from mlcourse.feedback import file_lock, progress_card, progress_store


@pytest.fixture
def path():
    return progress_store.file()


def test_points_won_are_there_after_the_kernel_has_gone(path):
    check("power-chain", get("power-chain").parts[0].reference)
    assert json.loads(path.read_text()) == {"version": 1, "points": {"power-chain": 1.0}}
    assert progress_store.load() == ({"power-chain": 1.0}, "")


def test_a_worse_result_later_takes_nothing_away(path):
    progress_store.record("two-paths", 2.0)
    progress_store.record("two-paths", 0.0)
    assert progress_store.load()[0] == {"two-paths": 2.0}


def test_what_is_not_attempted_is_not_recorded(path):
    check("power-chain", lambda x: exec("raise NotImplementedError"))
    assert not path.exists()


def test_the_card_shows_points_won_of_points_possible():
    progress_store.record("two-paths", 2.0)
    progress_store.record("power-chain", 1.0)
    progress_store.record("an-exercise-of-another-course", 100.0)
    possible = sum(exercise.points for exercise in of_lesson("01-chain-rule"))
    words = repr(progress()).splitlines()[0].replace(",", "").split()
    assert words[:5] == ["01-chain-rule", "3", "of", str(possible), "points"]
    assert f"3 of {possible} points" in progress()._repr_html_()


def test_without_pytorch_its_exercises_are_outside_the_total(monkeypatch):
    def possible():
        return next(row[2] for row in progress().rows() if row[0] == "10-pytorch")

    monkeypatch.setattr(progress_card, "find_spec", lambda name: None)
    assert possible() == 0
    progress_store.record("torch-dataset", 2.0)
    assert possible() == 2
    monkeypatch.setattr(progress_card, "find_spec", lambda name: name)
    assert possible() == sum(exercise.points for exercise in of_lesson("10-pytorch"))


def test_the_card_counts_the_questions_that_were_answered():
    lesson, asked = next((name, q) for name in LESSONS if len(q := questions_of_lesson(name)) > 1)
    ask(asked[0].id).answer(asked[0].options[0] if asked[0].options else "17")
    ask(asked[0].id).answer(asked[0].right)
    words = f"1 of {len(asked)} questions"
    assert next(line for line in repr(progress()).splitlines() if lesson in line).endswith(words)
    assert words in progress()._repr_html_()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b'{"version": 1}',
        b'{"version": 1, "points": {"a": NaN}}',
        b"\xff" * 9,
        b"[" * 10**5,
    ],
)
def test_a_damaged_file_is_set_aside_with_a_message_and_stops_nothing(path, content):
    path.write_bytes(content)
    card = progress()
    assert "was damaged" in card.message
    assert "progress.damaged.json" in repr(card)
    assert path.with_suffix(".damaged.json").read_bytes() == content
    check("power-chain", get("power-chain").parts[0].reference)
    assert progress_store.load() == ({"power-chain": 1.0}, "")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_stops_nothing(path):
    path.parent.chmod(0o500)
    assert check("power-chain", get("power-chain").parts[0].reference) == 1.0


def test_a_place_that_cannot_be_a_folder_stops_nothing(monkeypatch, path):
    path.write_text("")
    monkeypatch.setenv("MLCOURSE_PROGRESS", str(path / "inside-a-file.json"))
    assert check("power-chain", get("power-chain").parts[0].reference) == 1.0
    assert progress().points == {}


def test_a_crash_while_writing_leaves_the_old_file(monkeypatch, path):
    progress_store.record("two-paths", 2.0)

    def crash(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", crash)
    progress_store.record("power-chain", 1.0)
    assert progress_store.load()[0] == {"two-paths": 2.0}
    assert [file.name for file in path.parent.iterdir()] == [path.name]


WRITES = """
import sys
from mlcourse.feedback import progress_store
sys.stdin.readline()  # so that all begin together
for number in range(100):
    progress_store.record(f"{sys.argv[1]}-{number}", 1.0)
"""


def test_notebooks_that_write_at_once_lose_nothing(path):
    arguments = {"stdin": subprocess.PIPE, "text": True}
    writers = [subprocess.Popen([sys.executable, "-c", WRITES, name], **arguments) for name in "abc"]
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert len(progress_store.load()[0]) == 300
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_lock_that_a_killed_kernel_left_holds_nobody_up(path):
    lock = path.with_name(f"{path.name}.lock")
    lock.touch()
    long_ago = time.time() - 60
    os.utime(lock, (long_ago, long_ago))
    progress_store.record("two-paths", 2.0)
    assert progress_store.load()[0] == {"two-paths": 2.0}
    assert not lock.exists()


def test_a_lock_that_does_not_open_costs_time_and_no_points(path, monkeypatch):
    monkeypatch.setattr(file_lock, "_PATIENCE", 0.05)
    lock = path.with_name(f"{path.name}.lock")
    lock.touch()
    progress_store.record("two-paths", 2.0)
    assert progress_store.load()[0] == {"two-paths": 2.0}
    assert lock.exists(), "it is somebody else's"


def test_switched_off_nothing_is_kept(monkeypatch):
    monkeypatch.setenv("MLCOURSE_PROGRESS", "")
    progress_store.record("two-paths", 2.0)
    assert progress_store.load() == ({}, "")
    assert progress_store.merge(progress_store.dump({"two-paths": 2.0}).encode()) == (0, [])


@pytest.mark.parametrize(
    "keep", [lambda: progress_store.record("a", 1.0), lambda: progress_store.merge(DATA)]
)
def test_a_folder_that_is_not_there_yet_is_made_and_the_file_is_the_learners_alone(monkeypatch, path, keep):
    deep = path.parent / "course" / ".mlcourse" / "progress.json"
    monkeypatch.setenv("MLCOURSE_PROGRESS", str(deep))
    keep()
    keep()
    assert progress_store.load() == ({"a": 1.0}, "")
    assert os.name == "nt" or deep.stat().st_mode & 0o777 == 0o600


DATA = progress_store.dump({"a": 1.0}).encode()


def test_what_is_brought_back_is_the_better_of_both_and_told_by_number(path):
    for name, points in (("a", 2.0), ("b", 1.0)):
        progress_store.record(name, points)
    brought = progress_store.dump({"a": 1.0, "b": 2.0, "c": 0.0}).encode()
    assert progress_store.merge(brought) == (2, [])
    assert progress_store.load()[0] == {"a": 2.0, "b": 2.0, "c": 0.0}
    again = "mine.json is here: 0 results are better than before; your notebooks already have its answers."
    assert progress_card._merged("mine.json", brought) == again


@pytest.mark.parametrize("points", [-1, 1001, "1", None, True, 1e400])
def test_points_that_nobody_can_have_are_no_progress(points):
    with pytest.raises(progress_store.DamagedProgress, match="not a progress file"):
        progress_store.parse(json.dumps({"version": 1, "points": {"a": points}}).encode())
    assert progress_store.parse(b'{"version": 1, "points": {"a": 0, "b": 1000}}') == {"a": 0.0, "b": 1000.0}


def test_the_file_is_in_the_course_and_not_for_the_instructors_edition(monkeypatch, tmp_path):
    monkeypatch.delenv("MLCOURSE_PROGRESS")
    for folder in ("lessons/01", "solutions/01", "elsewhere"):
        (tmp_path / "course" / folder).mkdir(parents=True)
    (tmp_path / "course/lessons/start.ipynb").touch()
    monkeypatch.chdir(tmp_path / "course/lessons/01")
    assert progress_store.file() == tmp_path / "course/.mlcourse/progress.json"
    monkeypatch.chdir(tmp_path / "course/solutions/01")
    assert progress_store.file() is None
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert progress_store.file() == tmp_path / "home/.mlcourse/progress.json"


def exported():
    found = re.search(r"href='data:application/json;base64,([^']+)'", progress()._repr_html_())
    return base64.b64decode(found[1])


def upload(card, name, content):
    """Do what the browser does when a file is chosen, and return what the card shows then."""
    box = card._widget()
    table, buttons = box.children
    assert [type(button).__name__ for button in buttons.children] == ["HTML", "FileUpload"]
    file = {
        "name": name,
        "type": "",
        "size": len(content),
        "content": memoryview(content),
        "last_modified": None,
    }
    buttons.children[1].notify_change(
        {"name": "value", "type": "change", "owner": buttons.children[1], "old": (), "new": (file,)}
    )
    return table.value


def test_what_was_exported_is_brought_back_by_the_other_button(path):
    progress_store.record("two-paths", 2.0)
    data = exported()
    path.unlink()
    progress_store.record("power-chain", 1.0)
    shown = upload(progress(), "mine.json", data)
    assert "mine.json is here: 1 result is better than before;" in shown
    assert progress_store.load()[0] == {"power-chain": 1.0, "two-paths": 2.0}


def test_a_wrong_file_is_not_imported_and_the_message_says_what_was_expected(path):
    progress_store.record("two-paths", 2.0)
    shown = upload(progress(), "<b>photo.png", b"\x89PNG")
    assert "&lt;b&gt;photo.png was not brought back: not JSON; expected JSON such as" in shown
    assert "Choose a file that Download my work has made." in shown
    assert progress_store.load()[0] == {"two-paths": 2.0}
