"""Data sets of the course. Columns are examples: X (features, m), Y (1, m) or one-hot (classes, m)."""

from mlcourse.datasets.digits import Digits, digits
from mlcourse.datasets.shapes import circles, moons, spirals, xor

__all__ = ["Digits", "circles", "digits", "moons", "spirals", "xor"]
