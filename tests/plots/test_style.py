from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import to_rgb

from mlcourse.plots import palette
from mlcourse.plots.palette import DASHES
from mlcourse.plots.style import MARKERS, axes, series


def test_series_differ_in_line_and_marker_not_in_colour_alone():
    for a, b in combinations([series(index) for index in range(7)], 2):
        assert a["color"] != b["color"]
        assert a["linestyle"] != b["linestyle"]
        assert a["marker"] != b["marker"]


def test_line_colours_can_be_told_from_white():
    for index in range(7):
        luminance = np.dot([0.2126, 0.7152, 0.0722], np.array(to_rgb(series(index)["color"])) ** 2.2)
        assert 1.05 / (luminance + 0.05) > 2


def test_the_palette_is_that_of_okabe_and_ito():
    published = ["000000", "E69F00", "56B4E9", "009E73", "F0E442", "0072B2", "D55E00", "CC79A7"]
    assert {*palette.SERIES, palette.YELLOW} == {f"#{color}" for color in published}


def test_many_series_start_over():
    assert series(1000)["marker"] in MARKERS
    assert series(1000)["linestyle"] in DASHES


def test_axes_given_are_used():
    _, ax = plt.subplots()
    assert axes(ax) is ax
    assert axes(None) is not ax
