import numpy as np


def matmul_backward(A, B, dC):
    dA, dB = np.zeros_like(A), np.zeros_like(B)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            for k in range(B.shape[1]):
                dA[i, j] += dC[i, k] * B[j, k]
                dB[j, k] += A[i, j] * dC[i, k]
    return dA, dB
