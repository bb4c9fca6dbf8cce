import numpy as np


def two_paths(t):
    x, y = np.cos(t), t**2
    return x * y**2, y**2 * -np.sin(t) + 2 * x * y * t**2
