"""Pictures of digits: grids of images, first-layer weights, worst mistakes, the confusion matrix."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from mlcourse.plots.style import DIVERGING, INK, SEQUENTIAL, axes


def image_grid(
    images: NDArray,
    titles: Sequence[str] | None = None,
    ax: Axes | None = None,
    *,
    columns: int = 8,
    signed: bool = False,
) -> Axes:
    """Square images side by side.

    Parameters
    ----------
    images : ndarray of shape (pixels, m)
        One image a column, its rows one after the other; pixels must be a square number, such as 784.
    titles : sequence of str, optional
        A line above each image.
    ax : Axes, optional
        Where to draw; a new figure if not given.
    columns : int
        Images a row.
    signed : bool
        Blue for negative, white for zero, red for positive, with a colour bar, instead of black ink on white.

    Returns
    -------
    Axes
    """
    images = np.asarray(images)
    side = round(images.shape[0] ** 0.5)
    if images.ndim != 2 or side**2 != images.shape[0] or images.shape[1] == 0:
        raise ValueError(f"images: expected shape (pixels, m) pixels a square number, found {images.shape}")
    count = images.shape[1]
    if titles is not None and len(titles) != count:
        raise ValueError(f"titles: expected {count}, one for each image, found {len(titles)}")
    columns = min(columns, count)
    rows = -(-count // columns)
    cell = 0.95 if titles is not None else 0.6  # inches
    lines = max((title.count("\n") + 1 for title in titles), default=0) if titles is not None else 0
    above = 2 + round(lines * 0.17 * side / cell)  # a line of text is 0.17 inches high
    height, width = side + above, side + 2
    # One large picture: a hundred small axes would take a hundred times as long to draw.
    mosaic = np.full((rows * height, columns * width), np.nan)
    for index, image in enumerate(images.T):
        top, left = index // columns * height + above, index % columns * width + 1
        mosaic[top : top + side, left : left + side] = image.reshape(side, side)

    ax = axes(ax, cell * columns + signed, cell * rows * height / width)
    limit = float(np.abs(images).max()) or 1.0
    if signed:
        picture = ax.imshow(mosaic, cmap=DIVERGING, vmin=-limit, vmax=limit)
        ax.figure.colorbar(picture, ax=ax, shrink=0.8)
    else:
        ax.imshow(mosaic, cmap="gray_r", vmin=0, vmax=limit)
    for index, title in enumerate(titles or ()):
        top, left = index // columns * height + above, index % columns * width + 1
        ax.text(left + side / 2, top - 1, title, ha="center", va="bottom", fontsize=9, color=INK)
    ax.set_axis_off()
    return ax


def first_layer_weights(W: NDArray, ax: Axes | None = None, *, columns: int = 16) -> Axes:
    """What each unit of the first layer looks for: its weights as an image; W of shape (units, pixels)."""
    return image_grid(np.asarray(W).T, ax=ax, columns=columns, signed=True)


def worst_mistakes(
    images: NDArray, labels: NDArray, probabilities: NDArray, ax: Axes | None = None, *, count: int = 12
) -> Axes:
    """Images that were classified wrongly, first those whose right class was thought least probable.

    Parameters
    ----------
    images : ndarray of shape (pixels, m)
        The images.
    labels : ndarray of int, shape (m,)
        What they show.
    probabilities : ndarray of shape (classes, m)
        What the network thinks of them.
    ax : Axes, optional
        Where to draw; a new figure if not given.
    count : int
        At most so many.

    Returns
    -------
    Axes
        Above each image: what it shows, what it was taken for, and how probable that was thought.
    """
    predicted = probabilities.argmax(axis=0)
    right = probabilities[labels, np.arange(len(labels))]
    wrong = np.flatnonzero(predicted != labels)
    worst = wrong[np.argsort(right[wrong], kind="stable")][:count]
    if len(worst) == 0:
        ax = axes(ax, 3, 1)
        ax.text(0.5, 0.5, "no mistake", ha="center", va="center", color=INK)
        ax.set_axis_off()
        return ax
    titles = [f"{labels[i]} → {predicted[i]}\n{probabilities[predicted[i], i]:.0%}" for i in worst]
    return image_grid(images[:, worst], titles, ax, columns=6)


def confusion_matrix(
    labels: NDArray, predictions: NDArray, ax: Axes | None = None, *, classes: int = 10
) -> Axes:
    """How often each class (row) was taken for each other (column); right answers are on the diagonal.

    Parameters
    ----------
    labels, predictions : ndarray of int, shape (m,)
        What is right, and what was answered.
    ax : Axes, optional
        Where to draw; a new figure if not given.
    classes : int
        Number of classes.

    Returns
    -------
    Axes
    """
    labels, predictions = np.asarray(labels), np.asarray(predictions)
    if labels.shape != predictions.shape or labels.ndim != 1:
        raise ValueError(
            f"predictions: expected shape ({labels.size},) like labels, found {predictions.shape}"
        )
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, predictions), 1)
    ax = axes(ax, 5.2, 4.8)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    # The square root lets the few mistakes show beside the many right answers.
    ax.imshow(np.sqrt(shares), cmap=SEQUENTIAL, vmin=0, vmax=1)
    for row, column in np.argwhere(counts):
        dark = shares[row, column] > 0.25
        ax.text(column, row, counts[row, column], ha="center", va="center", color="white" if dark else INK)
    ax.set(xlabel="predicted", ylabel="actual", xticks=range(classes), yticks=range(classes))
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    return ax
