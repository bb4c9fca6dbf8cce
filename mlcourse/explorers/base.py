"""What all explorers share: settings, a picture, a sentence, and how a change reaches them."""

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Generator, Hashable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.settings import Setting, without_echo
from mlcourse.explorers.work import WORDS_AFTER, Soon, Work, finish, has_front_end

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from mlcourse.explorers.panel import Panel
    from mlcourse.explorers.picture import Picture


class Explorer(ABC):
    """A picture of a piece of mathematics, with controls that move it.

    Nothing is computed or drawn before somebody looks: show the explorer in a notebook, or ask for `figure`
    or `summary`. A subclass says what can be changed (`settings`), what follows from it (`compute`), how
    that is put into a sentence (`describe`) and into a picture (`build` once, `move` at each change).

    Attributes
    ----------
    title : str
        Heading of the card.
    settings : mapping of str to setting
        What can be changed, in the order of the controls.
    width, height : int
        Size of the picture on the page in CSS pixels.
    long : bool
        Whether `compute` may take long: the card then has a progress bar and a Stop button.
    """

    title = ""
    settings: Mapping[str, Setting] = {}
    width = 760
    height = 380
    long = False

    def __init__(self) -> None:
        self._values = {name: setting.start for name, setting in self.settings.items()}
        self._controls: dict[str, Any] = {}
        self._state: Any = None
        self._panel: Panel | None = None
        self._work: Work | None = None
        self._words = Soon(WORDS_AFTER, self._write_words)
        # Widget messages may arrive in another thread than the one that runs cells (kernel subshells).
        self._lock = threading.RLock()

    # What a subclass provides

    @abstractmethod
    def compute(self, *args: Any, **values: Any) -> Any:
        """Everything that the sentence and the picture show, from the value of each setting.

        Long work is a generator instead: it yields the fraction done now and then, and returns the result.
        """

    @abstractmethod
    def describe(self, state: Any) -> str:
        """One or two sentences that say what the picture shows."""

    @abstractmethod
    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """Make axes and artists, and return the artists that `move` changes, in drawing order."""

    @abstractmethod
    def move(self, state: Any) -> None:
        """Put a result into the artists."""

    def size(self) -> tuple[int, int]:
        """Width and height of the picture; one that is wider than the page is shown smaller."""
        return self.width, self.height

    def buttons(self) -> list[Any]:
        """Buttons that stand before Reset."""
        return []

    def beside(self) -> Any:
        """Widget that stands beside the controls; None where there is none."""
        return None

    def set_background(self, name: Hashable) -> None:
        """Say from `move` that something other than the moving artists has changed, and what it shows now.

        The same name must mean the same picture: it is drawn once, and kept.
        """
        self._picture.set_background(name)

    # What everybody uses

    @property
    def values(self) -> dict[str, Any]:
        """The value of each setting, a copy."""
        return dict(self._values)

    @property
    def summary(self) -> str:
        """What the picture shows now, in words."""
        with self._lock:
            return self.describe(self._current())

    @property
    def figure(self) -> "Figure":
        """The one figure of this explorer, up to date."""
        with self._lock:
            return self._draw().figure

    @property
    def controls(self) -> dict[str, Any]:
        """The widgets by the name of their setting; made when they are first asked for."""
        if not self._controls:
            for name, setting in self.settings.items():
                self._controls[name] = control = without_echo(setting.control())
                control.value = self._values[name]
                control.tooltip = setting.label  # without one, ipywidgets shows the word null
                control.observe(lambda change, name=name: self._moved(name, change["new"]), "value")
            self._write_captions()
        return self._controls

    def set(self, **values: Any) -> "Explorer":
        """Change settings from code, as if by moving the controls.

        Returns
        -------
        Explorer
            The explorer itself.

        Raises
        ------
        ValueError
            If a name is unknown, or a value is of the wrong type or out of range; nothing is changed then.
        """
        checked = {}
        for name, value in values.items():
            if name not in self.settings:
                raise ValueError(f"{name}: no such setting; there are {', '.join(self.settings)}")
            checked[name] = self.settings[name].check(name, value)
        with self._lock:
            self._change(checked)
            self._show()
        return self

    def reset(self) -> "Explorer":
        """Go back to the values of the start."""
        return self.set(**{name: setting.start for name, setting in self.settings.items()})

    def stop(self) -> "Explorer":
        """End work that takes long, and show what there is."""
        with self._lock:
            if self._work is not None:
                self._work.stop()
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self.summary}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        if os.environ.get("NBGRADER_EXECUTION"):
            # A grader is running the notebook: nobody looks.
            return {"text/plain": f"{type(self).__name__} (not drawn while grading)"}, {}
        with self._lock:
            png = self._draw().png()
            summary = self.summary
            bundle: dict[str, Any] = {"text/plain": f"{type(self).__name__}: {summary}", "image/png": png}
            if has_front_end():
                panel = self._panel_or_new()
                panel.show(png)
                panel.say(summary)
                bundle["application/vnd.jupyter.widget-view+json"] = {
                    "version_major": 2,
                    "version_minor": 0,
                    "model_id": panel.root.model_id,
                }
        width, height = self._page_size()
        return bundle, {"image/png": {"width": width, "height": height, "alt": summary}}

    # How a change reaches the picture

    @cached_property
    def _picture(self) -> "Picture":
        from mlcourse.explorers.picture import Picture

        return Picture(*self.size(), self.build)

    def _panel_or_new(self) -> "Panel":
        from mlcourse.explorers.panel import Panel

        if self._panel is None:
            width = self._page_size()[0]
            parts = self.title, self.controls, self.buttons(), width
            self._panel = panel = Panel(*parts, long=self.long, beside=self.beside())
            panel.reset.on_click(lambda _: self.reset())
            panel.stop.on_click(lambda _: self.stop())
            if width == self.size()[0]:  # one that the page shrinks keeps all its pixels
                panel.ratio.observe(lambda change: self._fit_screen(panel, change["new"]), "value")
        return self._panel

    def _page_size(self) -> tuple[int, int]:
        width, height = self.size()
        return min(width, Explorer.width), round(height * min(1, Explorer.width / width))

    def _moved(self, name: str, value: Any) -> None:
        """React to a control.

        The page sends no message before the last one has been dealt with, and then only the newest: so
        nothing queues up as long as everything is done here, before returning.
        """
        with self._lock:
            setting = self.settings[name]
            value = setting.check(name, value)
            if setting.stays(self._values[name], value):
                return
            self._change({name: value})
            if self._panel is not None:
                self._start(self._panel)
            self._words.ask()

    def _change(self, values: Mapping[str, Any]) -> None:
        self._drop_work()
        self._values.update(values)
        self._state = None
        for name, control in self._controls.items():
            if name in values and control.value != values[name]:
                control.value = values[name]

    def _write_words(self) -> None:
        """Put the summary below the picture, and values into the labels of their sliders."""
        with self._lock:
            if self._panel is not None and self._state is not None:
                self._panel.say(self.describe(self._state))
            self._write_captions()

    def _write_captions(self) -> None:
        for name, control in self._controls.items():
            control.description = self.settings[name].caption(self._values[name])

    def _fit_screen(self, panel: "Panel", ratio: float) -> None:
        """Draw as many pixels as the screen has. If these are fewer, what is on the page may stay there."""
        with self._lock:
            more = self._picture.set_pixel_ratio(ratio)
            if self._state is not None:
                png = self._draw().png()
                if more:
                    panel.show(png)

    def _start(self, panel: "Panel") -> None:
        """Compute and show; work that takes long goes on between the kernel's other messages."""
        result = self.compute(**self._values)
        if isinstance(result, Generator):
            self._work = Work(result, panel.progress, self._done)
            self._work.start()
        else:
            self._done(result)

    def _done(self, state: Any) -> None:
        with self._lock:
            self._state = state
            self._drop_work()
            self._show_picture()
            self._words.ask()

    def _drop_work(self) -> None:
        if self._work is not None:
            self._work.drop()
            self._work = None
            if self._panel is not None:
                self._panel.progress(None)

    def _current(self) -> Any:
        if self._state is None:
            self._drop_work()
            self._state = finish(self.compute(**self._values))
        return self._state

    def _draw(self) -> "Picture":
        state = self._current()
        picture = self._picture  # built before its artists are moved
        self.move(state)
        picture.draw()
        return picture

    def _show(self) -> None:
        """Show the present state, all at once: the words of a cell that goes on would be held up."""
        self._show_picture()
        self._write_words()

    def _show_picture(self) -> None:
        if self._panel is not None:
            self._panel.show(self._draw().png())
