import numpy as np


def crosses_kink(Z_minus, Z_plus):
    return np.full(np.shape(Z_minus), np.nan)
