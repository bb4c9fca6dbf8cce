import numpy as np


def gradient_norms(scale, depth, rng):
    return np.exp(np.linspace(0, np.log(scale + 1), depth))
