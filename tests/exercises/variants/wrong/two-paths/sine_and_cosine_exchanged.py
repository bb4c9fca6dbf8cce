import numpy as np


def two_paths(t):
    x, y = np.sin(t), t**2
    return x * y**2, y**2 * np.cos(t) + 2 * x * y * 2 * t
