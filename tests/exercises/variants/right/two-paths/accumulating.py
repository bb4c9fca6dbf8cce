import numpy as np


def two_paths(t):
    x = np.cos(t)
    y = t * t
    z = x * y * y
    dt = 0.0
    for upstream, local in ((y * y, -np.sin(t)), (x * y, 2 * t), (x * y, 2 * t)):
        dt += upstream * local
    return z, dt
