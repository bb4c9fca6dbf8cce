import numpy as np


def regime(losses):
    last = losses[-1]
    if not np.isfinite(last) or last > losses[0]:
        return "diverges"
    return "converges" if last < 0.2 else "crawls"
