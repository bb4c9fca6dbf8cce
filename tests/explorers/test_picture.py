"""The drawing route keeps to itself."""

import io

import matplotlib
import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from mlcourse.explorers.picture import BACKGROUNDS, PIXEL_RATIO, Picture
from mlcourse.explorers.stamp import LINE, Stamp, stamp

WHOLE_PIXELS = matplotlib.__version_info__ >= (3, 11)


@pytest.fixture
def circle():
    """A picture of one dot that can be moved, and its line."""
    lines = []

    def build(figure):
        ax = figure.add_subplot()
        ax.set(xlim=(0, 1), ylim=(0, 1))
        lines.extend(ax.plot([0.5], [0.5], "o"))
        return lines

    return Picture(200, 100, build), lines


def test_making_one_leaves_the_learners_matplotlib_as_it_was(circle):
    import matplotlib.pyplot as plt

    usual = matplotlib.get_backend()
    matplotlib.use("svg")  # not the one that is used for our own picture
    try:
        before, open_before = dict(matplotlib.rcParams), plt.get_fignums()
        Picture(200, 100, lambda figure: [figure.add_subplot().plot([1, 2])[0]]).draw()
        assert matplotlib.get_backend() == "svg"
        assert dict(matplotlib.rcParams) == before
        assert plt.get_fignums() == open_before
    finally:
        matplotlib.use(usual)


def test_the_learners_style_does_not_reach_it():
    def one():
        picture = Picture(200, 100, lambda figure: [figure.add_subplot().plot([1, 2])[0]])
        picture.draw()
        return picture.pixels()

    plain = one()
    with matplotlib.rc_context({"figure.facecolor": "black", "axes.grid": True, "font.size": 20}):
        assert np.array_equal(one(), plain)


def test_only_what_moves_is_drawn_again(circle):
    picture, (dot,) = circle
    picture.draw()
    dot.set_data([0.2], [0.2])
    dot.axes.set_facecolor("red")  # still, so not drawn before it is said to have changed
    picture.draw()
    assert not (picture.pixels() == (255, 0, 0)).all(axis=2).any()
    picture.forget_backgrounds()
    picture.draw()
    assert (picture.pixels() == (255, 0, 0)).all(axis=2).any()


def test_the_figure_saved_by_hand_has_its_moving_parts(circle):
    picture, (dot,) = circle
    picture.draw()
    target = io.BytesIO()
    picture.figure.savefig(target, format="png", dpi=100)
    with_dot = np.asarray(Image.open(target).convert("RGB")).astype(int)
    dot.set_visible(False)
    picture.figure.savefig(target := io.BytesIO(), format="png", dpi=100)
    assert (with_dot != np.asarray(Image.open(target).convert("RGB"))).any()


@pytest.fixture
def backgrounds(circle, monkeypatch):
    """A picture, and the colours of the backgrounds that it has drawn in full."""
    picture, (dot,) = circle
    drawn, full = [], picture._canvas.draw
    monkeypatch.setattr(picture._canvas, "draw", lambda: (drawn.append(picture._background), full()))
    return picture, dot.axes, drawn


def test_a_background_with_a_name_is_drawn_once_and_comes_back_as_it_was(backgrounds):
    picture, axes, drawn = backgrounds
    seen = {}
    for color in ("red", "blue", "red", "blue"):
        axes.set_facecolor(color)
        picture.set_background(color)
        picture.draw()
        assert np.array_equal(seen.setdefault(color, picture.pixels()), picture.pixels())
        sent = np.asarray(Image.open(io.BytesIO(picture.png())).convert("RGB")).astype(int)
        assert np.abs(sent - seen[color]).mean() < 1.5
    assert drawn == ["red", "blue"]
    assert not np.array_equal(seen["red"], seen["blue"])


def test_only_so_many_backgrounds_are_kept(backgrounds):
    picture, _, drawn = backgrounds
    for name in range(3 * BACKGROUNDS):
        picture.set_background(name)
        picture.draw()
        assert len(picture._drawn) <= BACKGROUNDS
    assert drawn == list(range(3 * BACKGROUNDS))


@pytest.mark.parametrize(("asked", "given"), [(1, 1), (1.25, 1.25), (1.4, 1.4), (2, 1.4), (0.5, 1)])
def test_a_picture_has_as_many_pixels_as_its_screen_but_half_of_what_two_for_one_would_be(
    circle, asked, given
):
    picture, _ = circle
    picture.draw()
    picture.set_pixel_ratio(asked)
    picture.draw()
    assert picture.pixels().shape == (100 * given, 200 * given, 3)
    assert Image.open(io.BytesIO(picture.png())).size == (200 * given, 100 * given)


