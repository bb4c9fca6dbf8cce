import matplotlib.pyplot as plt
import numpy as np
import pytest

from mlcourse.plots import confusion_matrix, first_layer_weights, image_grid, worst_mistakes


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_each_image_stands_in_its_place_in_the_grid():
    images = np.repeat([[0.1, 0.2, 0.3]], 16, axis=0)
    images[0] = 1  # the top left pixel of each
    ax = image_grid(images, columns=2)
    (picture,) = ax.get_images()
    mosaic = picture.get_array().filled(np.nan)
    tops, lefts = np.nonzero(mosaic == 1)
    for top, left, shade in zip(tops, lefts, (0.1, 0.2, 0.3), strict=True):
        np.testing.assert_array_equal(mosaic[top + 1 : top + 4, left : left + 4], shade)
    assert tops[0] == tops[1] < tops[2]
    assert lefts[2] == lefts[0] < lefts[1]


def test_signed_images_are_white_at_zero_and_have_a_scale():
    ax = first_layer_weights(np.array([[-3.0, 0, 1, 2]]))
    (picture,) = ax.get_images()
    assert picture.get_clim() == (-3, 3)
    np.testing.assert_allclose(picture.get_cmap()(0.5)[:3], 1, atol=0.01)
    assert len(ax.figure.axes) == 2


def test_worst_mistakes_come_first_and_only_mistakes_come():
    images = np.zeros((4, 4))
    labels = np.array([0, 1, 1, 0])
    probabilities = np.array([[0.9, 0.6, 0.99, 0.4], [0.1, 0.4, 0.01, 0.6]])
    assert texts(worst_mistakes(images, labels, probabilities)) == ["1 → 0\n99%", "1 → 0\n60%", "0 → 1\n60%"]
    assert texts(worst_mistakes(images, labels, probabilities, count=1)) == ["1 → 0\n99%"]


def test_no_mistake_is_said_in_words():
    assert texts(worst_mistakes(np.zeros((4, 1)), np.array([0]), np.array([[0.9], [0.1]]))) == ["no mistake"]


def test_the_confusion_matrix_counts_rows_actual_columns_predicted():
    ax = confusion_matrix(np.array([0, 0, 1, 2]), np.array([0, 2, 1, 2]), classes=3)
    cells = {(text.get_position()[1], text.get_position()[0]): int(text.get_text()) for text in ax.texts}
    assert cells == {(0, 0): 1, (0, 2): 1, (1, 1): 1, (2, 2): 1}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "actual")


def test_all_draw_on_the_axes_given():
    _, ax = plt.subplots()
    assert image_grid(np.zeros((4, 1)), ax=ax) is ax
    assert confusion_matrix(np.array([0]), np.array([0]), ax) is ax


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: image_grid(np.zeros((5, 2))), r"images: expected shape \(pixels, m\).* found \(5, 2\)"),
        (lambda: image_grid(np.zeros((4, 2)), ["one"]), "titles: expected 2, one for each image, found 1"),
        (lambda: confusion_matrix(np.zeros(3, int), np.zeros(2, int)), r"predictions: expected shape \(3,\)"),
    ],
)
def test_bad_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
