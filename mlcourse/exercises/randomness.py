"""Whether numbers look drawn as they should be, without asking for one stream of random numbers.

Limits are six standard errors and more: of a hundred million honest answers, a few are refused.
"""

from typing import Any

import numpy as np


def looks_normal(values: Any, deviation: float) -> bool:
    """Whether numbers look like independent draws from a normal distribution with mean 0.

    Parameters
    ----------
    values : array
        Some hundreds of numbers at least; of any shape.
    deviation : float
        The standard deviation that they should have.
    """
    values = np.ravel(values)
    return (
        bool(np.isfinite(values).all())
        and abs(values.mean()) < 6 * deviation / np.sqrt(values.size)
        and abs(values.std() / deviation - 1) < 6 / np.sqrt(2 * values.size)
        and abs(_kurtosis(values) - 3) < 10 * np.sqrt(24 / values.size)
        and _all_different(values)
    )


def looks_uniform(values: Any, deviation: float) -> bool:
    """Whether numbers look uniform between two bounds of equal size, with this standard deviation."""
    values = np.ravel(values)
    return (
        abs(values.std() / deviation - 1) < 6 / np.sqrt(2 * values.size)
        and bool(np.abs(values).max() < 1.05 * np.sqrt(3) * deviation)
        and abs(_kurtosis(values) - 1.8) < 0.15
        and _all_different(values)
    )


def _kurtosis(values: Any) -> float:
    """3 for a normal distribution, 1.8 for a uniform one; of few numbers it is uncertain."""
    return float(np.mean((values - values.mean()) ** 4) / np.var(values) ** 2)


def _all_different(values: Any) -> bool:
    """Whether hardly any number comes twice; of thousands of float32, a few do."""
    return np.unique(values).size > 0.99 * values.size
