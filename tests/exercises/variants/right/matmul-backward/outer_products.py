import numpy as np


def matmul_backward(A, B, dC):
    dA = sum(np.outer(dC[:, k], B[:, k]) for k in range(B.shape[1]))
    dB = sum(np.outer(A[i], dC[i]) for i in range(A.shape[0]))
    return dA, dB
