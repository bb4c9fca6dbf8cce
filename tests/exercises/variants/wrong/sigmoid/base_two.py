import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp2(-np.clip(Z, -500, 500)))
