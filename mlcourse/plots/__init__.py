"""Static figures of the course. Each function draws on the axes given, or on a new figure.

Each is imported when it is first used, so that the palette alone can be had without a drawing library.
"""

from importlib import import_module
from typing import Any

_MODULES = {
    "GraphPicture": "graph",
    "confusion_matrix": "images",
    "decision_boundary": "boundary",
    "draw_graph": "graph",
    "first_layer_weights": "images",
    "gradient_by_depth": "curves",
    "gradient_flow": "curves",
    "image_grid": "images",
    "learning_curve": "curves",
    "worst_mistakes": "images",
}

__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"mlcourse.plots.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'mlcourse.plots' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
