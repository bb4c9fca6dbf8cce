"""Exercises of this lesson (not declared yet)."""

from mlcourse.exercises.base import Exercise

EXERCISES: tuple[Exercise, ...] = ()
