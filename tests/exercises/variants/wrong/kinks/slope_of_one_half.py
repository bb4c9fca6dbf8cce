import numpy as np


def crosses_kink(Z_minus, Z_plus):
    rise = np.maximum(Z_plus, 0) - np.maximum(Z_minus, 0)
    return (rise != 0) & (rise != Z_plus - Z_minus) & (Z_plus > -0.5)
