"""The drawing route: one Agg figure; its still parts are kept, its moving parts are drawn over them.

Chosen by measurement, key press to new picture in JupyterLab and chromium on two cores, as
`tests/benchmarks/test_explorer_latency.py` prints it: medians of 20 single steps, the least and the largest
of five explorers' controls, and of two on the long network.

================================================  =============  =====================
route                                             loopback       150 ms there and back
================================================  =============  =====================
this one, the picture ahead                       6 to 10 ms     4 to 6 ms
this one, made when it is asked for               45 to 67 ms    180 ms
`ipywidgets.interact`, the figure made anew       230 to 360 ms  450 ms
================================================  =============  =====================

All of these steps, at four a second, were ahead. After 45 key presses, 30 a second, the last picture is there
within 16 ms where it is ahead.

ipympl, its artists updated and the whole figure redrawn, took 2.8 times as long as an earlier version of this
that was half as fast.

Of a picture of 1520 x 740 pixels (quiet machine): full drawing 53 ms, moving parts 4 ms; as PNG in full
colour 22 ms and 87 kB, in 256 fixed colours 6 ms and 40 kB, as JPEG 5 ms and 160 kB, as lossless WebP 16 ms
and more. Those who learn on Binder have a network between them and the kernel, so small matters too: what
stands still is sent once, and the page lays over it what moves.
"""

import io
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from PIL import Image, features

from mlcourse.explorers import style
from mlcourse.explorers.shade import Shade
from mlcourse.explorers.still import STANDING, Still, encode
from mlcourse.explorers.work import thread_time
from mlcourse.plots.palette import INK, PAPER, SERIES

CSS_PIXELS_PER_INCH = 100
PIXEL_RATIO = 1.4
"""Most pixels for each pixel of the page. Two of them take twice the bytes, and look the same on a laptop."""
BACKGROUNDS = 6
"""Still parts kept at a time: 1 MB each, or 2 where there are most pixels."""
PIECE = 0.004
"""Seconds after which a piece of them ends. An axis, which may take 10 ms and more, is a piece of its own."""
APART = 5, 20
"""Least difference of two colours, of 255: of those that fill squares and planes, and of the others."""
_NOTHING: tuple[Hashable, Any, list[Artist]] = (object(), None, [])


