from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest

from mlcourse.nn import History
from mlcourse.plots import gradient_by_depth, gradient_flow, learning_curve

HISTORY = History(
    np.array([0.7, 0.5, 0.4]), np.array([0.5, 0.75, 1.0]), np.array([[1, 2.0], [0.1, 0.2], [0, 0.1]])
)


def drawn(ax):
    return {line.get_label(): (line.get_xdata(), line.get_ydata()) for line in ax.get_lines()}


def test_a_learning_curve_shows_each_epoch_counted_from_1():
    for record in (HISTORY, [0.7, 0.5, 0.4]):
        ax = learning_curve(record)
        np.testing.assert_array_equal(drawn(ax)["loss"], [[1, 2, 3], [0.7, 0.5, 0.4]])
        assert ax.get_xlabel() == "epoch"
        assert ax.get_legend() is None


def test_several_learning_curves_have_a_legend():
    ax = learning_curve({"ours": HISTORY, "theirs": [0.1, 0.9]}, quantity="accuracy", log=True)
    np.testing.assert_array_equal(drawn(ax)["ours"][1], HISTORY.accuracy)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["ours", "theirs"]
    assert (ax.get_ylabel(), ax.get_yscale()) == ("accuracy", "log")


def test_gradient_flow_has_a_line_for_each_layer():
    for norms in (HISTORY, HISTORY.gradient_norms):
        lines = drawn(gradient_flow(norms))
        assert list(lines) == ["layer 1", "layer 2"]
        np.testing.assert_array_equal(lines["layer 2"][1], [2, 0.2, 0.1])
        np.testing.assert_array_equal(lines["layer 1"][1], [1, 0.1, np.nan])  # 0 has no logarithm


def test_gradient_by_depth_shows_zeros_on_the_axis():
    ax = gradient_by_depth({"he": [1.0, 2.0, 3.0], "zero": [0.0, 0.0, 1.0]})
    lines = [line for line in ax.get_lines() if len(line.get_xdata())]
    zeros = [line for line in lines if line.get_transform() == ax.get_xaxis_transform()]
    assert [list(line.get_xdata()) for line in zeros] == [[1, 2]]
    assert "zero (on the axis: exactly 0)" in drawn(ax)
    assert "he" in drawn(ax)


def test_gradient_by_depth_without_zeros_is_stored_without_an_empty_margin():
    figure = gradient_by_depth([1.0, 2.0, 3.0]).figure
    figure.canvas.draw()
    stored, paper = figure.get_tightbbox(), figure.get_size_inches()
    assert stored.x0 > 0 and stored.y0 > 0 and stored.x1 < paper[0] and stored.y1 < paper[1]


def test_gradient_by_depth_of_one_network_needs_no_name():
    ax = gradient_by_depth([3.0, 2.0])
    assert ax.get_legend() is None
    assert ax.get_yscale() == "log"


def test_all_draw_on_the_axes_given():
    _, ax = plt.subplots()
    assert learning_curve(HISTORY, ax) is ax
    assert gradient_flow(HISTORY, ax) is ax
    assert gradient_by_depth([1.0], ax) is ax


@pytest.mark.parametrize(
    "call, message",
    [
        (
            lambda: learning_curve(HISTORY, quantity="speed"),
            "quantity: expected 'loss' or 'accuracy', found 'speed'",
        ),
        (
            lambda: learning_curve({"a": [[1.0]]}),
            r"a: expected a sequence of numbers, .* found shape \(1, 1\)",
        ),
        (
            lambda: gradient_flow([1.0, 2.0]),
            r"norms: expected an array of shape \(epochs, layers\), found .*\(2,\)",
        ),
        (lambda: gradient_by_depth([[1.0]]), r"norms.*: expected an array of shape \(layers,\)"),
    ],
)
def test_bad_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("width", [2.4, 3.7, 6.4])
def test_the_epochs_under_a_narrow_curve_do_not_touch(width):
    figure, ax = plt.subplots(figsize=(width, 3), layout="constrained")
    learning_curve(np.geomspace(1, 0.01, 2000), ax=ax)
    figure.canvas.draw()
    shown = [
        label
        for label in ax.get_xticklabels()
        if ax.get_xlim()[0] <= label.get_position()[0] <= ax.get_xlim()[1]
    ]
    boxes = [label.get_window_extent() for label in shown]
    assert len(boxes) > 1
    assert all(right.x0 - left.x1 > 3 for left, right in pairwise(boxes))
    plt.close(figure)
