"""Progress: kept in one small file, taken along and brought back, never in the way of a lesson."""

import json
import os
import subprocess
import sys
import time

import pytest

from mlcourse import check, progress
from mlcourse.exercises import get
from mlcourse.feedback import file_lock, progress_card, progress_store


@pytest.fixture
def path():
    file = progress_store.file()
    file.parent.mkdir()
    return file


def test_points_won_are_there_after_the_kernel_has_gone(path):
    check("power-chain", get("power-chain").parts[0].reference)
    assert json.loads(path.read_text()) == {"version": 1, "points": {"power-chain": 1.0}}
    assert progress_store.load() == ({"power-chain": 1.0}, "")


def test_a_worse_result_later_takes_nothing_away(path):
    progress_store.record("two-paths", 2.0)
    progress_store.record("two-paths", 0.0)
    assert progress_store.load()[0] == {"two-paths": 2.0}


def test_what_is_no_better_does_not_wait_for_other_notebooks(monkeypatch):
    progress_store.record("two-paths", 2.0)
    monkeypatch.setattr(progress_store, "locked", lambda path: pytest.fail("waited"))
    progress_store.record("two-paths", 2.0)


def test_what_is_not_attempted_is_not_recorded(path):
    check("power-chain", lambda x: exec("raise NotImplementedError"))
    assert not path.exists()


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


def test_a_folder_that_cannot_be_written_stops_nothing(path):
    reference = get("power-chain").parts[0].reference
    check("power-chain", reference)  # what it imports may be root's alone
    path.unlink()
    path.parent.chmod(0o500)
    user = os.geteuid()
    if user == 0:  # who may write everywhere
        os.seteuid(65534)
    try:
        assert check("power-chain", reference) == 1.0
    finally:
        os.seteuid(user)
    assert not path.exists()


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


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(progress_store, "_MAX_BYTES", len(DATA))
    assert progress_store.parse(DATA) == {"a": 1.0}
    with pytest.raises(progress_store.DamagedProgress) as caught:
        progress_store.parse(DATA + b" ")
    assert str(caught.value) == (
        f"{len(DATA) + 1} bytes are too many for it; "
        'expected JSON such as {"version": 1, "points": {"sigmoid": 1.0}}'
    )


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


def test_a_damaged_file_that_cannot_be_moved_is_told_with_the_reason(monkeypatch, path):
    path.write_text("{")

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "replace", refused)
    assert progress_store.load() == (
        {},
        f'{path} is damaged (not JSON; expected JSON such as {{"version": 1, "points": {{"sigmoid": 1.0}}}}) '
        "and cannot be moved: Permission denied.",
    )
