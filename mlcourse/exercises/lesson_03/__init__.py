"""Lesson 03: initial weights, the training loop, predictions."""

from mlcourse.exercises.lesson_03 import initialize_parameters, predict, train_network

EXERCISES = (initialize_parameters.EXERCISE, train_network.EXERCISE, predict.EXERCISE)
"""In the order of the text."""
