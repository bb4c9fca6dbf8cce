"""The plane coloured square by square beside matplotlib's own image."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from mlcourse.explorers.shade import Shade


def pixels(colors, draw):
    figure = Figure(figsize=(3, 2), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.75))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    draw(axes, colors)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).copy()


def by_shade(axes, colors):
    shade = Shade(axes)
    shade.set_colors(colors)
    axes.add_artist(shade)


def by_matplotlib(axes, colors):
    axes.imshow(colors, interpolation="nearest", origin="lower", aspect="auto", extent=(0, 1, 0, 1))


def test_the_squares_are_those_of_imshow():
    colors = np.random.default_rng(0).integers(0, 256, (5, 8, 4)).astype(np.uint8)
    colors[..., 3] = 255
    np.testing.assert_array_equal(pixels(colors, by_shade), pixels(colors, by_matplotlib))
