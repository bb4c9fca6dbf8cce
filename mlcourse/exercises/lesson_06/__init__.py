"""Lesson 06: mini-batches, momentum, Adam."""

from mlcourse.exercises.lesson_06 import (
    adam,
    batch_noise,
    fair_comparison,
    largest_stable_rate,
    minibatches,
    momentum,
)

EXERCISES = (
    minibatches.EXERCISE,
    batch_noise.EXERCISE,
    largest_stable_rate.EXERCISE,
    momentum.EXERCISE,
    adam.EXERCISE,
    fair_comparison.EXERCISE,
)
"""In the order of the text."""
