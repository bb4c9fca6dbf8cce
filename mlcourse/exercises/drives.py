"""How the learner's function is called with a case: the only code that runs beside the learner's own.

The judge sends a case and the name of a drive into the sandbox; what comes back is the drive's result as
plain data. So this module imports nothing else of the exercises: no reference, no mistake, no expected value.

Each drive is ``drive(function, case) -> raw result``.
"""

from collections.abc import Callable
from typing import Any

import numpy as np


def call(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass the case's values in order."""
    return function(*case.values())


def with_generator(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass the case's values in order; ``seed``, the last of them, as a random generator."""
    *values, seed = case.values()
    return function(*values, np.random.default_rng(seed))
