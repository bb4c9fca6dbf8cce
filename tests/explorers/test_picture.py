"""The drawing route keeps to itself."""

import io

import matplotlib
import numpy as np
import pytest
from PIL import Image

from mlcourse.explorers.picture import Picture
from mlcourse.explorers.stamp import Stamp


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
        before = dict(matplotlib.rcParams)
        Picture(200, 100, lambda figure: [figure.add_subplot().plot([1, 2])[0]]).draw()
        assert matplotlib.get_backend() == "svg"
        assert dict(matplotlib.rcParams) == before
        assert plt.get_fignums() == []
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
    picture.forget_background()
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


def test_a_stamped_text_is_what_a_drawn_one_is():
    def build(figure):
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        return [ax.add_artist(Stamp(0.3, 0.5, "one"))]

    picture = Picture(200, 100, build)
    (text,) = picture.moving
    seen = {}
    for words in ("one", "two", "", "one", "two"):
        text.set_text(words)
        picture.draw()
        assert np.array_equal(seen.setdefault(words, picture.pixels()), picture.pixels())
    assert not np.array_equal(seen["one"], seen["two"])
    assert (seen[""] == 255).all()


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
