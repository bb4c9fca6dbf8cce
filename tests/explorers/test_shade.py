"""The plane coloured square by square beside matplotlib's own image."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from mlcourse.explorers.shade import Shade

VALUES = np.random.default_rng(0).random((5, 8))


def pixels(draw):
    figure = Figure(figsize=(3, 2), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.75))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    draw(axes)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).copy()


def by_shade(axes):
    shade = Shade(axes, "viridis")
    shade.set_values(VALUES)
    axes.add_artist(shade)


def by_matplotlib(axes):
    look = {"cmap": "viridis", "vmin": 0, "vmax": 1, "interpolation": "nearest"}
    axes.imshow(VALUES, origin="lower", aspect="auto", extent=(0, 1, 0, 1), **look)


def test_the_squares_are_those_of_imshow():
    np.testing.assert_array_equal(pixels(by_shade), pixels(by_matplotlib))
