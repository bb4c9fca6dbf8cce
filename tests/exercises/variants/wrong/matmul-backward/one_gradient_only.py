def matmul_backward(A, B, dC):
    return dC @ B.T
