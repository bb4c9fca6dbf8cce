"""The decision boundary of a classifier in the plane."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.transforms import ScaledTranslation
from numpy.typing import NDArray

from mlcourse.plots.palette import INK, MARKERS, SERIES, YELLOW
from mlcourse.plots.style import DIVERGING, axes

CLASS_COLORS = (*SERIES, YELLOW)


def decision_boundary(
    predict: Callable[[NDArray], NDArray],
    X: NDArray,
    Y: NDArray,
    ax: Axes | None = None,
    *,
    resolution: int = 200,
) -> Axes:
    """Regions of a classifier's answers, the line between them, and the examples.

    Parameters
    ----------
    predict : callable
        Takes points of shape (2, n). Returns probabilities or answers 0 and 1 of shape (1, n), drawn as
        shades; or classes of shape (n,), or scores of shape (classes, n), of which the largest counts.
    X : ndarray of shape (2, m)
        Examples.
    Y : ndarray of shape (1, m), (m,) or (classes, m)
        Their classes: 0 and 1, integers, or one-hot.
    ax : Axes, optional
        Where to draw; a new figure if not given.
    resolution : int
        Points of the grid along each side.

    Returns
    -------
    Axes
    """
    X, Y = np.asarray(X), np.asarray(Y)
    if X.ndim != 2 or X.shape[0] != 2:
        raise ValueError(f"X: expected shape (2, m), found {X.shape}")
    if Y.shape[-1] != X.shape[1]:
        raise ValueError(
            f"Y: expected {X.shape[1]} columns, one for each example of X, found shape {Y.shape}"
        )
    labels = Y.argmax(axis=0) if Y.ndim == 2 and Y.shape[0] > 1 else Y.ravel().astype(int)
    low, high = X.min(axis=1), X.max(axis=1)
    margin = 0.12 * np.maximum(high - low, 1e-3)
    x1, x2 = (np.linspace(a, b, resolution) for a, b in zip(low - margin, high + margin, strict=True))
    grid = np.stack([axis.ravel() for axis in np.meshgrid(x1, x2)])
    answer = np.asarray(predict(grid))

    ax = axes(ax, 5.2, 4.6)
    if answer.ndim == 2 and answer.shape[0] == 1:
        surface = answer.reshape(resolution, resolution).astype(float)
        box = (x1[0], x1[-1], x2[0], x2[-1])
        ax.imshow(
            surface, extent=box, origin="lower", aspect="auto", cmap=DIVERGING, vmin=0, vmax=1, alpha=0.6
        )
        if surface.min() < 0.5 < surface.max():
            ax.contour(x1, x2, surface, levels=[0.5], colors=INK, linewidths=1.6)
    else:
        classes = answer.argmax(axis=0) if answer.ndim == 2 else answer
        surface = classes.reshape(resolution, resolution)
        count = int(max(surface.max(), labels.max())) + 1
        colors = ListedColormap([CLASS_COLORS[index % len(CLASS_COLORS)] for index in range(count)])
        ax.pcolormesh(x1, x2, surface, cmap=colors, vmin=-0.5, vmax=count - 0.5, alpha=0.3, rasterized=True)
        for index in range(count):
            if 0 < (surface == index).mean() < 1:
                ax.contour(x1, x2, surface == index, levels=[0.5], colors=INK, linewidths=1.2)
    for index in np.unique(labels):
        ax.scatter(
            X[0, labels == index],
            X[1, labels == index],
            s=120 if X.shape[1] < 10 else 28,
            color=CLASS_COLORS[index % len(CLASS_COLORS)],
            marker=MARKERS[index % len(MARKERS)],
            edgecolors="white",
            linewidths=0.7,
            label=f"class {index}",
        )
    # Under the tick labels on the left, and the axis' name on the right: the place above is a title's.
    below = ax.transAxes + ScaledTranslation(0, -19 / 72, ax.figure.dpi_scale_trans)
    ax.legend(
        frameon=False,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=below,
        ncols=4,
        borderaxespad=0,
        borderpad=0,
        handletextpad=0.2,
        handlelength=1,
        columnspacing=0.8,
    )
    ax.set_xlabel("$x_1$", loc="right")
    ax.set(ylabel="$x_2$", xlim=(x1[0], x1[-1]), ylim=(x2[0], x2[-1]))
    return ax
