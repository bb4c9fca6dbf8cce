"""Return more than can be read."""

import numpy as np


def sigmoid(Z):
    return np.zeros((30_000, 30_000), dtype="int8")
