"""Lesson 01: the chain rule, from a chain of powers to a neuron."""

from mlcourse.exercises.lesson_01 import (
    neuron_backward,
    power_chain,
    shared_node,
    staged_backward,
    two_paths,
)

EXERCISES = (
    power_chain.EXERCISE,
    two_paths.EXERCISE,
    shared_node.EXERCISE,
    neuron_backward.EXERCISE,
    staged_backward.EXERCISE,
)
"""In the order of the text."""
