"""Helpers of the backpropagation course.

Importing the package loads nothing else: each name below is imported when it is first used, so that a lesson
that only computes never pays for matplotlib or ipywidgets.
"""

import sys
from importlib import import_module
from typing import Any

__version__ = "1.0.0"

# IPython allows 3,000 calls inside one another. A browser's stack ends before that, and with it the kernel,
# without a word; here there is a RecursionError, as everywhere. (In Chromium 1,000 is safe, 2,000 is not.)
if sys.platform == "emscripten":
    sys.setrecursionlimit(600)

_FIRST_USE = {
    "ask": "mlcourse.feedback",
    "check": "mlcourse.feedback",
    "progress": "mlcourse.feedback",
}
_SUBPACKAGES = {"nn", "autograd", "datasets", "plots", "explorers", "exercises", "feedback"}

__all__ = [
    "__version__",
    "ask",
    "autograd",
    "check",
    "datasets",
    "exercises",
    "explorers",
    "feedback",
    "nn",
    "plots",
    "progress",
]


def __getattr__(name: str) -> Any:
    if name in _FIRST_USE:
        return getattr(import_module(_FIRST_USE[name]), name)
    if name in _SUBPACKAGES:
        return import_module(f"mlcourse.{name}")
    raise AttributeError(f"module 'mlcourse' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
