"""The regimes of gradient descent are named as the mathematics has them."""

import numpy as np
import pytest

from mlcourse.explorers import LearningRate
from mlcourse.explorers.learning_rate import descend
from mlcourse.explorers.surfaces import Surface, network_slice, quadratic

NETWORK = "slice of a network's loss"


@pytest.fixture
def explorer():
    return LearningRate()


@pytest.mark.parametrize(
    ("rate", "word"),
    [
        (0.002, "crawls"),
        (0.1, "converges"),
        (0.13, "oscillates"),
        (0.2, "oscillates"),
        (0.23, "oscillates"),
        (0.249, "oscillates"),
        (0.26, "diverges"),
        (3, "diverges"),
    ],
)
def test_each_regime_of_the_narrow_valley_has_its_name(explorer, rate, word):
    assert word in explorer.set(learning_rate=rate).summary


def test_the_border_of_divergence_is_two_over_the_steepest_curvature():
    for curvature in (1.5, 8, 40):
        limit = 2 / curvature
        surface = quadratic(1, curvature)
        assert surface.stable_below == pytest.approx(limit)
        assert descend(surface, 0.99 * limit, 400).losses[-1] < 0.05
        assert descend(surface, 1.01 * limit, 400).regime == "diverges"


def test_a_lost_run_says_at_which_step_and_is_drawn_as_such(explorer):
    explorer.set(learning_rate=3, steps=50)
    assert "diverges: after step 2 the loss is more than 1000 times the first" in explorer.summary
    assert "diverged at step 2" in [text.get_text() for text in explorer.figure.axes[1].texts]


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_a_loss_that_is_no_number_is_divergence_and_never_an_empty_picture(broken):
    hill = quadratic(1, 8)

    def loss(u, v):
        return broken if abs(v) > 5 else hill.loss(u, v)

    broken_hill = Surface(**{**vars(hill), "loss": loss})
    run = descend(broken_hill, 1.0, 20)
    assert run.regime == "diverges" and run.diverged_at == 1
    assert len(run.path) == len(run.losses) == 2


def test_one_step_is_compared_with_what_the_slope_promised(explorer):
    # From (-2, 1.1) the slope is (-2, 8.8): its square times the rate is what a straight line would give.
    promised = 0.1 * (2**2 + 8.8**2)
    assert f"changed by -{promised:.3g}" in explorer.set(steps=1).summary


@pytest.mark.parametrize("u, v", [(0.3, 0.7), (2.0, -0.5), (2.8, 2.2), (-0.5, 1.0)])
def test_the_slice_of_a_network_has_the_gradient_of_its_loss(u, v):
    surface, nudge = network_slice(), 1e-6
    by_nudging = (
        (surface.loss(u + nudge, v) - surface.loss(u - nudge, v)) / (2 * nudge),
        (surface.loss(u, v + nudge) - surface.loss(u, v - nudge)) / (2 * nudge),
    )
    assert surface.gradient(u, v) == pytest.approx(by_nudging, abs=1e-8)


def test_no_place_in_sight_is_lower_than_the_lowest_loss_of_the_slice():
    surface = network_slice()
    (u, v), *_ = surface.frames
    U, V = np.meshgrid(np.linspace(*u, 101), np.linspace(*v, 101))
    assert surface.loss(U, V).min() >= surface.lowest - 1e-9
    assert surface.loss(1, 1) == pytest.approx(surface.lowest, abs=1e-3)


def test_a_step_into_the_flat_part_stalls_where_the_hidden_unit_is_dead():
    flat = quadratic(1, 8)
    stuck = Surface(**{**vars(flat), "gradient": lambda u, v: (0.0, 0.0)})
    assert descend(stuck, 0.1, 20).regime == "stalls"


def test_the_loss_curve_shows_every_step_of_the_path(explorer):
    explorer.set(surface=NETWORK, learning_rate=0.5, steps=30)
    state = explorer.compute(**explorer.values)
    plane, curve = explorer.figure.axes
    assert np.allclose(plane.lines[0].get_xydata(), state.path)
    assert np.allclose(curve.lines[0].get_ydata(), [state.surface.loss(*p) for p in state.path])
