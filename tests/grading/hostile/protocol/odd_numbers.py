"""Return numbers that are none: nan, infinities, complex, objects, dates, strings, enormous integers."""

import numpy as np


def sigmoid(Z):
    odd = [np.nan, np.inf, 1j, None, "0.5", np.datetime64("now"), np.array([object()]), 10**5000, b"x", ...]
    sigmoid.count = getattr(sigmoid, "count", 0) + 1
    value = odd[sigmoid.count % len(odd)]
    return np.full(np.shape(Z), value) if sigmoid.count % 2 else value
