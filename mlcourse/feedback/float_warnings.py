"""NumPy's warnings where the machine gives none.

WebAssembly has no flags for floating-point exceptions, so in a browser NumPy does not see that an exponential
overflows, and an answer that is right in spite of it would pass there and nowhere else. There the functions
that are known to overflow, or to have a pole, look at what they return.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

_TO_INFINITY = {
    **dict.fromkeys(("exp", "exp2", "expm1", "cosh", "sinh", "square"), ("over", "overflow")),
    **dict.fromkeys(("log", "log2", "log10", "log1p"), ("divide", "divide by zero")),
}
"""What makes an infinite result of a finite argument, by function: NumPy's name for it, and its words."""


@contextmanager
def overflows_seen() -> Iterator[None]:
    """Let these functions of NumPy warn, where NumPy itself cannot."""
    if _machine_has_flags():
        yield
        return
    kept = {name: getattr(np, name) for name in _TO_INFINITY}
    for name, function in kept.items():
        setattr(np, name, Watchful(function, name))
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(np, name, function)


def _machine_has_flags() -> bool:
    with np.errstate(over="raise"):
        try:
            np.exp(np.float64(1000.0))
        except FloatingPointError:
            return True
    return False


class Watchful:
    """A function of NumPy that warns where it gives infinity for a finite argument, as `numpy.errstate` says.

    Parameters
    ----------
    function : numpy.ufunc
        The function; its methods are those of this object too.
    name : str
        Its name in NumPy.
    """

    def __init__(self, function: Callable[..., Any], name: str) -> None:
        self._function, self._name = function, name

    def __call__(self, x: Any, *arguments: Any, **options: Any) -> Any:
        """What the function gives, with a warning where that is needed."""
        result = self._function(x, *arguments, **options)
        kind, words = _TO_INFINITY[self._name]
        wanted = dict(np.geterr())[kind]
        if wanted != "ignore" and np.any(np.isinf(result) & np.isfinite(x)):
            message = f"{words} encountered in {self._name}"
            if wanted == "raise":
                raise FloatingPointError(message)
            warnings.warn(message, RuntimeWarning, stacklevel=2)
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._function, name)
