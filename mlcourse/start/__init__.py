"""A learner's own folder of lessons: made from the installed package, brought up to date, no answer lost."""

from mlcourse.start.folder import Change, LearnersFolder
from mlcourse.start.merge import merged

__all__ = ["Change", "LearnersFolder", "merged"]
