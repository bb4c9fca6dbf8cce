"""Lesson 07: a network library of your own, and handwritten digits."""

from mlcourse.exercises.lesson_07 import (
    best_epoch,
    confusion,
    dense_layer,
    digits,
    network,
    softmax_cross_entropy,
    standard_error,
)

EXERCISES = (
    dense_layer.EXERCISE,
    softmax_cross_entropy.EXERCISE,
    network.EXERCISE,
    best_epoch.EXERCISE,
    standard_error.EXERCISE,
    confusion.EXERCISE,
    digits.EXERCISE,
)
"""In the order of the text."""
