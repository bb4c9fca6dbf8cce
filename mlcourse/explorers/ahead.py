"""Pictures ahead: while nobody waits, the kernel draws what the next movements of the controls would show.

A kernel does one thing at a time, so this is done in pieces on its own event loop: the next neighbours of
the control that was moved last come first, in the direction of that movement. Everything else goes before it:
a message that arrives waits for the end of a piece at most. It ends by itself some seconds after the last
movement, sleeps while the card is out of sight, and does not begin before a page has been heard.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.settings import Setting
from mlcourse.explorers.work import kernel_loop, kernel_shell, thread_time

if TYPE_CHECKING:
    from mlcourse.explorers.card import Frame

SECONDS = 8.0
"""Of idle work after the last movement."""
REST = 0.02
"""Seconds without a message before it begins."""
PAUSE = 0.004
"""Seconds left to the kernel's other messages between two pieces."""
BATCH = 4
"""Pictures in a message: each message takes the page some milliseconds."""
WINDOW = 2
"""Messages on their way: a slow network is never full of pictures that nobody has asked for."""
STORE = 16_000_000
"""Bytes of pictures on the page. What stands still in them comes on top: 25 kB for each background."""
LONG = 0.1
"""Seconds to compute after which the steps of a control are not drawn ahead any more."""


State = tuple[str, dict[str, Any]]
"""The setting that differs from the present state, and the value of each."""


def neighbours(setting: Setting, value: Any, direction: int) -> Iterator[Any]:
    """The other values of a setting, the nearest first: two onwards, then one back, and so on."""
    place = setting.place(value)
    here = round(place)
    ends = (setting.last, 0) if direction > 0 else (0, setting.last)
    onwards = list(range(here + direction, ends[0] + direction, direction))
    back = list(range(here - direction, ends[1] - direction, -direction))
    if abs(place - here) > 1e-6:
        back.insert(0, here)  # a slider that began between two notches
    while onwards or back:
        yield from map(setting.at, chain(onwards[:2], back[:1]))
        del onwards[:2], back[:1]


def plan(
    settings: Mapping[str, Setting], values: Mapping[str, Any], last: str | None = None, direction: int = 1
) -> Iterator[State]:
    """States in the order in which they are likely to be asked for, each with the setting that differs.

    Parameters
    ----------
    settings : mapping of str to setting
        What can be moved.
    values : mapping of str to value
        Where all of them stand.
    last : str, optional
        The one that was moved last.
    direction : int
        Where to: 1 or -1.
    """
    lines = {
        name: list(neighbours(setting, values[name], direction if name == last else 1))
        for name, setting in settings.items()
    }
    first = [last] if last is not None else []
    others = [name for name in settings if name != last]
    parts = chain(
        ((name, lines[name]) for name in first),
        ((name, lines[name][:3]) for name in others),
        ((name, lines[name][3:]) for name in others),
    )
    for name, line in parts:
        for value in line:
            yield name, {**values, name: value}


