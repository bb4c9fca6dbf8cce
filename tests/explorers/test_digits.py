"""Drawing a digit: what the pad sends is what the network sees, in the middle."""

import numpy as np
import pytest

from mlcourse.explorers import DigitsExplorer
from mlcourse.explorers.digit_images import centred
from mlcourse.explorers.digits import _look, trained_network
from mlcourse.explorers.work import finish


def vertical_stroke(column):
    image = np.zeros((28, 28))
    image[5:23, column : column + 3] = (0.6, 1, 0.6)
    return image


@pytest.fixture
def explorer():
    return DigitsExplorer()


@pytest.fixture
def state(explorer):
    """Return ``state()``: what the explorer shows."""
    return explorer._current


def test_a_vertical_stroke_is_read_as_a_one_wherever_it_is_drawn(explorer):
    summaries = {explorer.draw(vertical_stroke(column)).summary for column in (2, 13, 24)}
    assert summaries == {
        "Your drawing, its centre of mass moved to the middle: the network answers 1 and is sure. "
        "The slope is that of the loss for 1."
    }


def test_the_pad_and_code_draw_the_same(explorer, state):
    explorer.draw(vertical_stroke(9))
    by_code = state().image
    other = DigitsExplorer()
    other.beside().ink = np.rint(255 * vertical_stroke(9)).astype(int).ravel().tolist()
    assert other.summary == explorer.summary
    assert (other._current().image == by_code).all()
    assert other.beside().ink == explorer.beside().ink


def test_the_centre_of_mass_comes_to_the_middle_and_no_ink_is_lost():
    rng = np.random.default_rng(3)
    for _ in range(50):
        image = np.zeros((28, 28))
        top, left = rng.integers(0, 12, 2)
        image[top : top + 16, left : left + 16] = rng.random((16, 16)) * (rng.random((16, 16)) > 0.7)
        moved = centred(image)
        assert moved.sum() == pytest.approx(image.sum())
        for axis in (0, 1):
            assert moved.sum(axis=axis) @ np.arange(28) / moved.sum() == pytest.approx(14, abs=0.51)


def test_ink_at_both_edges_stays_where_it_is():
    image = np.zeros((28, 28))
    image[0, 0] = image[27, 27] = 0.2
    image[3, 3] = 1
    assert (centred(image) == image).all()


def test_the_slope_of_a_drawing_is_that_of_the_loss_for_the_answer(explorer, state):
    image = 0.5 * vertical_stroke(13)
    image[10, 10:18] = 0.5
    slope, answer = explorer.draw(image).set(right=3) and (state().slope, state().probabilities.argmax())
    network = finish(trained_network())

    def loss(pixel, change):
        changed = state().image.copy()
        changed[pixel] += change
        return -np.log(_look(network, changed, None, 1).probabilities[answer])

    for pixel in (np.unravel_index(slope.argmax(), (28, 28)), np.unravel_index(slope.argmin(), (28, 28))):
        assert (loss(pixel, 0.01) - loss(pixel, -0.01)) / 0.02 == pytest.approx(slope[pixel], rel=0.05)


def test_shift_and_noise_move_a_drawing_and_another_digit_takes_its_place(explorer, state):
    picked = explorer.summary
    middle = explorer.draw(vertical_stroke(3)) and state().image
    explorer.set(right=2)
    assert (state().image[:, 2:] == middle[:, :-2]).all()
    explorer.set(noise=0.2)
    assert explorer.summary.startswith("Your drawing")
    explorer.set(right=0, noise=0, example=2)
    assert explorer.summary.startswith("Digit 3, number 2")
    assert not any(explorer.beside().ink)
    assert explorer.draw(vertical_stroke(3)).set(digit=3, example=1).summary == picked


def test_clear_and_reset_empty_the_pad_and_bring_the_picked_digit_back(explorer):
    picked = explorer.summary
    (clear,) = explorer.buttons()
    explorer.beside()
    for empty in (clear.click, explorer.reset):
        explorer.draw(vertical_stroke(3))
        assert any(explorer.beside().ink) and explorer.summary != picked
        empty()
        assert not any(explorer.beside().ink) and explorer.summary == picked


@pytest.mark.parametrize(
    "wrong", [np.zeros(784), np.full((28, 28), 2.0), np.full((28, 28), np.nan), "one", None, [[1]]]
)
def test_what_is_no_drawing_is_refused_and_changes_nothing(explorer, wrong):
    explorer.draw(vertical_stroke(3))
    before = explorer.summary
    with pytest.raises(ValueError, match=r"^image: expected numbers from 0 to 1 in the shape \(28, 28\)"):
        explorer.draw(wrong)
    assert explorer.summary == before


def test_on_the_page_slopes_have_the_two_colours_that_the_card_names(explorer):
    explorer._draw().still  # noqa: B018 - the colours are chosen now, for all that comes
    for values in {}, {"digit": 5, "right": 3}:
        picture = explorer.set(**values)._draw()
        (left, low), (right, high) = explorer._slope._box.get_points().round().astype(int)
        sent = np.asarray(picture.indexed().convert("RGB"))
        drawn, sent = (pixels[-high:-low, left:right].astype(int) for pixels in (picture.pixels(), sent))
        for more, less in ((2, 1), (0, 2)):  # purple has more blue than green, orange more red than blue
            much, kept = (pixels[..., more] - pixels[..., less] for pixels in (drawn, sent))
            assert (much > 50).sum() > 300
            assert ((much > 50) & (kept < 0.4 * much)).sum() < 10  # at the edges of the two marks
