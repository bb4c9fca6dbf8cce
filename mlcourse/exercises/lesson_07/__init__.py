"""Lesson 07: a network library of your own, and handwritten digits."""

from mlcourse.exercises.lesson_07 import dense_layer, digits, network, softmax_cross_entropy

EXERCISES = (dense_layer.EXERCISE, softmax_cross_entropy.EXERCISE, network.EXERCISE, digits.EXERCISE)
"""In the order of the text."""
