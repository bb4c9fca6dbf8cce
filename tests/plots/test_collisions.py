"""Collisions in figures are seen, and what is meant to lie over something else is none."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from mlcourse.plots.collisions import collisions


@pytest.fixture
def axes():
    """Return axes from 0 to 1 on a figure of 4 by 3 inches, without ticks."""
    figure = Figure(figsize=(4, 3))
    ax = figure.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    return ax


def test_a_plain_plot_has_none():
    figure = Figure(figsize=(6, 4), layout="constrained")
    ax = figure.subplots()
    ax.plot([0, 1, 2], [0, 1, 4], label="square")
    ax.set(xlabel="x", ylabel="y", title="A square")
    ax.legend(loc="upper left")
    assert collisions(figure) == []


def test_two_texts_that_overlap_are_named_both(axes):
    axes.text(0.3, 0.5, "one")
    axes.text(0.33, 0.51, "two")
    assert collisions(axes.figure) == ["text 'one' over text 'two'"]


def test_tick_labels_that_touch_collide(axes):
    axes.set_xticks(np.linspace(0, 1, 5), ["1000", "1250", "1500", "1750", "2000"])
    assert collisions(axes.figure) == []
    axes.figure.set_size_inches(1.9, 3)
    assert "text '1000' over text '1250'" in collisions(axes.figure)


def test_a_legend_above_the_axes_collides_with_the_title(axes):
    axes.scatter([0.2], [0.2], label="class 0")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), frameon=False)
    assert collisions(axes.figure) == []
    axes.set_title("Answers", loc="left")
    words = collisions(axes.figure)
    assert "text 'Answers' over text 'class 0'" in words and "the legend over text 'Answers'" in words


@pytest.mark.parametrize("draw", ["plot", "scatter"])
def test_text_over_data_collides(axes, draw):
    x = np.linspace(0, 1, 60)
    getattr(axes, draw)(x, x, label="data")
    axes.text(0.5, 0.5, "words", ha="center", va="center")
    (words,) = collisions(axes.figure)
    assert words.startswith("text 'words' over ") and "'data'" in words


def test_a_legend_over_a_curve_collides(axes):
    axes.plot([0, 1], [0.9, 0.9], label="high")
    axes.legend(loc="upper right")
    assert collisions(axes.figure) == ["the legend over line 1 'high'"]


def test_text_beyond_the_edge_collides_unless_the_picture_grows_with_it(axes):
    axes.text(0.95, 0.5, "a long remark at the edge")
    assert collisions(axes.figure) == ["text 'a long remark at the edge' leaves the figure"]
    assert collisions(axes.figure, inside=False) == []


def test_a_line_with_a_gap_hides_nothing_in_its_gap(axes):
    axes.plot([0, 0.2, np.nan, 0.8, 1], [0.5] * 5)
    axes.text(0.5, 0.5, "words", ha="center", va="center")
    assert collisions(axes.figure) == []


def test_the_paper_of_a_label_over_another_text_collides(axes):
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 4}
    axes.text(0.3, 0.5, "first", va="center", bbox=paper)
    second = axes.text(0.3, 0.565, "second", va="center", bbox=paper)
    assert collisions(axes.figure) == ["text 'first' under the paper of text 'second'"]
    second.set_y(0.7)
    assert collisions(axes.figure) == []


def test_labels_at_a_slant_collide_where_their_letters_meet(axes):
    axes.text(0.3, 0.5, "a long remark", rotation=45, ha="center", va="center")
    other = axes.text(0.45, 0.5, "a long remark", rotation=45, ha="center", va="center")
    assert collisions(axes.figure) == []
    other.set_x(0.32)
    assert collisions(axes.figure) == ["text 'a long remark' over text 'a long remark'"]


def test_what_is_not_drawn_hides_nothing(axes):
    axes.plot([0, 1], [0.5, 0.5], visible=False)
    axes.text(0.5, 0.5, "words", va="center")
    axes.text(0.5, 0.5, "hidden", va="center", visible=False)
    axes.text(0.5, 0.5, " ", va="center")
    assert collisions(axes.figure) == []


def test_the_weight_on_an_edge_and_the_number_in_a_node_are_meant(axes):
    axes.plot([0, 1], [0.5, 0.5], zorder=1)
    axes.text(0.25, 0.5, "0.5", ha="center", va="center", bbox={"facecolor": "white"})
    assert collisions(axes.figure) == []
    number = axes.text(0.75, 0.5, "1.8", ha="center", va="center", zorder=3)
    assert collisions(axes.figure) == ["text '1.8' over line 1"]
    axes.add_patch(Circle((0.75, 0.5), 0.1, facecolor="white", zorder=2))
    assert collisions(axes.figure) == []
    number.set_zorder(1)
    assert collisions(axes.figure) == ["text '1.8' over line 1"]


def test_looking_leaves_matplotlib_as_it_was(axes):
    draw = plt.Text.draw
    collisions(axes.figure)
    assert plt.Text.draw is draw


def test_lesson_03_s_figure_as_it_once_was_collides_three_times():
    """Its legend lay over the title, and the epochs under the curve ran into each other."""
    figure = Figure(figsize=(7, 3.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot(np.exp(-np.arange(2000) / 100))
    left.set(title="Loss", xlabel="epoch", ylabel="mean loss")
    left.set_xticks(np.arange(0, 2001, 250))
    for label, x in (("class 0", [0, 1]), ("class 1", [1, 0])):
        right.scatter(x, [0, 1], label=label)
    right.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
    right.set(title="Answers in the plane")
    words = collisions(figure)
    assert "text '1000' over text '1250'" in words
    assert "text 'Answers in the plane' over text 'class 1'" in words
    assert "the legend over text 'Answers in the plane'" in words
    left.set_xticks(np.arange(0, 2001, 500))
    right.legend(loc="upper left", bbox_to_anchor=(0, -0.1), ncols=2, frameon=False)
    assert collisions(figure) == []
