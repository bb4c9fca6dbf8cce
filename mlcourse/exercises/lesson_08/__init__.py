"""Lesson 08: automatic differentiation from scratch, the graph with its derivatives, PyTorch."""

from mlcourse.exercises.lesson_08 import (
    labelled_graph,
    topological_backward,
    torch_agreement,
    value_operations,
)

EXERCISES = (
    value_operations.EXERCISE,
    topological_backward.EXERCISE,
    labelled_graph.EXERCISE,
    torch_agreement.EXERCISE,
)
"""In the order of the text."""
