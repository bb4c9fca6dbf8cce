"""Text that is rendered once and stamped afterwards."""

from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.font_manager import findfont
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image, ImageDraw, ImageFont

REMEMBERED = 200
"""Texts of one canvas; a picture shows some dozens at a time, of up to 80 kB (320 at two pixels for one)."""
LINE = 1.28
"""Height of a line, as a multiple of the size of the type."""
MARGIN = 2
"""Pixels around a text, for letters that stick out."""

_stamps: WeakKeyDictionary[Any, dict[Any, Any]] = WeakKeyDictionary()
"""Of each canvas, by the text and all that its look depends on: place beside the text's own, and pixels."""


class Stamp(Text):
    """Text that costs little: lines of plain type, upright, flush left (flush right if it ends at its place).

    Matplotlib takes 1 to 6 ms for a text, and a graph has dozens. Pillow renders the same type in a tenth of
    it, and what has been rendered is laid on the canvas, at whole pixels, in 0.1 ms.

    Attributes
    ----------
    spacing : float
        Height of a line, as a multiple of the size of the type.
    """

    spacing = LINE

    def draw(self, renderer: Any) -> None:
        """Draw, from memory where the same text has been drawn on this canvas before."""
        if not self.get_text() or not self.get_visible():
            return
        x, y = self.get_transform().transform(self.get_position()).round().astype(int)
        place = self.get_horizontalalignment(), self.get_verticalalignment()
        key = self.get_text(), self.get_fontproperties(), self.get_color(), self.spacing, *place
        stamps = _stamps.setdefault(renderer, {})
        if key not in stamps:
            if len(stamps) == REMEMBERED:
                stamps.clear()
            stamps[key] = self._render(renderer.dpi)
        right, up, pixels = stamps[key]
        gc = renderer.new_gc()
        renderer.draw_image(gc, x + right, y + up, pixels)
        gc.restore()

    def get_window_extent(self, renderer: Any = None, dpi: float | None = None) -> Bbox:
        """Where its pixels lie on the canvas, without the margin."""
        assert self.figure is not None
        right, up, pixels = self._render(dpi or self.figure.dpi)
        x, y = self.get_transform().transform(self.get_position()).round()
        height, width = pixels.shape[:2]
        return Bbox.from_bounds(x + right, y + up, width, height).padded(-MARGIN)

    def _render(self, dpi: float) -> tuple[int, int, np.ndarray]:
        """Where the pixels lie, to the right and upwards of the text's place; and they."""
        size = float(self.get_fontsize()) * dpi / 72
        font = _font(findfont(self.get_fontproperties()), size)
        _, top, _, bottom = font.getbbox("lp", anchor="ls")
        lines = self.get_text().split("\n")
        widths = [font.getlength(line) for line in lines]
        width = max(widths)
        height = self.spacing * size * (len(lines) - 1) + bottom - top
        ink = Image.new("L", (round(width) + 2 * MARGIN, round(height) + 2 * MARGIN))
        draw = ImageDraw.Draw(ink)
        flush_right = self.get_horizontalalignment() == "right"
        for i, line in enumerate(lines):
            left = MARGIN + (round(width - widths[i]) if flush_right else 0)
            place = left, MARGIN - top + round(self.spacing * size * i)
            draw.text(place, line, fill=255, font=font, anchor="ls")
        right = {"left": 0, "center": -width / 2, "right": -width}[self.get_horizontalalignment()]
        up = {"top": -height, "center": -height / 2, "baseline": -bottom, "bottom": 0}
        # `draw_image` takes the lowest row first.
        pixels = self._colored(np.asarray(ink)[::-1, :, None] / 255)
        return round(right) - MARGIN, round(up[self.get_verticalalignment()]) - MARGIN, pixels

    def _colored(self, ink: np.ndarray) -> np.ndarray:
        """Pixels of the text's colour, on paper where the text has a box."""
        color = np.array(to_rgb(self.get_color()))
        box = self.get_bbox_patch()
        if box is None:
            pixels = np.concatenate([np.broadcast_to(color, (*ink.shape[:2], 3)), ink], axis=2)
        else:
            paper = np.array(to_rgb(box.get_facecolor()))
            pixels = np.concatenate([paper + ink * (color - paper), np.ones_like(ink)], axis=2)
        return np.ascontiguousarray((255 * pixels).round().astype(np.uint8))


@lru_cache(maxsize=64)
def _font(path: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def stamp(axes: Axes, x: float, y: float, *, spacing: float = LINE, **look: Any) -> Any:
    """Put an empty text on the axes, like ``axes.text``: its words come later, and change."""
    made = Stamp(x, y, "", **look)
    made.spacing = spacing
    return axes.add_artist(made)
