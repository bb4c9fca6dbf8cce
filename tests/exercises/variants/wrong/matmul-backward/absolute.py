def matmul_backward(A, B, dC):
    return abs(dC) @ abs(B).T, abs(A).T @ abs(dC)
