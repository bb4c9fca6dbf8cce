"""A part with formulas and shapes, and a case of it, for what is said of a failure."""

import numpy as np

from mlcourse.exercises.base import Part

PART = Part(
    "step",
    inputs=dict,
    reference=dict,
    returns="dW",
    seconds=2.5,
    formulas={"dW": "dW = dZ @ X.T / m", "dA": "dA = W.T @ dZ", "s": "s = |dZ|"},
    shapes={"dZ": "(n, m)", "X": "(n_x, m)", "W": "(n, n_x)", "dA": "like X"},
)
CASE = {"dZ": np.ones((2, 5)), "X": np.ones((3, 5)), "W": np.ones((2, 3))}
