"""An explorer on a page: what its card is told, and what comes back."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import cached_property, partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.ahead import Ahead, plan
from mlcourse.explorers.settings import Choice
from mlcourse.explorers.work import Work, kernel_loop

if TYPE_CHECKING:
    from mlcourse.explorers.base import Explorer
    from mlcourse.explorers.card import Frame
    from mlcourse.explorers.panel import Panel


EVERY, AT_ONCE = 0.04, 20
"""Seconds for a state to which code goes, and how many may come without waiting for that.

A loop in a cell may go to thousands. The pages see one of them in each of these seconds, and Jupyter's server
drops what is more than 1000 messages a second; where code goes to a few, each is shown while the cell runs.
"""


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
        self._paid = 0.0
        self._number = 0
        self._put: dict[str, int] = {}
        self._seen: dict[str, int | None] = {}
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
        for name, control in explorer.controls.items():
            control.set_state = partial(self._report, name, control.set_state)
        return panel

    # What the page is told

    def hold(self) -> None:
        """Announce that settings are about to be changed from code."""
        if self._heard and not self._holding:
            self._holding = True
            self.panel.card.hold()

    def puts(self, names: Iterable[str]) -> None:
        """Note which controls code moves: the next `now` tells the pages where to."""
        if self._heard:
            self._put.update(dict.fromkeys(names, self._number + 1))

    def show(self) -> None:
        """Show the present state, to which code has gone: soon, where it has just gone to many others."""
        loop, wait = kernel_loop(), self._paid - AT_ONCE * EVERY - perf_counter()
        if not self._heard or wait <= 0 or loop is None:
            self._show_now()
        elif not self._later:
            self._later = True
            loop.call_soon_threadsafe(loop.call_later, wait, self._show_late)

    def _show_late(self) -> None:
        with self._explorer._lock:
            due, self._later = self._later, False
            if due and self._work is None:  # work shows what it has, and tells where we are
                self._show_now()

    def _show_now(self) -> None:
        explorer, card = self._explorer, self.panel.card
        if not self._heard:
            card.start(explorer._frame())
            explorer._write_captions()
            return
        if explorer._key() not in self.ahead:
            self._send([explorer._frame()])
        self._paid = max(self._paid, perf_counter()) + EVERY
        self._tell()
        self._draw_ahead()

    def _tell(self) -> None:
        """Tell the pages where the kernel has gone by itself."""
        self._told = self._explorer._variant
        self._holding = self._later = False
        self._number += 1
        self.panel.card.now(self._explorer._key(), self._number)

    def moved(self, name: str, direction: int) -> None:
        """Follow a control. A picture that the page has, it shows by itself."""
        self._last = name, direction
        if self._explorer._key() not in self.ahead:
            self.compute()
        else:
            self._tell_news()
            self._draw_ahead()

    def _tell_news(self) -> None:
        """Say what the page cannot know: what has changed beside the settings, and where code had gone."""
        if self._heard and (self._holding or self._explorer._variant != self._told):
            self._tell()

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
                self._tell_news()
                self._draw_ahead()
            else:
                self._show_now()

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

    def _report(self, name: str, take: Callable[[Any], None], state: dict[str, Any]) -> None:
        """Take where a control stands, unless its page had not yet seen where code has put it.

        A click of Reset may overtake a movement, as messages of one page are dealt with in two threads
        (kernel subshells); and a slider of real numbers reports of its own accord where it is put, rounded.
        """
        with self._explorer._lock:
            # The number of the last `now`: it comes along where it is another than in the report before.
            seen = self._seen[name] = state.pop("seen", self._seen.get(name))
            if seen is None or seen >= self._put.get(name, 0):
                take(state)
                return
            self._explorer.controls[name].send_state([key for key in state if key != "description"])
            if not self._holding:
                self.panel.card.now(self._explorer._key(), self._number)  # it may have missed that

    def _hear(self, _card: Any, told: dict[str, Any], _buffers: Any) -> None:
        kind = told.get("kind")
        with self._explorer._lock:
            if kind == "have":
                self.ahead.arrived()
            elif kind == "hello":
                self._heard = True
                self._told = self._explorer._variant
                self.ahead.forget()
                self.panel.card.told = frozenset()
                if self._work is None:
                    self._show_now()  # code may have moved the controls while the page was being made
            elif kind == "sight":
                self._visible = bool(told["visible"])
                self._fit_screen(float(told["ratio"]))
                if self._visible:
                    self._draw_ahead()
                else:
                    self.ahead.end()
            elif kind == "want":
                self._give(str(told["key"]), told["values"])

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
