"""What the learner's variables held, and in which line they got it, while their function ran.

The function is run once more for this, on inputs that it had already, and only if its answer was wrong: so a
right answer costs nothing, and a function sees nothing that it has not seen before. Its own code is not
changed; `sys.settrace` looks at its variables after each line. Where there is a debugger, or the second run
gives another answer than the first, nothing is said.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case
from mlcourse.feedback.answers import Answer
from mlcourse.feedback.ended_early import loop_around
from mlcourse.feedback.holdings import is_their_own, print_of, text_as_array, values_in
from mlcourse.feedback.identical import identical
from mlcourse.feedback.plain import PlainError
from mlcourse.feedback.run import answer, compute, is_interrupted
from mlcourse.feedback.traces import MOST_OF_A_STATEMENT, is_learners, source_line, statement_at

_STOPPED = ("TimeLimit", "OutputLimit", "InputAsked", "KeyboardInterrupt")
MOST_LINES = 4000
MOST_MOMENTS = 300
MOST_OF_A_LINE = 12
"""Values that a variable gets in one line, over and over: these are kept, and the last one."""

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
        Qualified name of the function, where it is a helper or a method.
    loop : int
        Line of the loop that it ended in the first turn of, with this `return`; 0 if it is no such.
    statement : str
        What the line does, whole and alone: of several statements in a line that which sets this variable.
    call, into : int
        Number of the call that it belongs to; and of that which it was handed to as an argument, of the name
        given: its line is that of the call. 0 where it was not handed on.
    """

    name: str
    value: np.ndarray
    line: int
    text: str
    returned: bool = False
    function: str = ""
    loop: int = 0
    statement: str = ""
    call: int = 0
    into: int = 0


def watch(
    drive: str, function: Callable[..., Any], case: Case, first: Answer, seconds: float
) -> list[Moment]:
    """Run the learner's function again, see `mlcourse.feedback.run.answer`, and note what its variables hold.

    Moments come in the order of time; `UNSTEADY` alone where it gave something else than the `first` time.
    """
    if first.failure and first.failure.kind in _STOPPED:
        return []
    if sys.gettrace() is not None and not _is_coverage():
        return []
    again, moments = _traced(lambda: answer(drive, function, case, seconds), function)
    if is_interrupted(again):
        raise KeyboardInterrupt
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
        self.lines = self.calls = self.arguments = 0
        self.open: list[_Watcher] = []
        self.sources: dict[tuple[str, int, str], tuple[str, str]] = {}

    def called(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Answer the call of a function: watch it if it is the learner's."""
        file = frame.f_code.co_filename
        if not is_learners(frame) or self.full or file.startswith(_LIBRARY):
            return None
        if self.files and file not in self.files:
            return None
        try:
            return _Watcher(self, frame).event
        except Exception:  # of ours it must not reach the learner's code
            return None

    @property
    def full(self) -> bool:
        return self.lines >= MOST_LINES or len(self.moments) - self.arguments >= MOST_MOMENTS

    def keep(self, moment: Moment) -> None:
        """Add a moment; of the many that a loop makes in one line, the first ones and the last."""
        place = (moment.function, f"{moment.name} handed on" if moment.into else moment.name, moment.line)
        self.of_a_line[place] += 1
        if self.of_a_line[place] > MOST_OF_A_LINE and not moment.returned:
            if place in self.latest:
                self.moments.remove(self.latest[place])
                self.arguments -= bool(moment.into)
            self.latest[place] = moment
        if len(self.moments) < 2 * MOST_MOMENTS:
            self.moments.append(moment)
            self.arguments += bool(moment.into)


class _Watcher:
    """One call of one function of the learner's."""

    def __init__(self, recorder: _Recorder, frame: FrameType) -> None:
        self.recorder, self.frame = recorder, frame
        self.line, self.before = frame.f_lineno, frame.f_lineno
        recorder.calls += 1
        self.number, self.caller = recorder.calls, recorder.open[-1] if recorder.open else None
        self.outermost = self.caller is None
        recorder.open.append(self)
        variables = frame.f_locals
        self.held: dict[str, Any] = {name: print_of(value) for name, value in values_in(variables)}
        self.owners: dict[str, Any] = {}
        self.now_another(variables)
        if self.caller and frame.f_back is self.caller.frame and not recorder.full:
            functions = [(name, np.zeros(0)) for name, value in variables.items() if callable(value)]
            for name, value in [*values_in(variables), *functions]:
                if name[:1].isalpha() and "." not in name:  # an object's own was there before
                    self.caller.keep(frame.f_back, name, value, frame.f_back.f_lineno, into=self.number)

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
            self.recorder.open.remove(self)
        self.before, self.line = self.line, frame.f_lineno
        return self.event

    def compare(self, frame: FrameType) -> None:
        variables = frame.f_locals
        another, now = self.now_another(variables), set()
        for name, value in values_in(variables):
            now.add(name)
            seen = print_of(value)
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
            if is_their_own(type(value)) and self.owners.get(name) is not value:
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
        for name, item in values_in({"": value}, (int, bool) if self.outermost else ()):
            self.keep(frame, name, item, line, self.outermost)
        loop = loop_around(frame)
        if loop:
            self.keep(frame, "", np.zeros(0), line, loop=loop)

    def keep(
        self,
        frame: FrameType,
        name: str,
        value: Any,
        line: int,
        out: bool = False,
        loop: int = 0,
        into: int = 0,
    ) -> None:
        file = frame.f_code.co_filename
        place = file, line, "" if into else name
        if place not in self.recorder.sources:
            self.recorder.sources[place] = source_line(file, line), statement_at(*place)
        text, does = self.recorder.sources[place]
        text = text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 4]} ..."
        helper = "" if self.outermost else frame.f_code.co_qualname[-60:]
        held = np.array(value)
        self.recorder.keep(Moment(name, held, line, text, out, helper, loop, does, self.number, into))


def moments_to_plain(moments: list[Moment]) -> list[Any]:
    """As plain data, for the way out of a sandbox."""
    names = [field.name for field in fields(Moment)]
    return [tuple(getattr(moment, name) for name in names) for moment in moments]


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
    kinds = (str, np.ndarray, int, str, bool, str, int, str, int, int)
    for item in data:
        if type(item) not in (list, tuple) or tuple(map(type, item)) != kinds:
            raise PlainError("not what variables held")
        name, value, line, text, out, helper, loop, does, *calls = item
        words = text[:300], out, helper[:60], loop, does[:MOST_OF_A_STATEMENT]
        found.append(Moment(name[:60], value, line, *words, *calls))
    return found
