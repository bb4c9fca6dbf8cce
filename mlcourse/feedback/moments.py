"""What the learner's variables held, and in which line they got it, while their function ran.

The function is run once more for this, on inputs that it had already, and only if its answer was wrong: so a
right answer costs nothing, and a function sees nothing that it has not seen before. Its own code is not
changed; `sys.settrace` looks at its variables after each line. Where there is a debugger, or the second run
gives another answer than the first, nothing is said.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case
from mlcourse.feedback.answers import Answer
from mlcourse.feedback.plain import PlainError, identical
from mlcourse.feedback.run import answer
from mlcourse.feedback.traces import is_learners, source_line

MOST_LINES = 4000
MOST_MOMENTS = 300
MOST_ENTRIES = 2000
"""Entries of an array; what is larger is not kept."""

_LONGEST_LINE = 80

_LIBRARY = str(Path(os.__file__).parent)


@dataclass(frozen=True, eq=False)
class Moment:
    """A value that a variable got.

    Attributes
    ----------
    name : str
        The variable, ``grads["dW2"]`` or ``self.dW``; empty for what a helper returns.
    value : ndarray
        A copy of what it held then.
    line : int
        Number of the line, in its file or its cell.
    text : str
        The line.
    returned : bool
        Whether it is part of what the function itself returned.
    function : str
        Name of the function, where it is a helper.
    """

    name: str
    value: np.ndarray
    line: int
    text: str
    returned: bool = False
    function: str = ""


def watch(
    drive: str, function: Callable[..., Any], case: Case, first: Answer, seconds: float
) -> list[Moment]:
    """Run the learner's function again on a case, and note what its variables hold.

    Parameters
    ----------
    drive, function, case, seconds
        As for `mlcourse.feedback.run.answer`.
    first : Answer
        What it gave the first time.

    Returns
    -------
    list of Moment
        In the order of time; empty where it gave something else this time.
    """
    if first.failure and first.failure.kind in ("TimeLimit", "OutputLimit", "InputAsked"):
        return []
    if sys.gettrace() is not None and not _is_coverage():
        return []
    recorder, before = _Recorder(), sys.gettrace()
    sys.settrace(recorder.called)
    try:
        again = answer(drive, function, case, seconds)
    finally:
        sys.settrace(before)
    if not identical(first.returned, again.returned) or (first.failure is None) != (again.failure is None):
        return []
    return recorder.moments


def _is_coverage() -> bool:
    return type(sys.gettrace()).__module__.startswith("coverage")


class _Recorder:
    """Trace function of `sys.settrace`: compares the variables of a frame after each of its lines."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.lines = 0
        self.depth = 0

    def called(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Answer the call of a function: watch it if it is the learner's."""
        if self.full or frame.f_code.co_filename.startswith(_LIBRARY) or not is_learners(frame):
            return None
        return _Watcher(self, frame).event

    @property
    def full(self) -> bool:
        return self.lines >= MOST_LINES or len(self.moments) >= MOST_MOMENTS


class _Watcher:
    """One call of one function of the learner's."""

    def __init__(self, recorder: _Recorder, frame: FrameType) -> None:
        self.recorder, self.line = recorder, frame.f_lineno
        self.outermost = recorder.depth == 0
        recorder.depth += 1
        self.held: dict[str, Any] = {name: _print_of(value) for name, value in _values(frame.f_locals)}

    def event(self, frame: FrameType, event: str, argument: Any) -> Any:
        try:
            self.recorder.lines += 1
            if not self.recorder.full:
                self.compare(frame)
                if event == "return":
                    self.returned(frame, argument)
        except Exception:
            return None
        if event == "return":
            self.recorder.depth -= 1
        self.line = frame.f_lineno
        return self.event

    def compare(self, frame: FrameType) -> None:
        for name, value in _values(frame.f_locals):
            seen = _print_of(value)
            if self.held.get(name) != seen:
                self.held[name] = seen
                self.keep(frame, name, value, self.line)

    def returned(self, frame: FrameType, value: Any) -> None:
        for name, item in _values({"": value}):
            self.keep(frame, name, item, frame.f_lineno, self.outermost)

    def keep(self, frame: FrameType, name: str, value: Any, line: int, returned: bool = False) -> None:
        text = source_line(frame.f_code.co_filename, line)
        text = text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 4]} ..."
        helper = "" if self.outermost else frame.f_code.co_name
        self.recorder.moments.append(Moment(name, np.array(value), line, text, returned, helper))


def _values(variables: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Arrays and numbers among variables, in their dicts and lists, and on self."""
    for name, value in list(variables.items()):
        kind = type(value)
        if kind is np.ndarray or kind is float or isinstance(value, np.floating):
            if np.size(value) <= MOST_ENTRIES and np.asarray(value).dtype.kind in "fiub":
                yield name, value
        elif kind is dict:
            items = [(key, item) for key, item in list(value.items())[:60] if type(key) in (str, int)]
            entries = {f'{name}["{k}"]' if type(k) is str else f"{name}[{k}]": item for k, item in items}
            yield from _values({k: v for k, v in entries.items() if type(v) not in (dict, list, tuple)})
        elif kind in (list, tuple):
            found = {f"{name}[{index}]": item for index, item in enumerate(value[:60])}
            yield from _values({key: item for key, item in found.items() if type(item) not in (list, tuple)})
        elif name == "self":
            inside = getattr(value, "__dict__", {})
            if type(inside) is dict:
                found = {f"self.{key}": item for key, item in list(inside.items())[:60]}
                yield from _values({k: v for k, v in found.items() if type(v) in (np.ndarray, float)})


def _print_of(value: Any) -> Any:
    array = np.asarray(value)
    return id(value) if type(value) is np.ndarray else None, array.shape, array.tobytes()


def moments_to_plain(moments: list[Moment]) -> list[Any]:
    """As plain data, for the way out of a sandbox."""
    return [(m.name, m.value, m.line, m.text, m.returned, m.function) for m in moments]


def moments_from_plain(data: Any) -> list[Moment]:
    """Read what came from a sandbox, already through `decode`.

    Raises
    ------
    PlainError
        If it is something else.
    """
    if type(data) not in (list, tuple) or len(data) > MOST_MOMENTS:
        raise PlainError("not what variables held")
    found = []
    for item in data:
        match item:
            case (str(name), np.ndarray() as value, int(line), str(text), bool(returned), str(function)):
                found.append(Moment(name[:60], value, line, text[:300], returned, function[:60]))
            case _:
                raise PlainError("not what variables held")
    return found
