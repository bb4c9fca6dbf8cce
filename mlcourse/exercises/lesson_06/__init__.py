"""Lesson 06: mini-batches, momentum, Adam."""

from mlcourse.exercises.lesson_06 import adam, minibatches, momentum

EXERCISES = (minibatches.EXERCISE, momentum.EXERCISE, adam.EXERCISE)
"""In the order of the text."""
