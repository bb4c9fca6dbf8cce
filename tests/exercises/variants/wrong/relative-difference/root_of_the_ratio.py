import numpy as np


def relative_difference(a, b):
    below = np.linalg.norm(a) + np.linalg.norm(b)
    return np.sqrt(np.linalg.norm(a - b) / below) if below else 0.0
