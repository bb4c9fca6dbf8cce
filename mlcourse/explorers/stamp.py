"""Text that is rendered once and stamped afterwards."""

from typing import Any

from matplotlib.text import Text

REMEMBERED = 60


class Stamp(Text):
    """Text on an even ground that nothing else moves on.

    Rendering a text costs about 1 ms, and a graph has dozens; copying its pixels costs some 10 µs. The
    pixels are those of the ground too, hence the condition.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._renderer: Any = None
        self._stamps: dict[Any, Any] = {}

    def draw(self, renderer: Any) -> None:
        """Draw, from memory where the same text stood here before."""
        if not self.get_text() or not self.get_visible():
            return
        if renderer is not self._renderer:  # another canvas, as in `savefig`
            self._renderer, self._stamps = renderer, {}
        key = self.get_text(), self.get_position(), self.get_fontsize(), self.get_color()
        if key in self._stamps:
            renderer.restore_region(self._stamps[key])
            return
        super().draw(renderer)
        if len(self._stamps) < REMEMBERED:
            self._stamps[key] = renderer.copy_from_bbox(self.get_window_extent(renderer).padded(4))
