"""How the learner's function is called with a case: the only code that runs beside the learner's own.

The judge sends a case and the name of a drive into the sandbox; what comes back is the drive's result as
plain data. So this module imports nothing else of the exercises: no reference, no mistake, no expected value.

Each drive is ``drive(function, case) -> raw result``.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np


def call(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass the case's values in order."""
    return function(*case.values())


def with_generator(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass the case's values in order; ``seed``, the last of them, as a random generator."""
    *values, seed = case.values()
    return function(*values, np.random.default_rng(seed))


def repeated(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """As `with_generator`, three times: with the seed, with it again, and with another.

    What a dict lacks for that is added under "again" and "other"; three lists come back as a list.
    """
    *values, seed = case.values()
    spare = deepcopy(values), deepcopy(values)
    first = function(*values, np.random.default_rng(seed))
    again, other = (function(*v, np.random.default_rng(seed + k)) for k, v in enumerate(spare))
    if type(first) is dict:
        return first | {"again": again, "other": other}
    return [first, again, other] if type(first) in (list, tuple) else first


def train_network(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """As `with_generator`; under "starts" the parameters it gives for zero epochs, with several seeds."""
    *values, _, seed = case.values()
    result = with_generator(function, case)
    try:
        parameters, losses = result
        starts = [function(*values, 0, np.random.default_rng(seed + k))[0] for k in range(4)]
        return parameters | {"starts": starts}, losses
    except Exception:  # of another form, or not made for zero epochs
        return result


def numerical_gradient(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass a function of theta that the case describes, theta, and epsilon if there is one."""

    def f(theta: Any) -> float:
        coupled = np.sum(case["coupling"] * theta)
        return float(np.sum(case["linear"] * theta) + np.sum(case["cubic"] * theta**3) + coupled**2)

    options = [case["epsilon"]] if "epsilon" in case else []
    return function(f, case["theta"], *options)
