import numpy as np


def largest_stable_rate(H, start, rates, steps):
    return float(max(rates)), np.full(len(rates), np.inf)
