# named: tiny-counts-as-zero
import numpy as np


def relative_difference(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / size) if size > 1e-14 else 0.0
