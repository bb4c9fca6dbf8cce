"""A pad of 28 × 28 pixels to draw a digit on, with the mouse, a finger or the keyboard.

ipywidgets has no widget that a pointer can draw on, so the page's side is JavaScript of our own
(`drawing_pad.js`), which anywidget brings there. As with all of ipywidgets, the page sends no message before
the last one has been dealt with, and then only the newest.
"""

from importlib.resources import files

import anywidget
import numpy as np
import traitlets
from numpy.typing import NDArray

SIDE = 28
FULL = 255


class DrawingPad(anywidget.AnyWidget):
    """The pad.

    Attributes
    ----------
    ink : list of int
        From 0 (paper) to 255, row by row from the top left.
    strokes, answered : int
        Number of the page's last stroke, and of the last one that was known here when the ink was replaced:
        later ones stay on the page.
    """

    _esm = (files("mlcourse.explorers") / "drawing_pad.js").read_text(encoding="utf-8")

    ink = traitlets.List(traitlets.Int(min=0, max=FULL), [0] * SIDE**2, minlen=SIDE**2, maxlen=SIDE**2).tag(
        sync=True
    )

    strokes = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    def image(self) -> NDArray[np.float64]:
        """What is drawn, shape (28, 28), from 0 to 1."""
        return np.array(self.ink).reshape(SIDE, SIDE) / FULL

    def show(self, image: NDArray[np.float64]) -> None:
        """Put a drawing in the place of what is there."""
        with self.hold_sync():
            self.answered = self.strokes
            self.ink = np.rint(FULL * image).astype(int).ravel().tolist()
