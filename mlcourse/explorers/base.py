"""What all explorers share: settings, a picture, a sentence, and how a change reaches them."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.settings import Setting, without_echo
from mlcourse.explorers.work import finish

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from mlcourse.explorers.card import Frame
    from mlcourse.explorers.live import Live
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
    stored : mapping of str to value
        Settings of the picture that is stored with a notebook, where another than the first says more.
    """

    title = ""
    settings: Mapping[str, Setting] = {}
    width = 760
    height = 380
    long = False
    stored: Mapping[str, Any] = {}
    _variant = ""

    def __init__(self) -> None:
        self._values = {name: setting.start for name, setting in self.settings.items()}
        self._controls: dict[str, Any] = {}
        self._state: Any = None
        self._live: Live | None = None
        self._figure_is_out = False
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

    def quick(self, *args: Any, **values: Any) -> bool:
        """Whether `compute` answers at once for these values; only then is their picture drawn ahead."""
        return True

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
            self._figure_is_out = True  # who has it does not expect its artists to move by themselves
            return self._draw().figure

    @property
    def controls(self) -> dict[str, Any]:
        """The widgets by the name of their setting; made when they are first asked for."""
        if not self._controls:
            for name, setting in self.settings.items():
                self._controls[name] = control = without_echo(setting.control())
                control.value = self._values[name]
                control.tooltip = setting.label  # without one, ipywidgets shows the word null
                control.observe(lambda _, name=name: self._moved(name), "value")
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
            if self._live is not None:
                self._live.puts(checked)
            self._go_to(checked)
        return self

    def reset(self) -> "Explorer":
        """Go back to the values of the start."""
        return self.set(**{name: setting.start for name, setting in self.settings.items()})

    def stop(self) -> "Explorer":
        """End work that takes long, and show what there is."""
        with self._lock:
            if self._live is not None:
                self._live.stop()
        return self

    def page(self, folder: "Path | str | None" = None, address: str = "") -> str:
        """Make HTML that needs nothing else: each control can be moved without a kernel, the others at start.

        With ``MLCOURSE_PAGES=1`` in the environment this is also what a notebook shows, for ``jupyter
        nbconvert --execute --to html``; with a folder there, its pictures are put into that.

        Parameters
        ----------
        folder : path, optional
            Where the pictures are put as files; without it they are part of the HTML.
        address : str
            What the names of these files follow in the HTML, such as ``"pictures/"``.

        Returns
        -------
        str
        """
        from mlcourse.explorers.page import page

        with self._lock:
            return page(self, folder, address)

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self.summary}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        from mlcourse.explorers.output import bundle

        return bundle(self)

    # How a change reaches the picture

    @cached_property
    def _picture(self) -> "Picture":
        from mlcourse.explorers.picture import Picture

        return Picture(*self.size(), self.build)

    def _page_size(self) -> tuple[int, int]:
        width, height = self.size()
        return min(width, Explorer.width), round(height * min(1, Explorer.width / width))

    def _moved(self, name: str) -> None:
        """React to a control, before returning: the page sends nothing before that, then only the newest."""
        with self._lock:
            setting, before = self.settings[name], self._values[name]
            value = setting.check(name, self._controls[name].value)  # another thread may have moved it since
            if setting.stays(before, value):
                return
            self._change({name: value})
            if self._live is not None:
                self._live.moved(name, 1 if setting.place(value) > setting.place(before) else -1)

    def _change(self, values: Mapping[str, Any]) -> None:
        self._drop_work()
        self._values.update(values)
        self._state = None
        for name, control in self._controls.items():
            if name in values and control.value != values[name]:
                control.value = values[name]

    def _go_to(self, values: Mapping[str, Any]) -> None:
        """Change settings as `set` does, so that a control may be moved against it, as while one plays."""
        with self._lock:
            if self._live is not None:
                self._live.hold()
            self._change(values)
            self._show()

    def _show(self) -> None:
        if self._live is not None:
            self._live.show()
        else:
            self._write_captions()

    def _write_captions(self) -> None:
        for control, caption in zip(self._controls.values(), self._captions(), strict=False):
            control.description = caption

    def _captions(self) -> tuple[str, ...]:
        return tuple(setting.caption(self._values[name]) for name, setting in self.settings.items())

    def _drop_work(self) -> None:
        if self._live is not None:
            self._live.drop_work()

    def _current(self) -> Any:
        if self._state is None:
            self._drop_work()
            self._state = finish(self.compute(**self._values))
        return self._state

    def _draw(self, state: Any = None) -> "Picture":
        state = self._current() if state is None else state
        picture = self._picture  # built before its artists are moved
        self.move(state)
        picture.draw()
        return picture

    def _key(self, values: Mapping[str, Any] | None = None) -> str:
        """Name of a state: what is not a setting, and the place of each control in thousandths of a notch."""
        values = self._values if values is None else values
        places = (round(1000 * setting.place(values[name])) for name, setting in self.settings.items())
        return f"{self._variant}|{','.join(map(str, places))}"

    def _frame(self, key: str = "") -> "Frame":
        """What a card shows now."""
        from mlcourse.explorers.card import Frame
        from mlcourse.explorers.still import encode

        state = self._current()
        picture = self._draw(state)
        image = encode(picture.moved())
        return Frame(key or self._key(), picture.still, image, self.describe(state), self._captions())

    @contextmanager
    def _as_if(self, values: Mapping[str, Any]) -> Iterator[None]:
        """Have other settings for a moment, which nobody is told of."""
        mine, self._values = self._values, dict(values)
        try:
            yield
        finally:
            self._values = mine
