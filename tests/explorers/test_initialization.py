"""The histograms of the Initialization explorer."""

import numpy as np
import pytest

from mlcourse.explorers import Initialization
from mlcourse.explorers.initialization import BINS, END, _short, signals


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize(("depth", "scale"), [(2, 0.1), (12, 0.004), (12, 3.0)])
def test_a_histogram_counts_the_values_of_its_layer(depth, scale, activation):
    state = Initialization().compute(depth, scale, activation)
    kinds = zip(
        (state.activations, state.gradients), signals(depth, activation, scale), state.sizes, strict=True
    )
    for found, layers, sizes in kinds:
        for share, values, size in zip(found, layers, sizes, strict=True):
            counts, _ = np.histogram(values / np.abs(values).max(), BINS, (-1, 1))
            np.testing.assert_array_equal(share, counts / counts.max())
            assert size == pytest.approx(np.linalg.norm(values) / values.size**0.5)


def test_each_layer_has_its_outline_on_its_own_floor():
    explorer = Initialization().set(depth=3, scale=0.2, activation="tanh")
    (line,) = [line for line in explorer.figure.axes[0].lines if len(line.get_xdata())]
    shares = explorer.compute(3, 0.2, "tanh").activations
    outlines = line.get_ydata().reshape(3, -1)
    assert np.isnan(outlines[:, -1]).all()  # or a line would run from each layer to the next
    for layer, (outline, share) in enumerate(zip(outlines, shares, strict=True), 1):
        assert outline[:-1].max() <= layer
        np.testing.assert_allclose((layer - outline[:-1:2]) / 0.85, share, atol=1e-12)


def test_each_size_stands_beside_the_outline_of_its_layer():
    explorer = Initialization().set(depth=12, scale=0.2, activation="tanh")
    axes = explorer.figure.axes[0]
    left, right = (round(axes.transData.transform((x, 0))[0]) for x in (1.05, END - 0.01))
    ink = explorer._picture.pixels()[:, left:right].max(axis=2) < 128
    rows = np.flatnonzero(ink.any(axis=1))
    floors = np.array([len(ink) - axes.transData.transform((0, layer))[1] for layer in range(1, 13)])
    height = floors[1] - floors[0]
    above = []
    for floor in floors:
        own = rows[(rows < floor) & (rows > floor - height / 2)]
        above.append(floor - (own.min() + own.max()) / 2)
    np.testing.assert_allclose(above, np.mean(above), atol=1.5)
    assert np.mean(above) == pytest.approx(0.2 * height, abs=4)
    sizes = explorer.compute(12, 0.2, "tanh").sizes
    for (_, text), row in zip(explorer._rows, sizes, strict=True):
        told = [float(size.replace("−", "-")) for size in text.get_text().split("\n")]
        np.testing.assert_allclose(told, row, rtol=0.05, atol=0.005)


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (0.02, "0.02"),
        (99.5, "99.50"),
        (9998.0, "9998"),
        (12345.0, "1.2e4"),
        (7.7e12, "7.7e12"),
        (0.0045, "4.5e−3"),
        (7.7e-12, "7.7e−12"),
    ],
)
def test_sizes_too_large_or_too_small_for_their_column_are_powers_of_ten(size, told):
    assert _short(size) == told
