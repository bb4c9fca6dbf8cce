"""What the learner's variables held, and in which line they got it, while their function ran.

The function is run once more for this, on inputs that it had already, and only if its answer was wrong: so a
right answer costs nothing, and a function sees nothing that it has not seen before. Its own code is not
changed; `sys.settrace` looks at its variables after each line. Where there is a debugger, or the second run
gives another answer than the first, nothing is said.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case
from mlcourse.feedback.answers import Answer
from mlcourse.feedback.ended_early import loop_around
from mlcourse.feedback.identical import identical
from mlcourse.feedback.plain import PlainError
from mlcourse.feedback.run import answer, compute
from mlcourse.feedback.traces import is_learners, source_line

MOST_LINES = 4000
MOST_MOMENTS = 300
MOST_OF_A_LINE = 12
"""Values that a variable gets in one line, over and over: these are kept, and the last one."""
MOST_ENTRIES = 2000
"""Entries of an array; what is larger is not kept."""

_LONGEST_LINE = 80

_LIBRARY = str(Path(os.__file__).parent)
_OTHERS = {"numpy", "torch", "mlcourse"}


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
        Qualified name of the function, where it is a helper or a method.
    loop : int
        Line of the loop that it ended in the first turn of, with this `return`; 0 if it is no such.
    """

    name: str
    value: np.ndarray
    line: int
    text: str
    returned: bool = False
    function: str = ""
    loop: int = 0


def watch(
    drive: str, function: Callable[..., Any], case: Case, first: Answer, seconds: float
) -> list[Moment]:
    """Run the learner's function again, see `mlcourse.feedback.run.answer`, and note what its variables hold.

    Moments come in the order of time; `UNSTEADY` alone where it gave something else than the `first` time.
    """
    if first.failure and first.failure.kind in ("TimeLimit", "OutputLimit", "InputAsked"):
        return []
    if sys.gettrace() is not None and not _is_coverage():
        return []
    again, moments = _traced(lambda: answer(drive, function, case, seconds), function)
    if not identical(first.returned, again.returned) or (first.failure is None) != (again.failure is None):
        return [UNSTEADY]
    return moments


def watch_reference(drive: str, function: Callable[..., Any], case: Case) -> list[Moment]:
    """What the variables of a reference hold, which needs no guard; empty where there is a debugger."""
    if sys.gettrace() is not None and not _is_coverage():
        return []
    return _traced(lambda: compute(drive, function, case), function)[1]


def _traced(run: Callable[[], Answer], function: Callable[..., Any]) -> tuple[Answer, list[Moment]]:
    recorder, before = _Recorder(), sys.gettrace()
    if isinstance(function, type):  # what it goes on from was written, and checked, elsewhere
        codes = (getattr(item, "__code__", None) for item in vars(function).values())
        recorder.files = {code.co_filename for code in codes if type(code) is CodeType}
    sys.settrace(recorder.called)
    try:
        return run(), recorder.moments
    finally:
        sys.settrace(before)


UNSTEADY = Moment("", np.zeros(()), 0, "")
"""Stands alone, with a line 0 that no code has: the same inputs gave something else the second time."""


def is_unsteady(moments: Sequence[Moment]) -> bool:
    """Whether a function gave two answers to the same inputs."""
    return any(moment.line == 0 for moment in moments)


def _is_coverage() -> bool:
    return type(sys.gettrace()).__module__.startswith("coverage")


class _Recorder:
    """Trace function of `sys.settrace`: compares the variables of a frame after each of its lines."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.of_a_line: Counter[tuple[str, str, int]] = Counter()
        self.latest: dict[tuple[str, str, int], Moment] = {}
        self.objects: dict[int, Any] = {}
        self.files: set[str] = set()
        self.lines = self.depth = 0

    def called(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Answer the call of a function: watch it if it is the learner's."""
        file = frame.f_code.co_filename
        if not is_learners(frame) or self.full or file.startswith(_LIBRARY):
            return None
        if self.files and file not in self.files:
            return None
        return _Watcher(self, frame).event

    @property
    def full(self) -> bool:
        return self.lines >= MOST_LINES or len(self.moments) >= MOST_MOMENTS

    def keep(self, moment: Moment) -> None:
        """Add a moment; of the many that a loop makes in one line, the first ones and the last."""
        place = (moment.function, moment.name, moment.line)
        self.of_a_line[place] += 1
        if self.of_a_line[place] > MOST_OF_A_LINE and not moment.returned:
            if place in self.latest:
                self.moments.remove(self.latest[place])
            self.latest[place] = moment
        if len(self.moments) < 2 * MOST_MOMENTS:
            self.moments.append(moment)


