"""Whether numbers look drawn as they should be, without asking for one stream of random numbers.

The limits are six standard errors: of a thousand million honest answers, a few are refused.
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
        abs(values.mean()) < 6 * deviation / np.sqrt(values.size)
        and abs(values.std() / deviation - 1) < 6 / np.sqrt(2 * values.size)
        and not is_flat(values)
        and np.unique(values).size == values.size
    )


def is_flat(values: Any) -> bool:
    """Whether the tails are thinner than a normal distribution's; uniform numbers have kurtosis 1.8."""
    values = np.ravel(values)
    kurtosis = np.mean((values - values.mean()) ** 4) / np.var(values) ** 2
    return bool(kurtosis < 3 - 6 * np.sqrt(24 / values.size))
