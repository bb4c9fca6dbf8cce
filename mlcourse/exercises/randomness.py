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
        and _all_different(values, deviation)
        and _in_no_order(values)
    )


def looks_uniform(values: Any, deviation: float) -> bool:
    """Whether numbers look uniform between two bounds of equal size, with this standard deviation."""
    values = np.ravel(values)
    return (
        abs(values.std() / deviation - 1) < 6 / np.sqrt(2 * values.size)
        and bool(np.abs(values).max() < 1.05 * np.sqrt(3) * deviation)
        and abs(_kurtosis(values) - 1.8) < 0.15
        and _all_different(values, deviation)
    )


def _kurtosis(values: Any) -> float:
    """3 for a normal distribution, 1.8 for a uniform one; of few numbers it is uncertain."""
    return float(np.mean((values - values.mean()) ** 4) / np.var(values) ** 2)


def _all_different(values: Any, deviation: float) -> bool:
    """Whether hardly any size of a number comes twice, up to rounding; of thousands of float32, a few do."""
    return bool(np.unique(np.round(np.abs(values) / deviation, 6)).size > 0.99 * values.size)


def _in_no_order(values: Any) -> bool:
    """Whether neighbours rise as often as they fall, and know nothing of each other."""
    steps = np.diff(values)
    rising = np.mean(steps > 0)
    # Of n independent numbers half the steps rise, with variance n / 12: a fall is likely after a rise.
    return bool(abs(rising - 0.5) < 6 / np.sqrt(12 * steps.size)) and not alike(values[:-1], values[1:])


def alike(a: Any, b: Any) -> bool:
    """Whether two arrays of the same size are related: correlated more than independent draws ever are."""
    a, b = np.ravel(a), np.ravel(b)
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return False
    return bool(abs(np.corrcoef(a, b)[0, 1]) > 6 / np.sqrt(a.size))


def units_alike(W: Any) -> bool:
    """Whether two rows of a matrix, of some tens of numbers at least, are nearly multiples."""
    correlations = np.abs(np.corrcoef(W)) - np.eye(len(W))
    return bool(np.nanmax(correlations) > 0.9)


def shared(a: Any, b: Any) -> bool:
    """Whether more than a few numbers of one array are in the other too, in any order, with any sign."""
    a, b = np.sort(np.abs(np.ravel(a))), np.sort(np.abs(np.ravel(b)))
    place = np.clip(np.searchsorted(b, a), 1, b.size - 1)
    gaps = np.minimum(np.abs(b[place] - a), np.abs(b[place - 1] - a))
    return bool(np.mean(gaps < 1e-6 * a) > 0.05)
