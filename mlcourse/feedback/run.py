"""Call the learner's function with one case and come back, whatever it does.

`compute` is for code we trust (references, known mistakes); `answer` puts a guard around it for the
learner's: no output of theirs reaches stderr (nbgrader scores any stderr as zero), no prompt waits, no
setting of theirs stays.
"""

import builtins
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import FrameType
from typing import Any, NoReturn

import numpy as np

from mlcourse.exercises import drives
from mlcourse.exercises.base import Case
from mlcourse.feedback.answers import Answer, Failure
from mlcourse.feedback.float_warnings import overflows_seen
from mlcourse.feedback.identical import identical
from mlcourse.feedback.plain import copied, to_plain
from mlcourse.feedback.traces import locate, source_line

MAX_LINES = 3_000_000
"""Lines that one call may print before it is stopped: a print in the innermost loop is no mistake."""
MAX_PRINTED = 300_000_000
_KEPT = 4_000
_PATIENCE = 2.0
"""By how much a call may take longer than its processor time, on a machine that has other work to do."""

_ERROR_STATE: dict[str, Any] = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
_IGNORED = (
    DeprecationWarning,
    PendingDeprecationWarning,
    FutureWarning,
    SyntaxWarning,
    ImportWarning,
    ResourceWarning,
)


class TimeLimit(BaseException):
    """The call took too long."""


class OutputLimit(BaseException):
    """The call printed too much."""


class InputAsked(Exception):
    """The call asked for input."""


def compute(drive: str, function: Callable[..., Any], case: Case) -> Answer:
    """Call a function with a copy of the case; exceptions and warnings become part of the answer.

    Parameters
    ----------
    drive : str
        Name of the function in `mlcourse.exercises.drives` that makes the call.
    function : callable
        The learner's function or class, the reference, or a known mistake.
    case : dict
        Plain data; not changed.
    """
    inputs = copied(case)
    returned, failure = None, None
    with warnings.catch_warnings(record=True) as caught, np.errstate(**_ERROR_STATE), overflows_seen():
        warnings.simplefilter("always")
        try:
            returned = to_plain(getattr(drives, drive)(function, inputs))
        except BaseException as error:
            _disarm()  # their code is over; what looks at the failure must not be struck
            if isinstance(error, KeyboardInterrupt):  # somebody waits no longer
                raise
            failure = _failure(error, function)
        changed = np.geterr() != _ERROR_STATE
    after = None if identical(case, inputs) else to_plain(inputs)
    serious = [
        warning
        for warning in caught
        if not issubclass(warning.category, _IGNORED) and not _is_their_own(warning)
    ]
    texts = dict.fromkeys(str(warning.message)[:200] for warning in serious)
    line = source_line(serious[0].filename, serious[0].lineno) if serious else ""
    return Answer(returned, after, failure, tuple(texts)[:20], changed, line)


def _is_their_own(warning: warnings.WarningMessage) -> bool:
    """Whether it is a word of the learner's own; a comment with warn( in it makes none of what NumPy says."""
    if warning.category is UserWarning:
        return True
    calls = "warn(" in source_line(warning.filename, warning.lineno).partition("#")[0]
    return calls and " encountered in " not in str(warning.message)


def answer(drive: str, function: Callable[..., Any], case: Case, seconds: float = 5.0) -> Answer:
    """Call the learner's function, guarded, see `compute`.

    Parameters
    ----------
    drive, function, case
        As for `compute`.
    seconds : float
        Limit of processor time, and half of what may pass; kept only where there are signals and this is the
        main thread (not in Pyodide).
    """
    with _guard(seconds) as printed:
        try:
            result = compute(drive, function, case)
        except BaseException as error:  # the time limit may strike outside the try of `compute`
            result = Answer(failure=_failure(error, function))
        if printed.interrupted and not is_interrupted(result):  # their code caught it
            result = Answer(failure=Failure("KeyboardInterrupt"))
    return replace(result, printed=printed.kept)


