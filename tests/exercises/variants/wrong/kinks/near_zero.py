import numpy as np


def crosses_kink(Z_minus, Z_plus):
    return np.abs(Z_minus + Z_plus) < 1