class Picture:
    """A figure that is built once; afterwards only the artists that move are drawn again.

    Parameters
    ----------
    width, height : int
        Size on the page in CSS pixels.
    build : callable
        ``build(figure)`` makes axes and artists and returns those that move, in drawing order.
    """

    def __init__(self, width: int, height: int, build: Callable[[Figure], Sequence[Artist]]) -> None:
        self.width, self.height = width, height
        # A figure of its own, outside pyplot: no global state, and no second copy under %matplotlib inline.
        with _our_style():
            self.figure = Figure(
                figsize=(width / CSS_PIXELS_PER_INCH, height / CSS_PIXELS_PER_INCH),
                dpi=CSS_PIXELS_PER_INCH * PIXEL_RATIO,
            )
            self._canvas = FigureCanvasAgg(self.figure)
            self.moving = tuple(build(self.figure))
        for artist in self.moving:
            artist.set_animated(True)
        self._background: Hashable = None
        self._begun = _NOTHING
        self._drawn: dict[Hashable, np.ndarray] = {}
        self._stills: dict[Hashable, Still] = {}

    @property
    def ratio(self) -> float:
        """Pixels for each pixel of the page."""
        return self.figure.dpi / CSS_PIXELS_PER_INCH

    def set_pixel_ratio(self, ratio: float) -> bool:
        """Draw so many pixels (1 to 1.4) for one of the page; tell whether these are more than before."""
        before = self.figure.dpi
        self.figure.set_dpi(CSS_PIXELS_PER_INCH * min(max(ratio, 1.0), PIXEL_RATIO))
        if self.figure.dpi != before:
            self.forget_backgrounds()
        return self.figure.dpi > before

    def set_background(self, name: Hashable) -> None:
        """Say that what stands still has changed (an axis, a contour), and what it is now."""
        self._background = name

    def prepare(self) -> Iterator[None]:
        """Draw what stands still in pieces, beside the canvas, so that the next drawing is a quick one.

        Between two pieces others may move the artists; before the next they must be back where they were.
        """
        name = self._background
        if name in self._drawn:
            return
        if self._begun[0] != name:
            # The canvas's own size, which need not be whole: in matplotlib 3.10 half a pixel moves a text.
            size = self.figure.bbox.size
            self._begun = name, RendererAgg(*size, self.figure.dpi), _standing(self.figure)
        begun = _, renderer, artists = self._begun
        yield
        while artists:
            until = thread_time() + PIECE
            with _our_style():  # matplotlib makes ticks as late as here
                for axes in self.figure.axes:
                    axes.apply_aspect()
                artists.pop().draw(renderer)
                while artists and not isinstance(artists[-1], Axis) and thread_time() < until:
                    artists.pop().draw(renderer)
            yield
            if self._begun is not begun:  # pixels of another size, or somebody else's turn
                return
        self._begun = _NOTHING
        drawn = _pixels(renderer.buffer_rgba()).copy()
        self._keep(name, drawn)
        self.draw()
        palette = self._palette()
        yield
        if self._drawn.get(name) is drawn and name not in self._stills:
            self._stand(name, palette)
            yield

    def forget_backgrounds(self) -> None:
        """Make the next drawing a full one."""
        self._begun = _NOTHING
        self._drawn.clear()
        self._stills.clear()

    def draw(self) -> None:
        """Bring the canvas up to date."""
        if self._background in self._drawn:
            self._now()[:] = self._drawn[self._background]
        else:
            with _our_style():
                self._canvas.draw()  # leaves out animated artists
            self._keep(self._background, self._now().copy())
        renderer = self._canvas.get_renderer()
        for artist in self.moving:
            if artist.get_visible():
                artist.draw(renderer)

    def _now(self) -> np.ndarray:
        """The canvas itself, shape (height, width), the four bytes of a pixel as one number."""
        return _pixels(self._canvas.get_renderer().buffer_rgba())  # one of the present size

    def _keep(self, name: Hashable, drawn: np.ndarray) -> None:
        if len(self._drawn) == BACKGROUNDS and name not in self._drawn:
            oldest = next(iter(self._drawn))
            del self._drawn[oldest]
            self._stills.pop(oldest, None)
        self._drawn[name] = drawn

    def pixels(self) -> np.ndarray:
        """Copy of the canvas, shape (height, width, 3), 0 to 255."""
        return np.asarray(self._canvas.buffer_rgba())[:, :, :3].copy()

    def png(self, *, smallest: bool = False) -> bytes:
        """Encode the canvas as a PNG of few colours; the smallest one takes ten times as long."""
        return encode(self.indexed(), 9 if smallest else STANDING)

    def smallest(self) -> tuple[bytes, str]:
        """The canvas in as few bytes as can be without loss, and their format."""
        if not features.check("webp"):
            return self.png(smallest=True), "png"
        target = io.BytesIO()
        self.indexed().convert("RGB").save(target, format="webp", lossless=True, quality=100, method=4)
        return target.getvalue(), "webp"

    def indexed(self) -> Image.Image:
        """The canvas in few colours."""
        return _in_colors_of(self.still.image, _image(self._now()))

    @property
    def still(self) -> Still:
        """What stands still on the canvas; its colours are chosen from the canvas as it is the first time."""
        name = self._background
        return self._stills.get(name) or self._stand(name, self._palette())

    def moved(self) -> Image.Image:
        """What is to be laid over it: the canvas where it differs, and elsewhere no colour.

        Of ten explorers this takes 0.2 to 0.7 of the bytes of the whole picture (of the eleventh, where
        everything moves, a tenth more), and drawing and encoding 0.7 to 1.0 of the time.
        """
        still, now = self.still, self._now()
        changed = now != self._drawn[self._background]  # of most pictures, some hundredths
        numbers = np.full(now.shape, still.none, np.uint8)
        if changed.any():
            colors = now[changed]
            chosen = np.asarray(_in_colors_of(still.image, _image(colors[None])))[0]
            numbers[changed] = np.where(chosen == still.numbers[changed], still.none, chosen)
        image = Image.fromarray(numbers)
        image.putpalette(still.colors)
        image.info["transparency"] = still.none
        return image

    def _palette(self) -> Image.Image:
        shades = [artist.shades() for artist in self.moving if isinstance(artist, Shade)]
        return _palette(_image(self._now()), shades)

    def _stand(self, name: Hashable, palette: Image.Image) -> Still:
        self._stills[name] = Still(_in_colors_of(palette, _image(self._drawn[name])))
        return self._stills[name]


