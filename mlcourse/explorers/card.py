"""The page's side of a card: its picture and its sentence, with JavaScript of our own.

It is in `card.js` (states, and messages to and from the kernel) and in `card_view.js` (what is seen).
ipywidgets has no live region, no alternative text for an image, no name for a slider's handle, and no place
for pictures that are not shown yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from ipywidgets import widget_serialization

if TYPE_CHECKING:
    from mlcourse.explorers.still import Still

_HERE = files("mlcourse.explorers")


@dataclass(frozen=True)
class Frame:
    """What a card shows in one state.

    Attributes
    ----------
    key : str
        The state: what is not a setting, and the place of each control.
    still : Still
        What stands still in the picture, and has been sent with another state already, mostly.
    png : bytes
        What is laid over it.
    words : str
        The sentence below it, which is also its alternative text.
    captions : tuple of str
        Labels of the controls, which may contain their values.
    """

    key: str
    still: "Still"
    png: bytes
    words: str
    captions: tuple[str, ...]

    def traits(self) -> dict[str, Any]:
        """The same as traits of a `Card`."""
        return {
            "picture": self.png,
            "still": self.still.name,
            "stills": {self.still.name: self.still.png},
            "words": self.words,
            "captions": list(self.captions),
            "key": self.key,
        }


class Card(anywidget.AnyWidget):
    """Picture and sentence of an explorer on the page.

    The traits hold what is shown when the card comes to a page; everything after that is a message, as what
    is sent ahead must not be saved with the notebook.

    Parameters
    ----------
    width, height : int
        Of the picture on the page, in CSS pixels.
    controls : sequence of widget
        What moves the picture.
    cell : str
        Source of the cell that shows the explorer, to be named where the kernel is gone.
    """

    _esm = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("card.js", "card_view.js"))
    _css = (_HERE / "card.css").read_text(encoding="utf-8")

    width = traitlets.Int().tag(sync=True)
    height = traitlets.Int().tag(sync=True)
    cell = traitlets.Unicode().tag(sync=True)
    controls: traitlets.List = traitlets.List().tag(sync=True, **widget_serialization)
    picture = traitlets.Bytes().tag(sync=True)
    still = traitlets.Unicode().tag(sync=True)
    stills = traitlets.Dict().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    captions = traitlets.List(traitlets.Unicode()).tag(sync=True)
    key = traitlets.Unicode().tag(sync=True)

    told: frozenset[str] = frozenset()
    """The pages have what stands still by these names."""
    newest: Callable[[], Frame] | None = None
    """What the card shows now; a page that is loaded again asks for it."""

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> Any:
        """All traits, up to date: those of a state that went as a message have not been set."""
        if key is None and self.newest is not None:
            # Past traitlets: setting them would tell the pages.
            self._trait_values.update(self.newest().traits())
        return super().get_state(key, drop_defaults)

    def start(self, frame: Frame) -> None:
        """Show a state by way of the traits: nothing has been heard from a page yet."""
        with self.hold_sync():
            for name, value in frame.traits().items():
                self.set_trait(name, value)

    def frames(self, frames: Sequence[Frame], *, ahead: bool, drop: Sequence[str] = ()) -> None:
        """Send states to the pages: to be shown where the controls stand there, the others to be kept."""
        told = [
            {"key": frame.key, "still": frame.still.name, "words": frame.words, "captions": frame.captions}
            for frame in frames
        ]
        stills = {frame.still.name: frame.still for frame in frames if frame.still.name not in self.told}
        self.told |= stills.keys()
        message = {"kind": "frames", "ahead": ahead, "frames": told, "drop": list(drop), "stills": [*stills]}
        self.send(message, [frame.png for frame in frames] + [still.png for still in stills.values()])

    def hold(self) -> None:
        """Announce that the kernel is about to move controls."""
        self.send({"kind": "hold"})

    def now(self, key: str, number: int) -> None:
        """Show this state, to which the kernel has gone by itself; later reports carry the number."""
        self.send({"kind": "now", "key": key, "number": number})

    def forget(self) -> None:
        """Empty the pages' stores."""
        self.told = frozenset()
        self.send({"kind": "forget"})
