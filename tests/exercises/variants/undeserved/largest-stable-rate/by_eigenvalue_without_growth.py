import numpy as np


def largest_stable_rate(H, start, rates, steps):
    limit = 2 / np.linalg.eigvalsh(H)[-1]
    return float(max([rate for rate in rates if rate <= limit], default=0.0)), np.asarray(rates) / limit
