import numpy as np


def fair_comparison(losses):
    nan = np.full(len(losses), np.nan)
    return nan, nan, nan
