"""Whether a function of the learner's computes with complex numbers, seen from its variables."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from mlcourse.feedback.run import answer
from mlcourse.feedback.traces import is_learners

_MOST_LINES = 4000
"""Lines after which no further call is watched."""
_MOST_ITEMS = 20
_SECONDS = 1.0
"""For the call in which it is watched."""
_LIBRARY = str(Path(os.__file__).parent)


def computes_with_complex_numbers(drive: str, function: Callable[..., Any], case: dict[str, Any]) -> bool:
    """Call a function once more, and look at what its variables hold after each line.

    Parameters
    ----------
    drive, function, case
        As for `mlcourse.feedback.run.answer`.
    """
    if sys.gettrace() is not None:
        return False
    watcher = _Watcher()
    sys.settrace(watcher.called)
    try:
        answer(drive, function, case, _SECONDS)
    finally:
        sys.settrace(None)
    return watcher.found


class _Watcher:
    """Trace function of `sys.settrace`."""

    def __init__(self) -> None:
        self.found, self.lines = False, 0

    def called(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Answer the call of a function: watch it if it is the learner's."""
        if self.found or self.lines > _MOST_LINES or frame.f_code.co_filename.startswith(_LIBRARY):
            return None
        return self.event if is_learners(frame) else None

    def event(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Look at all variables of a frame."""
        self.lines += 1
        values = (argument,) if event == "return" else ()
        try:
            self.found |= any(_is_complex(each) for each in _inside([*frame.f_locals.values(), *values]))
        except Exception:  # of something that the learner has made
            return None
        return self.event


def _inside(values: Any) -> Iterator[Any]:
    """Values, those in a list or a dict, and those of an object of the learner's own."""
    for value in values:
        yield value
        if type(value) in (list, tuple):
            yield from value[:_MOST_ITEMS]
        elif type(value) is dict:
            yield from list(value.values())[:_MOST_ITEMS]
        elif type(getattr(value, "__dict__", None)) is dict and not callable(value):
            yield from list(vars(value).values())[:_MOST_ITEMS]


def _is_complex(value: Any) -> bool:
    return type(value) is complex or (isinstance(value, np.ndarray | np.generic) and value.dtype.kind == "c")
