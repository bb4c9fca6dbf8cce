import numpy as np


def power_chain(x):
    x = np.float64(x)
    inner = np.multiply(3, np.square(x)) - 1
    return [np.power(inner, 3), 18 * x * np.square(inner)]
