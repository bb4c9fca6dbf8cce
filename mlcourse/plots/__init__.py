"""Static figures of the course. Each function draws on the axes given, or on a new figure."""

from mlcourse.plots.boundary import decision_boundary
from mlcourse.plots.curves import gradient_by_depth, gradient_flow, learning_curve
from mlcourse.plots.graph import GraphPicture, draw_graph
from mlcourse.plots.images import confusion_matrix, first_layer_weights, image_grid, worst_mistakes

__all__ = [
    "GraphPicture",
    "confusion_matrix",
    "decision_boundary",
    "draw_graph",
    "first_layer_weights",
    "gradient_by_depth",
    "gradient_flow",
    "image_grid",
    "learning_curve",
    "worst_mistakes",
]
