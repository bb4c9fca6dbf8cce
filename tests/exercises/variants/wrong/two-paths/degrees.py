import numpy as np


def two_paths(t):
    x = np.cos(np.radians(t))
    y = t**2
    return x * y**2, y**2 * -np.sin(np.radians(t)) + 4 * x * y * t
