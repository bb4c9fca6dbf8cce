"""Lesson 05: activations, three layers, any number of layers, initialization."""

from mlcourse.exercises.lesson_05 import (
    activation_derivatives,
    deep_backward,
    initialization_study,
    layer_factor,
    tanh_backward,
    three_layer_backward,
    three_layer_forward,
)

EXERCISES = (
    activation_derivatives.EXERCISE,
    tanh_backward.EXERCISE,
    three_layer_forward.EXERCISE,
    three_layer_backward.EXERCISE,
    deep_backward.EXERCISE,
    layer_factor.EXERCISE,
    initialization_study.EXERCISE,
)
"""In the order of the text."""
