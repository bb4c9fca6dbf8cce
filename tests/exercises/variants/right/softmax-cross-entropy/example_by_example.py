from math import exp, log

import numpy as np


def softmax_cross_entropy(Z, Y):
    m, loss, dZ = Z.shape[1], 0.0, np.zeros(Z.shape)
    for i in range(m):
        top = max(Z[:, i])
        powers = [exp(z - top) for z in Z[:, i]]
        right = list(Y[:, i]).index(1)
        loss += (top - Z[right, i] + log(sum(powers))) / m
        for k, power in enumerate(powers):
            dZ[k, i] = (power / sum(powers) - Y[k, i]) / m
    return loss, dZ
