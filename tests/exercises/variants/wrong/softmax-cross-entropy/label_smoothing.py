import numpy as np


def softmax_cross_entropy(Z, Y):
    m = Z.shape[1]
    Y = 0.9 * Y + 0.1 / len(Y)
    shifted = Z - Z.max(axis=0)
    log_A = shifted - np.log(np.exp(shifted).sum(axis=0))
    return -np.sum(Y * log_A) / m, (np.exp(log_A) - Y) / m
