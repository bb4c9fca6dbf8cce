"""The runs of the optimizer race."""

import numpy as np
import pytest

from mlcourse.explorers import OptimizerRace
from mlcourse.explorers.optimizer_race import LOST, STEEP


@pytest.mark.parametrize("rate", [0.03, 0.101, 0.2, 1.0])
def test_gradient_descent_multiplies_each_parameter_by_a_constant(rate):
    run = OptimizerRace().compute(rate, 0.9, 100).runs[0]
    steps = np.arange(101)[:, None]
    path = run.path[0] * np.array([1 - rate, 1 - STEEP * rate]) ** steps
    losses = (path[:, 0] ** 2 + STEEP * path[:, 1] ** 2) / 2
    lost = np.flatnonzero(losses >= LOST * losses[0])
    end = lost[0] if len(lost) else 100
    assert run.diverged_at == (end if len(lost) else None)
    np.testing.assert_allclose(run.path, path[: end + 1], rtol=1e-9)
    np.testing.assert_allclose(run.losses, losses[: end + 1], rtol=1e-9)


@pytest.mark.parametrize("beta", [0, 0.5, 0.9, 0.99])
def test_the_longest_run_at_the_largest_rate_stays_finite(beta):
    settings = OptimizerRace().settings
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        race = OptimizerRace().compute(settings["learning_rate"].high, beta, settings["steps"].high)
    for run in race.runs:
        assert np.isfinite(run.losses).all() and len(run.losses) == len(run.path)
