import numpy as np


def matmul_backward(A, B, dC):
    dA, dB = dC @ B.T, A.T @ dC
    return dA / np.linalg.norm(dA), dB / np.linalg.norm(dB)
