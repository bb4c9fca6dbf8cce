import numpy as np


def relative_difference(a, b):
    below = np.abs(a).max() + np.abs(b).max()
    return np.abs(a - b).max() / below if below else 0.0
