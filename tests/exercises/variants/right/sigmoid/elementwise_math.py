import math

import numpy as np


def one(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def sigmoid(Z):
    return np.vectorize(one)(Z)
