"""A plane coloured square by square."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from numpy.typing import NDArray

SAMPLES = 17
"""Of a colour map."""


class Shade(Artist):
    """Colours of a grid of squares that fills its axes.

    `matplotlib.image.AxesImage` draws the same in ten times the time: it can turn and stretch any image, this
    one only repeats pixels.

    Parameters
    ----------
    axes : Axes
        Which it fills, whatever their limits.
    colormap : Colormap or str
        Colours of the values from 0 to 1.
    """

    def __init__(self, axes: Axes, colormap: Colormap | str) -> None:
        super().__init__()
        self.set_figure(axes.figure)
        self._box = axes.bbox
        self._colormap = colormaps[colormap] if isinstance(colormap, str) else colormap
        self._colors: NDArray[np.uint8] = np.zeros((1, 1, 4), np.uint8)

    def set_values(self, values: NDArray[np.floating]) -> None:
        """Take new values, from 0 to 1, shape (rows, columns), the lowest row first."""
        self._colors = np.ascontiguousarray(self._colormap(values, bytes=True))

    def shades(self) -> NDArray[np.floating]:
        """Return the colours that it may show, some of them: red, green and blue, 0 to 255."""
        return 255 * self._colormap(np.linspace(0, 1, SAMPLES))[:, :3]

    def draw(self, renderer: Any) -> None:
        """Draw the squares, each as wide as whole pixels allow."""
        (left, bottom), (right, top) = self._box.get_points().round().astype(int)
        rows, columns, _ = self._colors.shape
        row = np.arange(top - bottom) * rows // (top - bottom)
        column = np.arange(right - left) * columns // (right - left)
        gc = renderer.new_gc()
        # One word for the four bytes of a colour: a quarter of the work.
        words = self._colors.view(np.uint32)[:, :, 0]
        pixels = words[:, column][row].view(np.uint8).reshape(len(row), len(column), 4)
        renderer.draw_image(gc, left, bottom, pixels)
        gc.restore()
