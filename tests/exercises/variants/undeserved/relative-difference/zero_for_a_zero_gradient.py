import numpy as np


def relative_difference(a, b):
    if not a.any():
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
