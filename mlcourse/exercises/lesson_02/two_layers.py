"""The [n0, n1, 1] network of lesson 02: shapes, and draws that let no mistake pass by chance."""

import numpy as np

from mlcourse.exercises.drawing import Array

SHAPES = {
    "X": "(n0, m)",
    "Y": "(1, m)",
    "A": "(1, m)",
    "W1": "(n1, n0)",
    "b1": "(n1, 1)",
    "W2": "(n2, n1)",
    "b2": "(n2, 1)",
    "Z1": "(n1, m)",
    "A1": "(n1, m)",
    "Z2": "(n2, m)",
    "A2": "(n2, m)",
    'cache["A2"]': "(n2, m)",
    "dZ2": "(n2, m)",
    "dW2": "(n2, n1)",
    "db2": "(n2, 1)",
    "dA1": "(n1, m)",
    "dZ1": "(n1, m)",
    "dW1": "(n1, n0)",
    "db1": "(n1, 1)",
}


def draw_sizes(rng: np.random.Generator) -> tuple[int, int, int]:
    """Sizes n0, n1, m, all different and none of them 1, so that no wrong transpose fits by chance.

    m is not 4, the number of examples in the lesson's own cells: a forgotten ``m = Y.shape[1]`` shows.
    """
    n0, n1, m = rng.permutation(np.arange(2, 8))[:3]
    return int(n0), int(n1), 8 if m == 4 else int(m)


def draw_parameters(rng: np.random.Generator, n0: int, n1: int) -> dict[str, Array]:
    """Weights and biases of a two-layer network; no zeros, which would hide mistakes."""
    return {
        "W1": rng.normal(size=(n1, n0)),
        "b1": rng.normal(size=(n1, 1)),
        "W2": rng.normal(size=(1, n1)),
        "b2": rng.normal(size=(1, 1)),
    }


def draw_labels(rng: np.random.Generator, m: int) -> Array:
    """Labels of both classes, (1, m)."""
    labels = np.arange(m) % 2
    return rng.permutation(labels).astype(float).reshape(1, m)