class _Watcher:
    """One call of one function of the learner's."""

    def __init__(self, recorder: _Recorder, frame: FrameType) -> None:
        self.recorder, self.line, self.before = recorder, frame.f_lineno, frame.f_lineno
        self.outermost = recorder.depth == 0
        recorder.depth += 1
        variables = frame.f_locals
        self.held: dict[str, Any] = {name: _print_of(value) for name, value in _values(variables)}
        self.owners: dict[str, Any] = {}
        self.now_another(variables)

    def event(self, frame: FrameType, event: str, argument: Any) -> Any:
        try:
            self.recorder.lines += 1
            if not self.recorder.full:
                self.compare(frame)
            if event == "return" and (self.outermost or not self.recorder.full):
                self.returned(frame, argument)
        except Exception:
            return None
        if event == "return":
            self.recorder.depth -= 1
        self.before, self.line = self.line, frame.f_lineno
        return self.event

    def compare(self, frame: FrameType) -> None:
        variables = frame.f_locals
        another, now = self.now_another(variables), set()
        for name, value in _values(variables):
            now.add(name)
            seen = _print_of(value)
            if self.held.get(name) != seen:
                self.held[name] = seen
                if name.partition(".")[0] not in another:
                    self.keep(frame, name, value, self.line)
        for name in [name for name in self.held if name not in now]:  # now a whole number, or gone
            del self.held[name]
            if type(variables.get(name)) is int:
                self.keep(frame, name, variables[name], self.line)

    def now_another(self, variables: dict[str, Any]) -> set[str]:
        """Variables that are given an object which was there before: its numbers are not computed then."""
        found, known = set(), self.recorder.objects
        for name, value in list(variables.items()):
            if _is_their_own(type(value)) and self.owners.get(name) is not value:
                self.owners[name] = value
                if id(value) in known:
                    found.add(name)
                elif len(known) < MOST_MOMENTS:
                    known[id(value)] = value
        return found

    def returned(self, frame: FrameType, value: Any) -> None:
        if type(value) is str and self.outermost:
            value = text_as_array(value)
        line = frame.f_lineno
        if source_line(frame.f_code.co_filename, line).startswith("with "):
            line = self.before  # Python comes back to the with, after the return inside it
        for name, item in _values({"": value}, (int, bool) if self.outermost else ()):
            self.keep(frame, name, item, line, self.outermost)
        loop = loop_around(frame)
        if loop:
            self.keep(frame, "", np.zeros(0), line, loop=loop)

    def keep(
        self, frame: FrameType, name: str, value: Any, line: int, returned: bool = False, loop: int = 0
    ) -> None:
        text = source_line(frame.f_code.co_filename, line)
        text = text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 4]} ..."
        helper = "" if self.outermost else frame.f_code.co_qualname[-60:]
        self.recorder.keep(Moment(name, np.array(value), line, text, returned, helper, loop))


def _values(variables: dict[str, Any], more: tuple[type, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Arrays and numbers among variables, in their dicts and lists, and on objects; of `more` types too."""
    for name, value in list(variables.items()):
        kind = type(value)
        if kind is np.ndarray:
            if value.size <= MOST_ENTRIES and value.dtype.kind in "fiub":
                yield name, value
        elif kind is float or kind in more or isinstance(value, np.floating):
            if np.asarray(value).dtype.kind in "fiub":
                yield name, value
        elif kind is dict:
            items = [(key, item) for key, item in list(value.items())[:60] if type(key) in (str, int)]
            entries = {f'{name}["{k}"]' if type(k) is str else f"{name}[{k}]": item for k, item in items}
            plain = {k: v for k, v in entries.items() if type(v) not in (dict, list, tuple)}
            yield from _values(plain, more)
        elif kind in (list, tuple):
            found = {f"{name}[{index}]": item for index, item in enumerate(value[:60])}
            flat = {key: item for key, item in found.items() if type(item) not in (list, tuple)}
            yield from _values(flat, more)
        elif name.isidentifier() and _is_their_own(kind):
            inside = getattr(value, "__dict__", {})
            if type(inside) is dict:
                found = {f"{name}.{key}": item for key, item in list(inside.items())[:60]}
                yield from _values({k: v for k, v in found.items() if type(v) in (np.ndarray, float, dict)})


def _is_their_own(kind: type) -> bool:
    """Whether a class is the learner's: neither Python's nor a library's nor the course's."""
    module = kind.__module__.partition(".")[0]
    return module not in _OTHERS and module not in sys.stdlib_module_names


def text_as_array(text: str) -> np.ndarray:
    """A text among values that are arrays: the numbers of its letters."""
    return np.frombuffer(text[:200].encode(), np.uint8)


def _print_of(value: Any) -> Any:
    array = np.asarray(value)
    return id(value) if type(value) is np.ndarray else None, array.shape, array.tobytes()


def moments_to_plain(moments: list[Moment]) -> list[Any]:
    """As plain data, for the way out of a sandbox."""
    return [(m.name, m.value, m.line, m.text, m.returned, m.function, m.loop) for m in moments]


def moments_from_plain(data: Any) -> list[Moment]:
    """Read what came from a sandbox, already through `decode`.

    Raises
    ------
    PlainError
        If it is something else.
    """
    if type(data) not in (list, tuple) or len(data) > 2 * MOST_MOMENTS:
        raise PlainError("not what variables held")
    found = []
    for item in data:
        match item:
            case (str(name), np.ndarray() as value, int(line), str(text), bool(out), str(helper), int(loop)):
                found.append(Moment(name[:60], value, line, text[:300], out, helper[:60], loop))
            case _:
                raise PlainError("not what variables held")
    return found