class Ahead:
    """The pictures of one explorer that its pages have, and those still to be drawn.

    Parameters
    ----------
    draw : callable
        ``draw(values)``: computes and draws a state in pieces, a generator that yields first when all is
        computed, and returns a `Frame`, or None where there is none.
    send : callable
        ``send(frames, drop)``: sends pictures to the pages, which forget those with the keys in `drop`.
    key : callable
        ``key(values)``: the name of a state.
    free : callable
        Takes the figure and returns a function that gives it back; returns None where somebody else is at
        work on it.
    """

    def __init__(
        self,
        draw: Callable[[Mapping[str, Any]], Generator[None, None, Any]],
        send: Callable[[Sequence["Frame"], Sequence[str]], None],
        key: Callable[[Mapping[str, Any]], str],
        free: Callable[[], Callable[[], None] | None],
    ) -> None:
        self._draw, self._send, self._key, self._free = draw, send, key, free
        self._sent: OrderedDict[str, int] = OrderedDict()
        self._states: Iterator[State] = iter(())
        self._pieces: Generator[None, None, Any] | None = None
        self._name = ""
        self._long: set[str] = set()
        self._batch: list[Frame] = []
        self._first = self._computing = True
        self._on_their_way = 0

    def __contains__(self, key: str) -> bool:
        """Whether the pages have the picture of this state; it is then kept longer."""
        if key in self._sent:
            self._sent.move_to_end(key)
            return True
        return False

    def forget(self) -> None:
        """The pages have nothing, or not all of them."""
        self._sent.clear()
        self._on_their_way = 0

    def add(self, frames: Sequence["Frame"]) -> list[str]:
        """Count pictures that are sent; return the keys of those to be forgotten in their place."""
        for frame in frames:
            self._sent[frame.key] = len(frame.png)
        dropped = []
        while sum(self._sent.values()) > STORE and len(self._sent) > 1:
            dropped.append(self._sent.popitem(last=False)[0])
        return dropped

    def start(self, plan: Iterator[State]) -> None:
        """Begin anew: a control has been moved, or a page has come."""
        self._states, self._pieces, self._first = plan, None, True
        self._on_their_way = 0  # a message that was lost holds nothing up for longer
        IDLE.wake(self)

    def end(self) -> None:
        """Draw nothing more."""
        self._states, self._pieces = iter(()), None
        self._batch.clear()
        IDLE.drop(self)

    def arrived(self) -> None:
        """A message has come to a page."""
        self._on_their_way = max(0, self._on_their_way - 1)
        IDLE.go_on(self)

    def step(self) -> bool:
        """Do one piece; tell whether there is more to do now."""
        if self._on_their_way >= WINDOW:
            return False
        give_back = self._free()
        if give_back is None:
            return True
        try:
            return self._piece()
        finally:
            give_back()

    def _piece(self) -> bool:
        if self._pieces is None:
            following = next((state for state in self._states if self._wanted(state)), None)
            if following is None:
                self._flush()
                return False
            self._name, values = following
            self._pieces, self._computing = self._draw(values), True
        begun = thread_time()
        try:
            next(self._pieces)
        except StopIteration as end:
            self._pieces = None
            if end.value is not None:
                self._batch.append(end.value)
                # The very next picture at once, the others together.
                if self._first or len(self._batch) == BATCH:
                    self._flush()
        else:
            # Of drawing, the first of a kind takes longest, and says nothing of the next.
            if self._computing and thread_time() - begun > LONG:
                self._long.add(self._name)
            self._computing = False
        return True

    def _wanted(self, state: State) -> bool:
        name, values = state
        if name in self._long:
            return False
        key = self._key(values)
        return key not in self._sent and all(frame.key != key for frame in self._batch)

    def _flush(self) -> None:
        if self._batch:
            self._first = False
            self._on_their_way += 1
            self._send(self._batch, self.add(self._batch))
            self._batch = []


class Idle:
    """The kernel's idle time: one piece of one explorer after the other."""

    def __init__(self) -> None:
        self._jobs: list[Ahead] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._until = 0.0
        self._turn = 0
        self._waiting = False
        self._cell_runs = False

    def wake(self, job: Ahead) -> None:
        """Put a job first, after a short rest; everything else begins to wait anew."""
        self._jobs = [job, *(other for other in self._jobs if other is not job)]
        self._until = perf_counter() + SECONDS
        self._set(REST)

    def go_on(self, job: Ahead) -> None:
        """Let a job go on that was waiting; this gives it no more time than it had."""
        if job not in self._jobs:
            self._jobs.append(job)
        if not self._waiting:
            self._set(PAUSE)

    def drop(self, job: Ahead) -> None:
        """End a job."""
        self._jobs = [other for other in self._jobs if other is not job]

    def _set(self, seconds: float) -> None:
        loop = kernel_loop() or self._loop
        if loop is None or loop.is_closed():
            return
        if loop is not self._loop:
            self._loop = loop
            self._watch_cells()
        self._turn += 1
        self._waiting = True
        # Messages may arrive in another thread than the one that draws (kernel subshells).
        loop.call_soon_threadsafe(loop.call_later, seconds, self._piece, self._turn)

    def _piece(self, turn: int) -> None:
        if turn != self._turn:
            return
        self._waiting = False
        if perf_counter() > self._until:
            self._jobs.clear()
        if self._cell_runs or not self._jobs:
            return
        job = self._jobs[0]
        if not job.step():
            self.drop(job)
        if self._jobs and not self._waiting:
            self._set(PAUSE)

    def _watch_cells(self) -> None:
        """Nothing is drawn ahead while a cell runs, also where it waits for something itself."""
        shell = kernel_shell()
        if shell is not None:
            self._cell_runs = False
            shell.events.register("pre_run_cell", self._cell_begins)
            shell.events.register("post_run_cell", self._cell_ends)

    def _cell_begins(self, info: Any) -> None:
        self._cell_runs = True

    def _cell_ends(self, result: Any) -> None:
        self._cell_runs = False
        if self._jobs:
            self._set(REST)


IDLE = Idle()
