"""What lies over what in a figure: text over text, text over data, text beyond the edge.

For tests and builds: a picture that was looked at once is looked at again whenever it is drawn anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

GAP = 1.5
"""Pixels of a 100 dpi picture that have to stay free beside a text, or two numbers read as one."""
AIR = 0.16
"""Share of a text's box, above and below, that its letters leave empty."""


def collisions(figure: Figure, draw: Callable[[], Any] | None = None, *, inside: bool = True) -> list[str]:
    """Everything in a figure that hides something else.

    Parameters
    ----------
    figure : Figure
        Not yet drawn, or drawn.
    draw : callable, optional
        Draws the whole of it; ``figure.canvas.draw`` if not given.
    inside : bool
        Whether text has to stay within the figure. Not so where the picture is stored with a tight box, which
        grows with its text.

    Returns
    -------
    list of str
        One sentence for each, empty where nothing collides. Reported are: two texts that overlap or touch,
        text or a legend over a line or a marker, text that the figure's edge cuts.
    """
    if not isinstance(figure.canvas, FigureCanvasAgg):
        FigureCanvasAgg(figure)  # takes the figure over: only this kind tells where text lies
    draw = draw or figure.canvas.draw
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    with _recorded(figure) as drawn:
        draw()
    scale = figure.dpi / 100
    boxes = [(text, _box(text, renderer)) for text in drawn]
    boxes = [(text, box) for text, box in boxes if box.width > 0 and box.height > 0]
    legends = [
        (legend, _frame(legend, renderer)) for legend in figure.findobj(Legend) if legend.get_visible()
    ]
    explained = {text for legend, _ in legends for text in legend.findobj(Text)}
    free = [(text, _core(box, 0)) for text, box in boxes if text not in explained]
    found = [
        f"{_quoted(a)} over {_quoted(b)}"
        for (a, box_a), (b, box_b) in combinations(boxes, 2)
        if _overlap(_core(box_a, GAP * scale / 2), _core(box_b, GAP * scale / 2))
    ]
    for place, (under, box) in enumerate(boxes):  # what is drawn later may bring paper of its own
        found += [
            f"{_quoted(under)} under the paper of {_quoted(over)}"
            for over, other in boxes[place + 1 :]
            if over.get_bbox_patch() is not None and _overlap(_core(box, 0), _paper(over, other, renderer))
        ]
    found += [
        f"the legend over {_quoted(text)}"
        for _, frame in legends
        for text, box in free
        if _overlap(frame, box)
    ]
    for axes in figure.axes:
        covers = [(patch.get_zorder(), patch.get_window_extent(renderer)) for patch in _opaque(axes)]
        found += [
            f"{_quoted(over)} over {name}"
            for mark, name, points in _marks(axes, scale)
            for over, box in (*free, *legends)
            if _hits(points, box) and not _meant(over, box, mark, covers)
        ]
    if inside:
        page = figure.bbox.padded(scale)
        found += [
            f"{_quoted(text)} leaves the figure"
            for text, box in boxes
            if not (page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1)
        ]
    return list(dict.fromkeys(found))


@contextmanager
def _recorded(figure: Figure) -> Iterator[list[Text]]:
    """Collect the texts that are drawn: ticks beyond an axis, say, exist and are not."""
    drawn: list[Text] = []
    owners: set[Any] = {
        next(c for c in type(t).__mro__ if "draw" in vars(c)) for t in figure.findobj(Text)
    } | {Text}
    kept = {owner: vars(owner)["draw"] for owner in owners}

    def recorder(method: Callable[..., Any]) -> Callable[..., Any]:
        def draw(self: Text, *arguments: Any, **keywords: Any) -> Any:
            seen = self.get_visible() and self.get_text().strip() and self.get_alpha() != 0
            if seen and self not in drawn:
                drawn.append(self)
            return method(self, *arguments, **keywords)

        return draw

    for owner, method in kept.items():
        owner.draw = recorder(method)
    try:
        yield drawn
    finally:
        for owner, method in kept.items():
            owner.draw = method


def _box(text: Text, renderer: Any) -> Bbox:
    """Where a text lies; of one at a slant, whose upright box is mostly empty, only the middle."""
    box = text.get_window_extent(renderer)
    if text.get_rotation() % 90 == 0:
        return box
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    half = text.get_fontsize() * renderer.dpi / 72 / 2
    return Bbox.from_extents(x - half, y - half, x + half, y + half)


def _paper(text: Text, box: Bbox, renderer: Any) -> Bbox:
    """What the box around a text hides, at least."""
    pad = getattr(text.get_bbox_patch().get_boxstyle(), "pad", 0.0)  # type: ignore[union-attr]
    return box.padded(pad * renderer.points_to_pixels(text.get_fontsize()))


def _frame(legend: Legend, renderer: Any) -> Bbox:
    """Where a legend's words and handles lie."""
    size = float(legend.get_texts()[0].get_fontsize()) if legend.get_texts() else 0.0
    return legend.get_window_extent(renderer).padded(-legend.borderpad * size * renderer.dpi / 72)


