"""Shared by the tests of the feedback."""

import pytest

from mlcourse.feedback import checking


@pytest.fixture(autouse=True)
def a_new_session(monkeypatch, tmp_path):
    """No attempts made so far, and progress kept nowhere but in a folder of the test."""
    monkeypatch.setenv("MLCOURSE_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.setattr(checking, "_wrong_attempts", type(checking._wrong_attempts)())
