import numpy as np


def crosses_kink(Z_minus, Z_plus):
    return np.abs(np.sign(Z_minus) - np.sign(Z_plus)) == 2
