"""Lesson 03: initial weights, the training loop, predictions, what gates and learning curves tell."""

from mlcourse.exercises.lesson_03 import gates, initialize_parameters, predict, regimes, train_network

EXERCISES = (
    initialize_parameters.EXERCISE,
    train_network.EXERCISE,
    predict.EXERCISE,
    gates.EXERCISE,
    regimes.EXERCISE,
)
"""In the order of the text."""
