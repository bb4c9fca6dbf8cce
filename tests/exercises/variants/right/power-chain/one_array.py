import numpy as np


def power_chain(x):
    u = 3 * x * x - 1
    return np.array([u * u * u, u * u * 18 * x])
