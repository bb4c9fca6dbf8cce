"""Lesson 05: activations, three layers, any number of layers, initialization."""

from mlcourse.exercises.activation_derivatives import ACTIVATION_DERIVATIVES
from mlcourse.exercises.base import Exercise
from mlcourse.exercises.initialization_study import INITIALIZATION_STUDY
from mlcourse.exercises.lesson_05 import deep_backward, tanh_backward, three_layer_backward
from mlcourse.exercises.three_layers import THREE_LAYER_FORWARD

EXERCISES: tuple[Exercise, ...] = (
    ACTIVATION_DERIVATIVES,
    tanh_backward.EXERCISE,
    THREE_LAYER_FORWARD,
    three_layer_backward.EXERCISE,
    deep_backward.EXERCISE,
    INITIALIZATION_STUDY,
)
