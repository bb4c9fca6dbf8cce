import numpy as np


def sigmoid(Z):
    Z = Z.astype(np.float32)
    e = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + e), e / (1 + e))
