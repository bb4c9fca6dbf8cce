import math

import numpy as np


def relative_difference(a, b):
    a, b = np.ravel(a), np.ravel(b)
    below = math.sqrt(a @ a) + math.sqrt(b @ b)
    return 0.0 if below == 0 else math.sqrt((a - b) @ (a - b)) / below
