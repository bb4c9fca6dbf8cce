"""A line of matrices with signs between them: ``z1 = W1 x + b1`` in numbers, each with its name and shape."""

from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from mlcourse.explorers.stamp import LINE, stamp
from mlcourse.plots import palette

SIZE = 11
CHARACTER = 0.602 * SIZE * 100 / 72
"""Width of a character of DejaVu Sans Mono in CSS pixels."""
ROW = LINE * SIZE * 100 / 72
PLACES = 11
LABEL = 46
"""Room for the name and the shape of a matrix, in CSS pixels."""


class MatrixLine:
    """Artists for up to eleven matrices and signs.

    Parameters
    ----------
    ax : Axes
        Its units are CSS pixels.
    x, width : float
        Where the line begins, and the room it has.
    y : float
        Middle of the matrices.
    """

    def __init__(self, ax: Axes, x: float, width: float, y: float) -> None:
        self._x, self._width, self._y = x, width, y

        def texts(**look: Any) -> list[Any]:
            return [stamp(ax, 0, y, **look) for _ in range(PLACES)]

        self._bodies = texts(family="DejaVu Sans Mono", va="center", size=SIZE)
        self._names = texts(size=10.5, weight="bold", ha="center")
        self._shapes = texts(size=9.5, color=palette.QUIET, ha="center")
        (self._brackets,) = ax.plot([], [], color=palette.INK, linewidth=1.3)
        self.artists: tuple[Artist, ...] = (*self._bodies, *self._names, *self._shapes, self._brackets)

    def show(self, parts: Sequence[Any]) -> None:
        """Put signs (strings) and matrices (a name, an array, and the shape if it is another) on the line."""
        x = self._x
        brackets: list[tuple[float, float]] = []
        for i in range(PLACES):
            part = parts[i] if i < len(parts) else ""
            body, name, shape = self._bodies[i], self._names[i], self._shapes[i]
            if isinstance(part, str):
                body.set(text=part, x=x)
                name.set_text("")
                shape.set_text("")
                x += CHARACTER * len(part) + 10 if part else 0
                continue
            label, array, *other = part
            rows = _rows(array)
            width, half = CHARACTER * len(rows[0]), ROW * len(rows) / 2
            body.set_text("\n".join(rows))
            spare = max(0.0, LABEL - width - 24) / 2
            x += spare
            body.set_x(x + 6)
            middle = x + 6 + width / 2
            name.set(text=label, x=middle, y=self._y + half + 5)
            shape.set(
                text=other[0] if other else f"({array.shape[0]}, {array.shape[1]})",
                x=middle,
                y=self._y - half - 18,
            )
            for side, inward in ((x, 5), (x + width + 12, -5)):
                brackets += [
                    (side + inward, self._y + half),
                    (side, self._y + half),
                    (side, self._y - half),
                    (side + inward, self._y - half),
                    (float("nan"), float("nan")),
                ]
            x += width + 24 + spare
        self._brackets.set_data([p[0] for p in brackets], [p[1] for p in brackets])


def _rows(array: Any) -> list[str]:
    """Entries with up to three decimals, each column as wide as its longest."""
    cells = [[_entry(x) for x in row] for row in array]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(map(str.rjust, row, widths)) for row in cells]


def _entry(x: float) -> str:
    return f"{round(x, 3) + 0.0:g}".replace("-", "−")