def text_of(make, words, ratio=PIXEL_RATIO, **look):
    """Picture of one text on a blue band, as an array."""

    def build(figure):
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        ax.axhspan(0.2, 0.8, color="#CCE5F2")
        return [ax.add_artist(make(0.5, 0.5, words, **look))]

    picture = Picture(300, 100, build)
    picture.set_pixel_ratio(ratio)
    picture.draw()
    return picture.pixels().astype(int)


@pytest.mark.parametrize("ha", ["left", "center", "right"])
@pytest.mark.parametrize("va", ["top", "center", "baseline", "bottom"])
@pytest.mark.parametrize(
    "look",
    [
        {"size": 12, "color": "#B84700"},
        {"size": 9.5, "weight": "bold"},
        # Before 3.11, matplotlib set the letters of this font at fractions of a pixel; we do at whole ones.
        *([{"size": 11, "family": "DejaVu Sans Mono"}] if WHOLE_PIXELS else []),
        {"size": 10, "bbox": {"facecolor": "#FFFFFF", "edgecolor": "none", "pad": 1}},
    ],
)
def test_a_stamped_text_looks_like_the_one_that_matplotlib_draws(ha, va, look):
    words = "dZ2 = A2 − Y ≈ 0.25"
    ours, theirs = (text_of(make, words, ha=ha, va=va, **look) for make in (Stamp, Text))
    blank = text_of(Stamp, "")
    dark = [(pixels.sum(axis=2) < blank.sum(axis=2) - 60) for pixels in (ours, theirs)]
    for axis in (0, 1):  # the same place, and nearly as much ink
        ends = [np.flatnonzero(ink.any(axis=axis))[[0, -1]] for ink in dark]
        # At fractions of a pixel a line grows longer or shorter, letter by letter.
        assert np.abs(ends[0] - ends[1]).max() <= (3 if WHOLE_PIXELS else 6)
    assert dark[0].sum() == pytest.approx(dark[1].sum(), rel=0.15)


def test_a_stamp_remembers_words_and_not_where_they_stood_last():
    def build(figure):
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        return [ax.add_artist(Stamp(0.3, 0.5, "one"))]

    picture = Picture(200, 100, build)
    (text,) = picture.moving
    seen = {}
    for words, place in (("one", 0.3), ("two", 0.3), ("", 0.3), ("one", 0.6), ("one", 0.3), ("two", 0.3)):
        text.set(text=words, x=place)
        picture.draw()
        assert np.array_equal(seen.setdefault((words, place), picture.pixels()), picture.pixels())
    assert (seen["", 0.3] == 255).all()
    assert not np.array_equal(seen["one", 0.3], seen["two", 0.3])
    moved = round(0.3 * 200 * PIXEL_RATIO)
    assert np.array_equal(np.roll(seen["one", 0.3], moved, axis=1), seen["one", 0.6])


def test_lines_of_a_stamp_stand_below_each_other():
    ink = (text_of(Stamp, "1\n1\n1", va="center", size=10, color="k") < 100).all(axis=2).any(axis=1)
    starts = np.flatnonzero(ink[1:] & ~ink[:-1])
    assert len(starts) == 3
    np.testing.assert_allclose(np.diff(starts), LINE * 10 * 100 * PIXEL_RATIO / 72, atol=1)


def test_lines_of_a_stamp_end_where_it_ends_and_stand_as_far_apart_as_asked():
    def build(figure):
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        text = stamp(ax, 0.5, 0.9, ha="right", va="top", size=10, spacing=2)
        text.set_text("100\n1\n11")
        return [text]

    picture = Picture(300, 100, build)
    picture.draw()
    ink = picture.pixels().max(axis=2) < 128
    starts = np.flatnonzero(ink.any(axis=1)[1:] & ~ink.any(axis=1)[:-1])
    np.testing.assert_allclose(np.diff(starts), 2 * 10 * 100 * PIXEL_RATIO / 72, atol=1)
    lines = np.split(ink, starts[1:])
    ends = [np.flatnonzero(line.any(axis=0))[[0, -1]] for line in lines]
    assert ends[0][0] < ends[2][0] < ends[1][0]  # the longer, the further to the left it begins
    assert np.ptp([right for _, right in ends]) <= 3 and 0.48 < ends[0][1] / picture.pixels().shape[1] < 0.5


def test_paper_stays_white_beside_colours_that_are_nearly_white():
    def build(figure):
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        ax.set(xlim=(0, 9), ylim=(0, 1))
        for i, shade in enumerate(("F7FBFC", "FBF7FC", "FCFCF7", "FCFBF7", "F4F8FB", "FBFBFB", "FEFEFE")):
            ax.axvspan(i, i + 1, color=f"#{shade}")
        return []

    picture = Picture(200, 100, build)
    picture.draw()
    sent = np.asarray(Image.open(io.BytesIO(picture.png())).convert("RGB"))
    paper = (picture.pixels() == 255).all(axis=2)
    assert paper.any() and (sent[paper] == 255).all()
