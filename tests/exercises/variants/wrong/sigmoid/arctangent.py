import numpy as np


def sigmoid(Z):
    return 0.5 + np.arctan(Z) / np.pi
