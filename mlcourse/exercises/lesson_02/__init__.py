"""Lesson 02: the [n0, n1, 1] network, its loss, its gradients and one step of gradient descent."""

from mlcourse.exercises.lesson_02 import (
    backward_propagation,
    binary_cross_entropy,
    forward_propagation,
    several_outputs,
    sigmoid,
    update_parameters,
)

EXERCISES = (
    sigmoid.EXERCISE,
    forward_propagation.EXERCISE,
    binary_cross_entropy.EXERCISE,
    several_outputs.EXERCISE,
    backward_propagation.EXERCISE,
    update_parameters.EXERCISE,
)
"""In the order of the text."""
