"""The card that an explorer shows: title, controls, picture and summary, as ipywidgets."""

import html
from base64 import b64encode
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from ipywidgets import HTML, Box, Button, FloatProgress, FloatText, Image, Layout, VBox

_PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


class Panel:
    """The widgets of one explorer.

    ipywidgets has no live region, no alternative text for an image and no name for a slider's handle. The
    head of the card carries `frontend.css`, and `frontend.js` as the load handler of a transparent pixel,
    which adds them. Where a page forbids that, all else works.

    Parameters
    ----------
    title : str
        Heading of the card.
    controls : mapping of str to widget
        In the order in which they are shown.
    buttons : list of widget
        Below them, before Reset.
    width : int
        Width of the picture on the page, in CSS pixels.
    long : bool
        Whether there is a progress bar with a Stop button. Their place is kept while nothing is under way.
    beside : widget, optional
        Stands to the right of the controls.

    Attributes
    ----------
    reset, stop : widget
        The buttons that every explorer has.
    ratio : widget
        Not to be seen: `frontend.js` writes the pixels of the screen for each pixel of the page into it.
    """

    def __init__(
        self,
        title: str,
        controls: Mapping[str, Any],
        buttons: list[Any],
        width: int,
        *,
        long: bool,
        beside: Any = None,
    ) -> None:
        self.reset = Button(description="Reset", tooltip="Go back to the settings of the start")
        self.stop = Button(description="Stop", tooltip="Stop the work under way and show what there is")
        self._bar = FloatProgress(min=0, max=1)
        self.ratio = FloatText(description="Pixel ratio", layout=Layout(display="none"))
        self._image = Image(format="url", width=str(width))
        self._summary = HTML()
        head = HTML(_head(title))
        buttons = [*buttons, self.reset]
        if long:
            buttons += [_classed(self.stop, "mlc-idle"), _classed(self._bar, "mlc-idle")]
        top = _classed(Box(list(controls.values())), "mlc-controls")
        if beside is not None:
            top = _classed(Box([top, beside]), "mlc-beside")
        self.root = VBox(
            [
                head,
                top,
                _classed(Box(buttons), "mlc-buttons"),
                _classed(self._image, "mlc-picture"),
                _classed(self._summary, "mlc-summary"),
                _classed(self.ratio, "mlc-ratio"),
            ]
        )
        _classed(head, "mlc-head")
        _classed(self.root, "mlc-explorer")

    def show(self, png: bytes) -> None:
        """Send a picture to the page."""
        # As a data address the page has it at once; bytes would be an object that it has to fetch first.
        self._image.value = b"data:image/png;base64," + b64encode(png)

    def say(self, summary: str) -> None:
        """Send the sentence below it."""
        self._summary.value = html.escape(summary)

    def progress(self, fraction: float | None) -> None:
        """Show how much of the work is done, from 0 to 1; None where there is none."""
        for widget in (self.stop, self._bar):
            if fraction is None:
                widget.add_class("mlc-idle")
            else:
                widget.remove_class("mlc-idle")
        self._bar.value = fraction or 0.0


def _classed(widget: Any, name: str) -> Any:
    widget.add_class(name)
    return widget


def _head(title: str) -> str:
    here = files("mlcourse.explorers")
    css = (here / "frontend.css").read_text(encoding="utf-8")
    javascript = (here / "frontend.js").read_text(encoding="utf-8")
    return (
        f"<style>{css}</style>"
        f'<p class="mlc-title">{html.escape(title)}</p>'
        f'<img src="{_PIXEL}" alt="" hidden onload="{html.escape(javascript)}">'
    )
