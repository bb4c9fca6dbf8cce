"""Lesson 04: numerical gradients, how to compare them, where they fail, and five broken networks."""

from mlcourse.exercises.lesson_04 import bug_clinic, kinks, numerical_gradient, relative_difference

EXERCISES = (numerical_gradient.EXERCISE, relative_difference.EXERCISE, kinks.EXERCISE, bug_clinic.EXERCISE)
"""In the order of the text."""
