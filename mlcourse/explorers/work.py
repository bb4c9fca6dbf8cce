"""Work that takes long, and pictures that play: both go on between the kernel's other messages.

A kernel does one thing at a time. What runs longer than a moment is therefore done in slices on the
kernel's own event loop (a thread would not run in Pyodide), and a press of Stop is read between two of
them.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Generator
from time import perf_counter
from typing import Any

thread_time = getattr(time, "thread_time", time.process_time)
"""Processor time of this thread; WebAssembly has one thread, and no such clock."""
SLICE = 0.04
"""Seconds of work between two looks at the kernel's other messages."""
PAUSE = 0.004
"""Seconds left to them."""
Steps = Generator[float, bool | None, Any]
"""Yields the fraction done; sent True, it returns what it has; its return value is the result."""


def finish(result: Any) -> Any:
    """Do the whole of a long computation at once; anything else is its own result."""
    if not isinstance(result, Generator):
        return result
    try:
        while True:
            next(result)
    except StopIteration as end:
        return end.value


class Remembered:
    """A function that takes long and remembers its last answers, and can be asked whether it knows one.

    Parameters
    ----------
    function : callable
        Its arguments must be hashable.
    size : int
        Answers remembered.
    """

    def __init__(self, function: Callable[..., Any], size: int) -> None:
        self._function, self._size = function, size
        self._answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()

    def __call__(self, *arguments: Any) -> Any:
        """The function's value, computed where it is not remembered."""
        if arguments not in self._answers:
            self._answers[arguments] = self._function(*arguments)
            if len(self._answers) > self._size:
                self._answers.popitem(last=False)
        self._answers.move_to_end(arguments)
        return self._answers[arguments]

    def knows(self, *arguments: Any) -> bool:
        """Whether the value is remembered."""
        return arguments in self._answers

    def forget(self) -> None:
        """Remember nothing."""
        self._answers.clear()


def remembered(size: int) -> Callable[[Callable[..., Any]], Remembered]:
    """Make a function that takes long a `Remembered` one."""
    return lambda function: Remembered(function, size)


class Work:
    """A long computation under way.

    Parameters
    ----------
    steps : generator
        The computation; see `Steps`.
    progress : callable
        Told the fraction done after each slice.
    done : callable
        Told the result, also that of a computation stopped half-way; not called after `drop`.
    """

    def __init__(self, steps: Steps, progress: Callable[[float], None], done: Callable[[Any], None]) -> None:
        self._steps = steps
        self._progress = progress
        self._done = done
        self._stopping = False
        self._dropped = False

    def start(self) -> None:
        """Do a first slice, and the rest on the event loop; all of it at once where no loop is running."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._done(finish(self._steps))
            return
        if not self._slice():
            # The loop itself keeps only a weak reference to its tasks.
            self._task = loop.create_task(self._go_on())

    def stop(self) -> None:
        """End at the next slice with the result so far."""
        self._stopping = True

    def drop(self) -> None:
        """End without a result: it is no longer wanted."""
        self._dropped = True

    async def _go_on(self) -> None:
        while not self._dropped:
            await asyncio.sleep(PAUSE)
            if self._dropped or self._slice():
                return

    def _slice(self) -> bool:
        """Work for a moment; tell whether that was the end."""
        until = perf_counter() + SLICE
        fraction = 0.0
        try:
            while perf_counter() < until:
                fraction = self._steps.send(True) if self._stopping else next(self._steps)
        except StopIteration as end:
            self._done(end.value)
            return True
        self._progress(fraction)
        return False


def kernel_shell() -> Any:
    """IPython's shell where it belongs to a kernel, which may have a page to talk to; else None."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    shell = get_ipython()
    return shell if getattr(shell, "kernel", None) is not None else None


def kernel_loop() -> asyncio.AbstractEventLoop | None:
    """The loop of the kernel's main thread, which runs the cells; else the one that is running, if any."""
    io_loop = getattr(getattr(kernel_shell(), "kernel", None), "io_loop", None)
    loop = getattr(io_loop, "asyncio_loop", None)
    if loop is not None:
        return loop
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class Ticker:
    """Calls a function again and again, until it returns False or is told to stop.

    Parameters
    ----------
    seconds : float
        Between two calls.
    tick : callable
        Returns False to end.
    """

    def __init__(self, seconds: float, tick: Callable[[], bool]) -> None:
        self.running = False
        self._seconds = seconds
        self._tick = tick

    def start(self) -> None:
        """Start, if it is not running and there is an event loop."""
        if self.running:
            return
        loop = asyncio.get_running_loop()
        self.running = True
        self._task = loop.create_task(self._go_on())

    def stop(self) -> None:
        """End before the next call."""
        self.running = False

    async def _go_on(self) -> None:
        while self.running:
            self.running = self._tick()
            await asyncio.sleep(self._seconds)
