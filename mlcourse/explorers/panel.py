"""The card that an explorer shows: title, controls, picture and summary, as ipywidgets."""

import html
from collections.abc import Mapping
from typing import Any

from ipywidgets import HTML, Box, Button, FloatProgress, VBox

from mlcourse.explorers.card import Card, Frame


class Panel:
    """The widgets of one explorer.

    Parameters
    ----------
    title : str
        Heading of the card.
    controls : mapping of str to widget
        In the order in which they are shown.
    buttons : list of widget
        Below them, before Reset.
    size : tuple of int
        Width and height of the picture on the page, in CSS pixels.
    frame : Frame
        What it shows first.
    long : bool
        Whether there is a progress bar with a Stop button. Their place is kept while nothing is under way.
    beside : widget, optional
        Stands to the right of the controls.
    cell : str
        Source of the cell that shows the explorer.

    Attributes
    ----------
    root : widget
        The whole.
    card : Card
        Picture and sentence.
    reset, stop : widget
        The buttons that every explorer has.
    """

    def __init__(
        self,
        title: str,
        controls: Mapping[str, Any],
        buttons: list[Any],
        size: tuple[int, int],
        frame: Frame,
        *,
        long: bool,
        beside: Any = None,
        cell: str = "",
    ) -> None:
        self.reset = Button(description="Reset", tooltip="Go back to the settings of the start")
        self.stop = Button(description="Stop", tooltip="Stop the work under way and show what there is")
        self._bar = FloatProgress(min=0, max=1)
        head = _classed(HTML(f'<p class="mlc-title">{html.escape(title)}</p>'), "mlc-head")
        buttons = [*buttons, self.reset]
        if long:
            buttons += [_classed(self.stop, "mlc-idle"), _classed(self._bar, "mlc-idle")]
        moving = list(controls.values())
        top = _classed(Box(moving), "mlc-controls")
        if beside is not None:
            top = _classed(Box([top, beside]), "mlc-beside")
        width, height = size
        self.card = Card(width=width, height=height, controls=moving, cell=cell, **frame.traits())
        self.root = VBox([head, top, _classed(Box(buttons), "mlc-buttons"), self.card])
        _classed(self.root, "mlc-explorer")

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
