import numpy as np


def matmul_backward(A, B, dC):
    return np.matmul(dC, B.swapaxes(-1, -2)), np.matmul(A.swapaxes(-1, -2), dC)
