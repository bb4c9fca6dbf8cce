def matmul_backward(A, B, dC):
    return dC @ B.T, A.T @ dC + A.T @ dC * 0.5