def is_interrupted(answer: Answer) -> bool:
    """Whether somebody stopped the call, with Ctrl+C or the notebook's button."""
    return answer.failure is not None and answer.failure.kind == "KeyboardInterrupt"


def _failure(error: BaseException, function: Callable[..., Any]) -> Failure:
    try:
        message = str(error)[:500]
    except BaseException:
        message = ""
    return Failure(type(error).__name__[:80], message, *locate(error, function))


class _Printed:
    """Stands in for sys.stdout: keeps the beginning, counts the rest, stops what does not end."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self) -> None:
        self.kept, self.lines, self.length = "", 0, 0
        self.interrupted = False

    def write(self, text: str) -> int:
        if type(text) is not str:
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if len(self.kept) < _KEPT:
            self.kept += text[: _KEPT - len(self.kept)]
        self.lines += text.count("\n")
        self.length += len(text)
        if self.lines > MAX_LINES or self.length > MAX_PRINTED:
            raise OutputLimit(f"more than {MAX_LINES} lines")
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return False


class _Nowhere(_Printed):
    """Stands in for sys.stderr."""


def _no_input(*_: Any, **__: Any) -> str:
    raise InputAsked("there is nobody to answer while the function is checked")


@contextmanager
def _guard(seconds: float) -> Iterator[_Printed]:
    printed = _Printed()
    streams = sys.stdout, sys.stderr
    options, asked, limit = np.get_printoptions(), builtins.input, sys.getrecursionlimit()
    with _silent_descriptor(2), _no_exit_of_the_kernel():
        try:
            sys.stdout, sys.stderr = printed, _Nowhere()  # type: ignore[assignment]
            builtins.input = _no_input
            with _time_limit(seconds, printed):
                yield printed
        finally:
            sys.stdout, sys.stderr = streams
            builtins.input = asked
            np.set_printoptions(**options)
            sys.setrecursionlimit(limit)


@contextmanager
def _no_exit_of_the_kernel() -> Iterator[None]:
    """Make ``exit()`` and ``quit()``, which IPython has of its own, end the call instead of the kernel."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        yield
        return
    shell.ask_exit = sys.exit
    try:
        yield
    finally:
        del shell.ask_exit


@contextmanager
def _silent_descriptor(number: int) -> Iterator[None]:
    """Send a file descriptor to nowhere: for what C code, child processes or `os.write` say."""
    try:
        saved = os.dup(number)
    except OSError:  # closed, or a platform without
        yield
        return
    try:
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)
        yield
    finally:
        os.dup2(saved, number)
        os.close(saved)


def _disarm() -> None:
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _time_limit(seconds: float, printed: _Printed) -> Iterator[None]:
    """Strike when the time is over or somebody interrupts; and again, for code that catches everything."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    used, begun = time.process_time(), time.monotonic()

    def strike(number: int, frame: FrameType | None) -> None:
        if printed.interrupted:
            _stop(frame, KeyboardInterrupt())
        waited = time.monotonic() - begun
        if time.process_time() - used >= 0.9 * seconds or waited >= _PATIENCE * seconds:
            _stop(frame, TimeLimit(f"more than {seconds:g} seconds"))

    def interrupt(number: int, frame: FrameType | None) -> None:
        printed.interrupted = True
        signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)
        _stop(frame, KeyboardInterrupt())

    tracing = sys.gettrace()
    previous = signal.signal(signal.SIGALRM, strike)
    asked = signal.getsignal(signal.SIGINT)
    if asked is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        if asked is signal.default_int_handler:
            signal.signal(signal.SIGINT, asked)
        if sys.gettrace() is not tracing:
            sys.settrace(tracing)


def _stop(frame: FrameType | None, error: BaseException) -> NoReturn:
    """Raise here, and in the next line too: that is in the `except` of code that catches everything."""

    def again(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            raise error
        return again

    if sys.gettrace() is None:
        sys.settrace(lambda *_: None)
    while frame is not None and frame.f_code.co_filename != __file__:
        frame.f_trace, frame = again, frame.f_back
    raise error
