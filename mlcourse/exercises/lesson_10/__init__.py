"""Lesson 10: PyTorch, what it expects, and broken programs to diagnose."""

from mlcourse.exercises.lesson_10 import (
    torch_clinic,
    torch_custom_function,
    torch_dataset,
    torch_network,
    torch_training_step,
)

EXERCISES = (
    torch_network.EXERCISE,
    torch_training_step.EXERCISE,
    torch_dataset.EXERCISE,
    torch_custom_function.EXERCISE,
    torch_clinic.EXERCISE,
)
"""In the order of the text."""