def _quoted(text: Artist) -> str:
    if not isinstance(text, Text):
        return "the legend"
    words = " ".join(text.get_text().split())
    return f"text {words if len(words) <= 40 else words[:37] + '...'!r}"


def _core(box: Bbox, gap: float) -> Bbox:
    """The part of a text's box that its letters fill, with a gap at both sides."""
    upright = box.height > 2 * box.width  # an axis' label that runs upwards
    x, y = (AIR * box.width, -gap) if upright else (-gap, AIR * box.height)
    return Bbox.from_extents(box.x0 + x, box.y0 + y, box.x1 - x, box.y1 - y)


def _overlap(a: Bbox, b: Bbox) -> bool:
    return min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.y1, b.y1) > max(a.y0, b.y0)


def _opaque(axes: Axes) -> list[Any]:
    """Circles and boxes that hide what lies below them."""
    return [
        p for p in axes.patches if p.get_visible() and p.get_fill() and tuple(p.get_facecolor())[-1:] == (1,)
    ]


def _meant(over: Artist, box: Bbox, mark: Artist, covers: list[tuple[float, Bbox]]) -> bool:
    """Whether something lies over a mark on purpose.

    That is so for a label with paper of its own on a line, such as the weight on an edge, and where a node's
    circle already hides the line from the label within it.
    """
    if isinstance(over, Text) and over.get_bbox_patch() is not None and not isinstance(mark, PathCollection):
        return True
    return any(
        mark.get_zorder() < height <= over.get_zorder()
        and cover.x0 <= box.x0
        and box.x1 <= cover.x1
        and cover.y0 <= box.y0
        and box.y1 <= cover.y1
        for height, cover in covers
    )


def _marks(axes: Axes, scale: float) -> Iterator[tuple[Artist, str, np.ndarray]]:
    """Each line and each cloud of markers of the axes, as points on the canvas close to one another."""
    if not axes.get_visible():
        return
    window = axes.get_window_extent()
    for number, line in enumerate(axes.get_lines()):
        if line.get_visible() and line.get_alpha() != 0:
            yield line, _name(line, f"line {number + 1}"), _within(_line_points(line, scale), window)
    for number, collection in enumerate(axes.collections):
        if not collection.get_visible() or collection.get_alpha() == 0:
            continue
        if isinstance(collection, PathCollection):
            offsets = collection.get_offset_transform().transform(
                np.ma.filled(collection.get_offsets(), np.nan)
            )
            yield collection, _name(collection, f"markers {number + 1}"), _within(offsets, window)
        elif isinstance(collection, LineCollection):
            paths = [
                _dense(collection.get_transform().transform_path(p), scale) for p in collection.get_paths()
            ]
            points = np.vstack(paths) if paths else np.empty((0, 2))
            yield collection, _name(collection, f"lines {number + 1}"), _within(points, window)


def _name(artist: Any, otherwise: str) -> str:
    label = str(artist.get_label())
    return otherwise if not label or label.startswith("_") else f"{otherwise} {label!r}"


def _line_points(line: Line2D, scale: float) -> np.ndarray:
    path = line.get_transform().transform_path(line.get_path())
    drawn = line.get_linestyle() not in ("None", "none", "", " ") and line.get_linewidth() > 0
    return _dense(path, scale) if drawn else np.asarray(path.vertices)


def _dense(path: Path, scale: float) -> np.ndarray:
    """Points along a path, two pixels apart at the most."""
    pieces = []
    for polygon in _runs(path):
        steps = np.hypot(*np.diff(polygon, axis=0).T)
        counts = np.clip(np.ceil(steps / (2 * scale)), 1, 2000).astype(int)
        for start, end, count in zip(polygon[:-1], polygon[1:], counts, strict=True):
            pieces.append(start + np.linspace(0, 1, count, endpoint=False)[:, None] * (end - start))
        pieces.append(polygon[-1:])
    return np.vstack(pieces) if pieces else np.empty((0, 2))


def _runs(path: Path) -> Iterator[np.ndarray]:
    """The parts of a path that are drawn without a break: nan and infinity break it."""
    curved = path.codes is not None
    for vertices in path.to_polygons(closed_only=False) if curved else [path.vertices]:
        polygon = np.asarray(vertices, dtype=float)
        here = np.isfinite(polygon).all(axis=1)
        for run in np.split(np.arange(len(polygon)), np.flatnonzero(np.diff(here)) + 1):
            if len(run) and here[run[0]]:
                yield polygon[run]


def _within(points: np.ndarray, box: Bbox) -> np.ndarray:
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    low, high = np.array(box.min), np.array(box.max)
    keep = (points >= low - 0.5).all(axis=1) & (points <= high + 0.5).all(axis=1)
    return points[keep]


def _hits(points: np.ndarray, box: Bbox) -> bool:
    return bool(((points > box.min).all(axis=1) & (points < box.max).all(axis=1)).any())
