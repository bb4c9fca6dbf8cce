import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.contour import ContourSet

from mlcourse.plots import decision_boundary

X = np.array([[0.0, 0, 1, 1, 2], [0, 1, 0, 1, 2]])


def contours(ax):
    return [artist for artist in ax.get_children() if isinstance(artist, ContourSet)]


def test_the_line_is_where_the_probability_is_one_half():
    ax = decision_boundary(lambda P: 1 / (1 + np.exp(-(P[:1] - 0.7))), X, np.array([[0, 0, 1, 1, 1]]))
    (line,) = contours(ax)
    (path,) = line.get_paths()
    np.testing.assert_allclose(path.vertices[:, 0], 0.7, atol=1e-3)


def test_a_classifier_that_never_changes_its_mind_has_no_line():
    assert not contours(
        decision_boundary(lambda P: np.zeros((1, P.shape[1])), X, np.array([[0, 0, 1, 1, 1]]))
    )


@pytest.mark.parametrize("scores", [True, False])
def test_several_classes_have_a_region_each(scores):
    centres = np.array([0.0, 1.0, 2.0])[:, None]

    def predict(P):
        closeness = -np.abs(P[0] - centres)
        return closeness if scores else closeness.argmax(axis=0)

    ax = decision_boundary(predict, X, np.eye(3)[:, [0, 0, 1, 1, 2]])
    assert len(contours(ax)) == 3


@pytest.mark.parametrize("Y", [[[0, 0, 1, 1, 1]], [0, 0, 1, 1, 1], [[1, 1, 0, 0, 0], [0, 0, 1, 1, 1]]])
def test_classes_differ_in_marker_as_well_as_colour(Y):
    ax = decision_boundary(lambda P: P[:1] * 0, X, np.array(Y))
    points = [scatter for scatter in ax.collections if not isinstance(scatter, ContourSet)]
    assert [len(scatter.get_offsets()) for scatter in points] == [2, 3]
    assert not np.array_equal(*(scatter.get_paths()[0].vertices[:4] for scatter in points))
    assert not np.array_equal(*(scatter.get_facecolors() for scatter in points))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["class 0", "class 1"]


def test_it_draws_on_the_axes_given():
    _, ax = plt.subplots()
    assert decision_boundary(lambda P: P[:1] * 0, X, np.array([0, 0, 1, 1, 1]), ax) is ax


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match=r"X: expected shape \(2, m\), found \(3, 5\)"):
        decision_boundary(lambda P: P[:1], np.zeros((3, 5)), np.zeros(5))
    with pytest.raises(ValueError, match=r"Y: expected 5 columns.* found shape \(1, 4\)"):
        decision_boundary(lambda P: P[:1], X, np.zeros((1, 4)))


@pytest.mark.parametrize("size", [(3.3, 2.6), (3.7, 3.2), (5.2, 4.6)])
@pytest.mark.parametrize("classes", [2, 3])
def test_title_legend_ticks_and_axis_names_leave_each_other_alone(size, classes):
    figure, ax = plt.subplots(figsize=size, layout="constrained")
    rng = np.random.default_rng(0)
    Y = np.arange(30) % classes
    decision_boundary(lambda points: (points[0] > 0).astype(int), rng.normal(size=(2, 30)), Y, ax=ax)
    ax.set_title("Answers in the plane")
    figure.canvas.draw()
    ticks = [
        label
        for axis, (low, high), xy in ((ax.xaxis, ax.get_xlim(), 0), (ax.yaxis, ax.get_ylim(), 1))
        for label in axis.get_ticklabels()
        if low <= label.get_position()[xy] <= high
    ]
    parts = [ax.title, ax.get_legend(), ax.xaxis.label, ax.yaxis.label, *ticks]
    boxes = [part.get_window_extent() for part in parts]
    for one, box in enumerate(boxes):
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 and figure.bbox.y0 <= box.y0
        assert not any(box.overlaps(other) for other in boxes[one + 1 :])
    plt.close(figure)
