"""An explorer on a page: what its card is told, and what comes back."""

from collections.abc import Callable, Generator, Mapping, Sequence
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.ahead import Ahead, plan
from mlcourse.explorers.settings import Choice, Number
from mlcourse.explorers.work import Work, kernel_loop, message

if TYPE_CHECKING:
    from mlcourse.explorers.base import Explorer
    from mlcourse.explorers.card import Frame
    from mlcourse.explorers.panel import Panel


EVERY = 0.04
"""Seconds between two states to which code goes. A loop in a cell may go to thousands; the pages see one of
them in each of these, and Jupyter's server drops what is more than 1000 messages a second.
"""
GRACE = 0.5
"""Seconds for a slider's own report that was held back until the one before had been dealt with."""
REPORT = 10.0
"""Seconds after code has left a place in which a report of it is no movement, unless the page is there."""


class Live:
    """The card of an explorer, its pictures ahead, and the work under way for it.

    Until a page has been heard, states go into the card's traits: they are then there for a page that comes
    later, and in the state that is saved with a notebook.

    Parameters
    ----------
    explorer : Explorer
        Whose card it is.
    cell : str
        Source of the cell that shows it.
    """

    def __init__(self, explorer: "Explorer", cell: str) -> None:
        self._explorer = explorer
        self._cell = cell
        self._work: Work | None = None
        self._heard = self._visible = False
        self._told = ""
        self._holding = self._later = False
        self._shown = 0.0
        self._set_by = message()
        self._left: dict[tuple[str, int], float] = {}
        self._answers = 0
        self._last: tuple[str | None, int] = (None, 1)
        self.ahead = Ahead(self._frame_ahead, self._send_ahead, explorer._key, self._free)

    @cached_property
    def panel(self) -> "Panel":
        """The widgets."""
        from mlcourse.explorers.panel import Panel

        explorer = self._explorer
        panel = Panel(
            explorer.title,
            explorer.controls,
            explorer.buttons(),
            explorer._page_size(),
            explorer._frame(),
            long=explorer.long,
            beside=explorer.beside(),
            cell=self._cell,
        )
        panel.reset.on_click(lambda _: explorer.reset())
        panel.stop.on_click(lambda _: explorer.stop())
        panel.card.newest = self._newest
        panel.card.on_msg(self._hear)
        return panel

    # What the page is told

    def hold(self) -> None:
        """Announce that settings are about to be changed from code."""
        self._set_by = message()
        if self._heard and not self._holding:
            self._holding = True
            self.panel.card.hold()

    def leaves(self, name: str, place: float) -> None:
        """Note which place code moves a control from, until the page says that it has followed."""
        self._left[name, round(place)] = perf_counter()

    def is_late(self, name: str, place: float) -> bool:
        """Tell whether what a control says is older than what code has done.

        A click of Reset may overtake a movement, as messages of one page are dealt with in two threads
        (kernel subshells). And a slider of real numbers reports of its own accord where it is put, rounded.
        """
        (session, sent), (other, last) = message(), self._set_by
        if sent is not None and last is not None and session == other and sent < last:
            return True
        if not isinstance(self._explorer.settings[name], Number):
            return False
        return perf_counter() - self._left.get((name, round(place)), -REPORT) < REPORT

    def show(self) -> None:
        """Show the present state, to which code has gone: soon, where it has just gone to another."""
        wait, loop = self._shown + EVERY - perf_counter(), kernel_loop()
        if not self._heard or wait <= 0 or loop is None:
            self._show_now()
        elif not self._later:
            self._later = True
            loop.call_soon_threadsafe(loop.call_later, wait, self._show_late)

    def _show_late(self) -> None:
        with self._explorer._lock:
            if self._later:
                self._show_now()

    def _show_now(self) -> None:
        explorer, card = self._explorer, self.panel.card
        if not self._heard:
            card.start(explorer._frame())
            explorer._write_captions()
            return
        key = explorer._key()
        if key not in self.ahead:
            self._send([explorer._frame()])
        self._told = explorer._variant
        self._holding = self._later = False
        self._shown = perf_counter()
        self._answers += 1
        card.now(key)
        self._draw_ahead()

    def moved(self, name: str, direction: int) -> None:
        """Follow a control. A picture that the page has, it shows by itself."""
        self._last = name, direction
        if self._explorer._key() not in self.ahead:
            self.compute()
        else:
            self._tell_variant()
            self._draw_ahead()

    def _tell_variant(self) -> None:
        """Say what the page cannot know: that something other than a setting has changed."""
        if self._heard and self._explorer._variant != self._told:
            self._told = self._explorer._variant
            self.panel.card.now(self._explorer._key())

    def compute(self) -> None:
        """Compute and show; work that takes long goes on between the kernel's other messages."""
        result = self._explorer.compute(**self._explorer.values)
        if isinstance(result, Generator):
            self.ahead.end()
            self._work = Work(result, self.panel.progress, self._done)
            self._work.start()
        else:
            self._done(result)

    def _done(self, state: Any) -> None:
        with self._explorer._lock:
            self._explorer._state = state
            self.drop_work()
            if self._heard:
                self._send([self._explorer._frame()])
                self._tell_variant()
                self._draw_ahead()
            else:
                self.show()

    def stop(self) -> None:
        """End work that takes long, and show what there is."""
        if self._work is not None:
            self._work.stop()

    def drop_work(self) -> None:
        """Forget work whose result is no longer wanted."""
        if self._work is not None:
            self._work.drop()
            self._work = None
            self.panel.progress(None)

    def _send(self, frames: Sequence["Frame"], *, ahead: bool = False) -> None:
        self.panel.card.frames(frames, ahead=ahead, drop=self.ahead.add(frames))

    # What the page says

    def _hear(self, _card: Any, message: dict[str, Any], _buffers: Any) -> None:
        kind = message.get("kind")
        with self._explorer._lock:
            if kind == "have":
                self.ahead.arrived()
            elif kind == "hello":
                self._heard = True
                self._told = self._explorer._variant
                self.ahead.forget()
                self._answers = 0
                self.panel.card.told = frozenset()
                if self._work is None:
                    self._show_now()  # code may have moved the controls while the page was being made
            elif kind == "there":
                self._answers = max(0, self._answers - 1)
                if not self._answers:
                    # One report may be on its way; what follows is somebody's movement.
                    soon = perf_counter() - REPORT + GRACE
                    self._left = {place: min(left, soon) for place, left in self._left.items()}
            elif kind == "sight":
                self._visible = bool(message["visible"])
                self._fit_screen(float(message["ratio"]))
                if self._visible:
                    self._draw_ahead()
                else:
                    self.ahead.end()
            elif kind == "want":
                self._give(str(message["key"]), message["values"])

    def _give(self, key: str, told: Sequence[Any]) -> None:
        """Send the picture that a page misses: its controls count, wherever ours stand."""
        explorer = self._explorer
        if self._work is not None:
            return
        values = {}
        for (name, setting), value in zip(explorer.settings.items(), told, strict=True):
            values[name] = setting.check(name, setting.at(value) if isinstance(setting, Choice) else value)
        changed = {
            name: value
            for name, value in values.items()
            if not explorer.settings[name].stays(explorer.values[name], value)
        }
        if changed:
            explorer._change(changed)
        self.panel.card.told = frozenset()  # it may be what stands still that it misses
        self._send([explorer._frame(key)])

    def _fit_screen(self, ratio: float) -> None:
        """Draw as many pixels as the screen has. If these are fewer, what is on the page may stay there."""
        explorer = self._explorer
        if explorer._page_size() != explorer.size():  # one that the page shrinks keeps all its pixels
            return
        before, more = explorer._picture.ratio, explorer._picture.set_pixel_ratio(ratio)
        if explorer._picture.ratio == before:
            return
        self.ahead.forget()
        self.panel.card.forget()
        if more and self._work is None:
            self._send([explorer._frame()])

    # Pictures ahead

    def _draw_ahead(self) -> None:
        explorer = self._explorer
        if self._heard and self._visible and self._work is None and not explorer._figure_is_out:
            states = plan(explorer.settings, explorer.values, *self._last)
            self.ahead.start(state for state in states if explorer.quick(**state[1]))

    def _frame_ahead(self, values: Mapping[str, Any]) -> "Generator[None, None, Any]":
        """Draw the state of other settings in pieces; None where it is work that takes long."""
        from mlcourse.explorers.card import Frame
        from mlcourse.explorers.still import encode

        explorer = self._explorer
        with explorer._as_if(values):
            state = explorer.compute(**values)
        if isinstance(state, Generator):
            return None
        yield
        with explorer._as_if(values):
            explorer.move(state)
        for _ in explorer._picture.prepare():
            yield
            with explorer._as_if(values):
                explorer.move(state)  # somebody else may have moved the artists meanwhile
        with explorer._as_if(values):
            picture = explorer._draw(state)
            still, image = picture.still, picture.moved()
            key, words, captions = explorer._key(), explorer.describe(state), explorer._captions()
        yield
        if "png" not in vars(still):
            still.png  # noqa: B018 - it is kept
            yield
        return Frame(key, still, encode(image), words, captions)

    def _send_ahead(self, frames: Sequence["Frame"], drop: Sequence[str]) -> None:
        self.panel.card.frames(frames, ahead=True, drop=drop)

    def _free(self) -> Callable[[], None] | None:
        lock = self._explorer._lock
        return lock.release if lock.acquire(blocking=False) else None

    def _newest(self) -> "Frame":
        with self._explorer._lock:
            return self._explorer._frame()