def _pixels(buffer: Any) -> np.ndarray:
    return np.asarray(buffer).view(np.uint32)[:, :, 0]


def _image(pixels: np.ndarray) -> Image.Image:
    return Image.frombytes("RGB", pixels.shape[::-1], pixels.tobytes(), "raw", "RGBX")


def _in_colors_of(palette: Image.Image, image: Image.Image) -> Image.Image:
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def _standing(figure: Figure) -> list[Artist]:
    """All that `Figure.draw` would draw but what moves, one by one, the last to be drawn first."""
    artists: list[Artist] = []
    for child in _in_order(figure):
        artists += _in_order(child) if isinstance(child, Axes) else [child]
    return artists[::-1]


def _in_order(parent: Figure | Axes) -> list[Artist]:
    first: list[Artist] = [parent.patch]
    left_out: set[Artist] = {parent.patch}
    if isinstance(parent, Axes) and not parent.axison:
        first, left_out = [], {parent.patch, parent.xaxis, parent.yaxis, *parent.spines.values()}
    children = [child for child in parent.get_children() if child not in left_out]
    still = [child for child in children if child.get_visible() and not child.get_animated()]
    return [*first, *sorted(still, key=Artist.get_zorder)]


def _our_style() -> AbstractContextManager[None]:
    """The learner's own rcParams do not change our pictures, nor our style theirs."""
    # `rc_context` would not give a backend back.
    defaults = {name: value for name, value in matplotlib.rcParamsDefault.items() if "backend" not in name}
    return matplotlib.rc_context({**defaults, **style.RC})


def _palette(image: Image.Image, shades: Sequence[np.ndarray]) -> Image.Image:
    """Choose some dozens of colours: the commonest in the picture, the course's fading to paper, a survey.

    The course's own, and the shades of planes, are there for what is not yet to be seen. What is nearly a
    colour already chosen is left out: paper stays exactly white, and the edges of lines take few bytes.
    """
    # Every third pixel of every third row: the same colours, in a sixth of the time.
    image = image.resize((image.width // 3, image.height // 3), Image.Resampling.NEAREST)
    counted: list[Any] = image.getcolors(image.width * image.height) or []
    seen = [rgb for _, rgb in sorted(counted, reverse=True)[:96]]
    fading = [np.linspace(_rgb(color), _rgb(PAPER), 9)[:-1] for color in (*SERIES, INK)]
    survey = image.quantize(200, method=Image.Quantize.MEDIANCUT).getpalette() or []
    candidates: np.ndarray = np.vstack([seen, *fading, *shades, np.array(survey).reshape(-1, 3)]).round()
    apart = np.where(np.arange(len(candidates)) < len(seen), *APART)
    paper = _rgb(PAPER)
    chosen, count = np.tile(paper, (255, 1)), 1
    white = np.abs(candidates - paper).max(axis=1) <= 12
    for color, least in zip(candidates[~white], apart[~white], strict=True):
        if count < len(chosen) and np.abs(chosen[:count] - color).max(axis=1).min() > least:
            chosen[count] = color
            count += 1
    palette = Image.new("P", (1, 1))
    palette.putpalette(chosen[:count].astype(np.uint8).ravel().tolist())
    return palette


def _rgb(color: str) -> np.ndarray:
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)
