"""The journal keeps what is certain, whole or not at all."""

from dataclasses import replace

import pytest

from mlcourse import whole_files
from mlcourse.exercises.base import Finding
from mlcourse.grading import journal
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.journal import Journal, key
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.results import NotebookResult, ScoredExercise

RESULT = NotebookResult(
    "graded",
    ["unsealed: asserts"],
    {"sigmoid": ScoredExercise("sealed", 0.0, 1.0, findings=(Finding("A", "Not it.", "swapped"),))},
    {"cells": []},
)


def test_a_result_is_found_again_by_another_run_in_a_folder_that_was_not_there(tmp_path):
    folder = tmp_path / "journal" / "01-lesson"
    Journal(folder).keep("k", RESULT)
    assert Journal(folder).find("k") == RESULT
    assert Journal(folder).find("other") is None


@pytest.mark.parametrize("status", ["timeout", "crashed"])
def test_what_may_come_out_otherwise_is_graded_anew(tmp_path, status):
    kept = Journal(tmp_path)
    kept.keep("k", replace(RESULT, status=status))
    assert kept.find("k") is None


def test_what_a_killed_run_left_half_written_is_no_result(tmp_path):
    (tmp_path / "k.json").write_text('{"status": "gra')
    (tmp_path / "k.1.part").write_text("{")
    kept = Journal(tmp_path)
    assert kept.find("k") is None
    assert not list(tmp_path.glob("*.part"))


def test_a_rest_that_another_run_has_removed_in_the_meantime_is_no_error(tmp_path, monkeypatch):
    monkeypatch.setattr(type(tmp_path), "glob", lambda folder, pattern: [folder / "gone.part"])
    assert Journal(tmp_path).find("k") is None


def test_nothing_is_half_written_when_the_disk_is_full(tmp_path, monkeypatch):
    kept = Journal(tmp_path)
    monkeypatch.setattr(
        whole_files.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(OSError, match="No space"):
        kept.keep("k", RESULT)
    assert kept.find("k") is None


def test_every_ingredient_changes_the_key(parsed_release, small_release, monkeypatch):
    from mlcourse.grading.released import Release

    usual = (HandedIn.of(b"submission"), parsed_release, b"seed", SandboxLimits(), True, {})
    other = Release(small_release | {"cells": small_release["cells"][:1]})
    changed = [HandedIn.of(b"another"), other, b"other seed", SandboxLimits(cell=1.0), False, {"a": ("x",)}]
    keys = {key(*usual), key(HandedIn.of(None), *usual[1:])}
    keys |= {key(*usual[:i], value, *usual[i + 1 :]) for i, value in enumerate(changed)}
    monkeypatch.setattr(journal, "course_version", lambda: "another version")
    keys.add(key(*usual))
    assert len(keys) == 2 + len(changed) + 1


def test_the_order_in_which_solutions_were_read_does_not_change_the_key(parsed_release):
    usual = (HandedIn.of(b"submission"), parsed_release, b"seed", SandboxLimits(), True)
    solutions = {"a": ("x",), "b": ("y",)}
    assert key(*usual, solutions) == key(*usual, dict(reversed(solutions.items())))
