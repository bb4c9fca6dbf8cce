"""Lesson 04: numerical gradients, how to compare them, where they fail, and broken networks to diagnose."""

from mlcourse.exercises.lesson_04 import bug_clinic, diagnosis, kinks, numerical_gradient, relative_difference

EXERCISES = (
    numerical_gradient.EXERCISE,
    relative_difference.EXERCISE,
    kinks.EXERCISE,
    diagnosis.EXERCISE,
    bug_clinic.EXERCISE,
)
"""In the order of the text."""
