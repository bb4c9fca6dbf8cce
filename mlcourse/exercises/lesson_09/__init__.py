"""Lesson 09: arrays that remember, the engine under a framework."""

from mlcourse.exercises.lesson_09 import (
    log_softmax,
    matmul_backward,
    tensor_operations,
    train_tensors,
    unbroadcast,
)

EXERCISES = (
    unbroadcast.EXERCISE,
    matmul_backward.EXERCISE,
    tensor_operations.EXERCISE,
    log_softmax.EXERCISE,
    train_tensors.EXERCISE,
)
"""In the order of the text."""
