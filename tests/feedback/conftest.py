"""Shared by the tests of the feedback."""

from itertools import count

import pytest

from mlcourse.feedback import checking

_numbers = count()


@pytest.fixture(autouse=True)
def a_new_session(monkeypatch, tmp_path_factory):
    """No attempts made so far, and progress kept in a folder of the test, which is made when it is needed."""
    folder = tmp_path_factory.getbasetemp() / f"session-{next(_numbers)}"
    monkeypatch.setenv("MLCOURSE_PROGRESS", str(folder / "progress.json"))
    monkeypatch.setattr(checking, "_wrong_attempts", type(checking._wrong_attempts)())
