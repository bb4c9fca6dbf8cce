"""Explorers as a submission finds them: they draw nothing, because nobody moves their controls here.

What a class's grading costs is mostly drawing; the lesson's own pictures are in the lesson.
"""

from typing import Any


class Explorer:
    """Takes whatever an explorer takes."""

    summary = ""
    figure = None

    def __init__(self, *_: Any, **__: Any) -> None:
        self.controls: dict[str, Any] = {}

    def set(self, **_: Any) -> "Explorer":
        """Change nothing."""
        return self

    def reset(self) -> "Explorer":
        """Change nothing."""
        return self

    def __repr__(self) -> str:
        return "(an explorer, see the lesson)"


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return Explorer
