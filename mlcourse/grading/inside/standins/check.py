"""``check``, ``ask`` and ``progress`` as a submission finds them: they say nothing and score nothing.

The judge asks the functions themselves, later and from outside.
"""

from typing import Any


class Unscored(float):
    """Stands for the score that `check` returns to a learner."""

    points = max_points = 0.0

    def __repr__(self) -> str:
        return "checked by the grader"


def check(exercise_id: str, *functions: Any) -> Unscored:
    """Do nothing."""
    return Unscored(0.0)


def ask(*_: Any, **__: Any) -> None:
    """Do nothing."""


def progress(*_: Any, **__: Any) -> None:
    """Do nothing."""
